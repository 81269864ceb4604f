package org.zosgrid.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.zosgrid.cli.CliException;
import org.zosgrid.cli.client.ControlPlane;
import org.zosgrid.cli.openid.DeviceGrant;
import org.zosgrid.cli.openid.OpenIdProvider;
import org.zosgrid.cli.openid.ProviderTokens;
import org.zosgrid.cli.terminal.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "login",
        mixinStandardHelpOptions = true,
        description = "Log in with a name and a password, or in a browser at an OpenID provider. Commands that only read, and were given no key, use the login; what changes what runs is signed with a key.",
        footer = {"", "The token is kept in login.json beside context.properties, readable by you alone, until it expires or 'zos logout' ends it. A provider's is renewed for as long as the provider allows.",
            "The provider must be the one that the control plane takes tokens of (zos.tokens.issuer), and know the client as a public one with the device flow (RFC 8628).", "", "Examples:",
            "  zos login carla",
            "  zos login carla --password-file carla.password --organisation acme",
            "  zos login --issuer https://login.example.org/realms/ops",
            "  zos list"})
public final class LoginCommand implements Runnable {
    @Parameters(arity = "0..1", paramLabel = "NAME", description = "Of an account at the control plane, or in its directory.")
    @Nullable String name;

    @Option(names = "--password-file", paramLabel = "FILE", description = "Where the password stands (default: it is asked for).")
    @Nullable Path passwordFile;

    @Option(names = "--organisation", paramLabel = "NAME", description = "Where the account is (default: the default organisation).")
    @Nullable String organisation;

    @Option(names = "--issuer", paramLabel = "URL", description = "The OpenID provider, in place of a name: https, or http on this machine.")
    @Nullable String issuer;

    @Option(names = "--client-id", paramLabel = "ID", description = "How the provider knows this program (default: ${DEFAULT-VALUE}).")
    String client = "zos";

    @Option(names = "--scope", paramLabel = "TEXT", description = "What is asked of the provider (default: ${DEFAULT-VALUE}).")
    String scope = "openid";

    @Option(names = "--server", paramLabel = "URL", description = "The control plane (default: ZOS_SERVER, then what 'zos up' wrote down).")
    @Nullable String server;

    @Mixin
    Output output = new Output();

    @Override
    public void run() {
        URI address = Caller.address(server);
        String provider = issuer;
        String account = name;
        if (provider != null) {
            unlessNull("NAME", name);
            unlessNull("--password-file", passwordFile);
            unlessNull("--organisation", organisation);
            atProvider(address, provider);
        } else if (account != null) {
            withPassword(address, account);
        } else {
            throw new CliException("NAME: must be given, or --issuer for a login in a browser");
        }
    }

    private static void unlessNull(String what, @Nullable Object given) {
        if (given != null) {
            throw new CliException(what + ": must not be given with --issuer: the provider finds out who it is");
        }
    }

    private void withPassword(URI address, String account) {
        JsonNode begun = ControlPlane.anonymous(address).logIn(account, Passwords.of(account, Optional.ofNullable(passwordFile)), Optional.ofNullable(organisation));
        List<String> roles = new ArrayList<>();
        begun.path("roles").forEach(role -> roles.add(role.asText()));
        keep(new LoginFile(address.toString(), begun.path("token").asText(), begun.path("name").asText(), Instant.parse(begun.path("expiresAt").asText()), Optional.empty()), String.join(", ", roles));
    }

    private void atProvider(URI address, String provider) {
        OpenIdProvider openId = new OpenIdProvider(provider, client);
        DeviceGrant grant = openId.begin(scope);
        // told apart from the result, which a program may read
        System.err.println("Open " + grant.pageWithCode().orElse(grant.page()) + "\nand see that it shows the code " + grant.userCode() + ". Waiting until " + grant.expiresAt() + " …");
        ProviderTokens tokens = openId.await(grant);
        // A provider lets many in whom the control plane gives no role: then there is no login here.
        ControlPlane.withToken(address, tokens.access()).quota();
        keep(new LoginFile(address.toString(), tokens.access(), tokens.name(), tokens.expiresAt(), tokens.refresh().map(token -> new LoginFile.Renewal(provider, client, token))), "");
    }

    private void keep(LoginFile login, String roles) {
        login.write();
        // not the token: what is printed is kept in logs
        output.print(Json.object().put("server", login.server()).put("name", login.name()).put("roles", roles).put("expiresAt", login.expiresAt().toString()),
                () -> login.name() + " is logged in" + (roles.isEmpty() ? "" : " as " + roles) + (login.renewal().isPresent() ? ", for as long as the provider allows" : " until " + login.expiresAt()));
    }
}
