package org.zosgrid.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;
import org.zosgrid.cli.CliException;
import org.zosgrid.cli.openid.OpenIdProvider;
import org.zosgrid.cli.openid.ProviderTokens;
import org.zosgrid.cli.terminal.Json;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.StrictJson;

/**
 * The login that commands use which were given no key: beside {@code context.properties}, readable by its owner alone.
 *
 * @param server  where it counts
 * @param renewal how it goes on after it has expired; empty: it does not
 */
record LoginFile(String server, String token, String name, Instant expiresAt, Optional<Renewal> renewal) {
    /** One that expires while it is under way is of no use. */
    private static final int SECONDS_UNDER_WAY = 5;

    /** Who gives another token. */
    record Renewal(String issuer, String client, String refreshToken) {
        OpenIdProvider provider() {
            return new OpenIdProvider(issuer, client);
        }

        @Override
        public String toString() {
            return "renewed by " + issuer;
        }
    }

    private static Path file() {
        return Path.of(System.getProperty("zos.home", ".zos"), "login.json");
    }

    /** The login, if there is one that has not expired or can be renewed; it is renewed only by {@link #current}. */
    static Optional<LoginFile> read() {
        if (!Files.exists(file())) {
            return Optional.empty();
        }
        try {
            JsonNode json = StrictJson.parse(Files.readAllBytes(file()), "login");
            JsonNode renewal = json.path("renewal");
            LoginFile login = new LoginFile(json.path("server").asText(), json.path("token").asText(), json.path("name").asText(), Instant.parse(json.path("expiresAt").asText()),
                    renewal.isObject() ? Optional.of(new Renewal(renewal.path("issuer").asText(), renewal.path("client").asText(), renewal.path("refreshToken").asText())) : Optional.empty());
            return Optional.of(login).filter(each -> !each.expired() || each.renewal().isPresent());
        } catch (IOException | ContractException | java.time.format.DateTimeParseException unreadable) {
            throw new CliException("cannot read " + file() + ": " + unreadable.getMessage() + "; 'zos logout' removes it");
        }
    }

    private boolean expired() {
        return !Instant.now().plusSeconds(SECONDS_UNDER_WAY).isBefore(expiresAt);
    }

    /** The login with a token that counts now. @throws CliException if it has ended at its provider */
    LoginFile current() {
        if (!expired() || renewal.isEmpty()) {
            return this;
        }
        Renewal by = renewal.get();
        ProviderTokens next;
        try {
            next = by.provider().refresh(by.refreshToken());
        } catch (CliException ended) {
            throw new CliException("the login of " + name + " could not be renewed: " + ended.getMessage() + "; 'zos login --issuer " + by.issuer() + "' begins another");
        }
        LoginFile renewed = new LoginFile(server, next.access(), name, next.expiresAt(), next.refresh().map(token -> new Renewal(by.issuer(), by.client(), token)));
        renewed.write();
        return renewed;
    }

    void write() {
        Path file = file();
        ObjectNode json = Json.object().put("server", server).put("token", token).put("name", name).put("expiresAt", expiresAt.toString());
        renewal.ifPresent(each -> json.putObject("renewal").put("issuer", each.issuer()).put("client", each.client()).put("refreshToken", each.refreshToken()));
        try {
            Path folder = Files.createDirectories(file.toAbsolutePath().getParent());
            Path temporary = Files.createTempFile(folder, "login", "", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(temporary, Json.print(json));
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failed) {
            throw new CliException("cannot write " + file + ": " + failed.getMessage());
        }
    }

    /** False if there was none. */
    static boolean remove() {
        try {
            return Files.deleteIfExists(file());
        } catch (IOException failed) {
            throw new CliException("cannot remove " + file() + ": " + failed.getMessage());
        }
    }
}
