package org.zosgrid.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;
import org.zosgrid.cli.CliException;
import org.zosgrid.cli.terminal.Json;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.StrictJson;

/**
 * The login that commands use which were given no key: beside {@code context.properties}, readable by its owner alone.
 *
 * @param server where it counts
 */
record LoginFile(String server, String token, String name, Instant expiresAt) {
    private static Path file() {
        return Path.of(System.getProperty("zos.home", ".zos"), "login.json");
    }

    /** The login, if there is one that has not expired. */
    static Optional<LoginFile> read() {
        if (!Files.exists(file())) {
            return Optional.empty();
        }
        try {
            JsonNode json = StrictJson.parse(Files.readAllBytes(file()), "login");
            LoginFile login = new LoginFile(json.path("server").asText(), json.path("token").asText(), json.path("name").asText(), Instant.parse(json.path("expiresAt").asText()));
            return Optional.of(login).filter(each -> Instant.now().isBefore(each.expiresAt()));
        } catch (IOException | ContractException | java.time.format.DateTimeParseException unreadable) {
            throw new CliException("cannot read " + file() + ": " + unreadable.getMessage() + "; 'zos logout' removes it");
        }
    }

    void write() {
        Path file = file();
        try {
            Path folder = Files.createDirectories(file.toAbsolutePath().getParent());
            Path temporary = Files.createTempFile(folder, "login", "", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(temporary, Json.print(Json.object().put("server", server).put("token", token).put("name", name).put("expiresAt", expiresAt.toString())));
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
