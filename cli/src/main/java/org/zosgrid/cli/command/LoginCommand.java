package org.zosgrid.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.zosgrid.cli.client.ControlPlane;
import org.zosgrid.cli.terminal.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "login",
        mixinStandardHelpOptions = true,
        description = "Log in with a name and a password. Commands that only read, and were given no key, use the login; what changes what runs is signed with a key.",
        footer = {"", "The token is kept in login.json beside context.properties, readable by you alone, until it expires or 'zos logout' ends it.", "", "Examples:",
            "  zos login carla",
            "  zos login carla --password-file carla.password --organisation acme",
            "  zos list"})
public final class LoginCommand implements Runnable {
    @Parameters(paramLabel = "NAME", description = "Of an account at the control plane, or in its directory.")
    String name = "";

    @Option(names = "--password-file", paramLabel = "FILE", description = "Where the password stands (default: it is asked for).")
    @Nullable Path passwordFile;

    @Option(names = "--organisation", paramLabel = "NAME", description = "Where the account is (default: the default organisation).")
    @Nullable String organisation;

    @Option(names = "--server", paramLabel = "URL", description = "The control plane (default: ZOS_SERVER, then what 'zos up' wrote down).")
    @Nullable String server;

    @Mixin
    Output output = new Output();

    @Override
    public void run() {
        URI address = Caller.address(server);
        JsonNode begun = ControlPlane.anonymous(address).logIn(name, Passwords.of(name, Optional.ofNullable(passwordFile)), Optional.ofNullable(organisation));
        LoginFile login = new LoginFile(address.toString(), begun.path("token").asText(), begun.path("name").asText(), Instant.parse(begun.path("expiresAt").asText()));
        login.write();
        StringBuilder roles = new StringBuilder();
        begun.path("roles").forEach(role -> roles.append(roles.isEmpty() ? "" : ", ").append(role.asText()));
        // not the token: what is printed is kept in logs
        output.print(Json.object().put("server", login.server()).put("name", login.name()).put("roles", roles.toString()).put("expiresAt", login.expiresAt().toString()),
                () -> login.name() + " is logged in as " + roles + " until " + login.expiresAt());
    }
}
