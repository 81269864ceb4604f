package org.zosgrid.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.zosgrid.cli.Zos;
import org.zosgrid.cli.openid.OpenIdProvider;
import org.zosgrid.tests.container.ControlPlaneContainer;
import org.zosgrid.tests.container.Keycloak;

/** People with the command line, in a process of its own, and a browser; Keycloak; and a control plane of the stage that takes its tokens. */
final class BrowserLogins implements AutoCloseable {
    private static final Pattern PAGE = Pattern.compile("Open (http\\S+)\\s+and see that it shows the code (\\S+)\\.");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path folder = Files.createTempDirectory("zos-openid");
    private final Keycloak provider = new Keycloak(folder);
    private final SecondServer server;

    BrowserLogins() throws Exception {
        try {
            provider.await(); // before the next begins: each of them takes all of a small machine
            server = SecondServer.join(ControlPlaneContainer.stage(), Map.of("zos.tokens.issuer", provider.issuer(), "zos.tokens.keys", provider.keys(), "zos.tokens.audience", "zos-server",
                    "zos.tokens.organisation-claim", ""));
        } catch (Exception failed) {
            provider.close();
            throw failed;
        }
    }

    void logInReadRenewAndLogOut() throws Exception {
        Command login = login();
        agree(login, "erin", true);
        assertThat(login.end()).as(login.output()).isZero();
        assertThat(login.output()).contains("erin is logged in");
        Path kept = folder.resolve("login.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept))).isEqualTo("rw-------");
        JsonNode first = new ObjectMapper().readTree(kept.toFile());
        assertThat(login.output()).doesNotContain(first.path("token").asText(), first.at("/renewal/refreshToken").asText());

        Command list = new Command("list");
        assertThat(list.end()).as(list.output()).isZero();
        Command users = new Command("user", "list");
        assertThat(users.end()).isNotZero();
        assertThat(users.output()).contains("does not administer");

        Instant expires = Instant.parse(first.path("expiresAt").asText());
        assertThat(expires).isBefore(Instant.now().plus(Keycloak.TOKENS_LIVE).plusSeconds(5));
        while (Instant.now().isBefore(expires)) {
            Thread.sleep(500);
        }
        Command again = new Command("list");
        assertThat(again.end()).as(again.output()).isZero();
        JsonNode second = new ObjectMapper().readTree(kept.toFile());
        assertThat(second.path("token").asText()).isNotEqualTo(first.path("token").asText());

        assertThat(new Command("logout").end()).isZero();
        assertThat(kept).doesNotExist();
        String refresh = second.at("/renewal/refreshToken").asText();
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> new OpenIdProvider(provider.issuer(), Keycloak.CLIENT).refresh(refresh)).hasMessageContaining("invalid_grant");
        Command without = new Command("list");
        assertThat(without.end()).isNotZero();
    }

    void haveTheRolesOfTheirGroups() throws Exception {
        Command login = login();
        agree(login, "frank", true);
        assertThat(login.end()).as(login.output()).isZero();
        Command users = new Command("user", "list");
        assertThat(users.end()).as(users.output()).isZero();
        Command reject = new Command("reject", "nothing", "--reason", "no");
        assertThat(reject.end()).as("a login signs nothing").isNotZero();
        assertThat(new Command("logout").end()).isZero();
    }

    void areRefusedWithoutARoleOrTheirConsent() throws Exception {
        Command grace = login();
        agree(grace, "grace", true);
        assertThat(grace.end()).isNotZero();
        assertThat(grace.output()).contains("no role");
        assertThat(folder.resolve("login.json")).doesNotExist();

        Command erin = login();
        agree(erin, "erin", false);
        assertThat(erin.end()).isNotZero();
        assertThat(erin.output()).contains("refused in the browser");

        Command elsewhere = new Command("login", "--issuer", provider.issuer() + "/", "--client-id", Keycloak.CLIENT);
        assertThat(elsewhere.end()).isNotZero();
        assertThat(elsewhere.output()).contains("must be what the provider calls itself");
        Command stranger = new Command("login", "--issuer", provider.issuer(), "--client-id", "nobody");
        assertThat(stranger.end()).isNotZero();
        assertThat(stranger.output()).contains("invalid_client");
    }

    private Command login() throws Exception {
        return new Command("login", "--issuer", provider.issuer(), "--client-id", Keycloak.CLIENT);
    }

    /** Another browser each time: nobody is logged in there. */
    private void agree(Command login, String name, boolean willing) throws Exception {
        Matcher told = login.await(PAGE);
        try (Browser browser = new Browser()) {
            browser.open(told.group(1));
            browser.submit(Map.of("username", name, "password", Keycloak.PASSWORD));
            assertThat(browser.page()).as("asks for consent").contains("Grant Access");
            browser.submit(willing ? Map.of("accept", "Yes") : Map.of("cancel", "No"));
        }
    }

    /** The command line of one person, as a program. */
    private final class Command {
        private final Process process;
        private final Path log;

        Command(String... arguments) throws IOException {
            log = Files.createTempFile(folder, "command", ".log");
            List<String> line = new ArrayList<>(List.of(ProcessHandle.current().info().command().orElseThrow(), "-Dzos.home=" + folder, "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"), Zos.class.getName()));
            line.addAll(List.of(arguments));
            if (!arguments[0].equals("logout")) {
                line.addAll(List.of("--server", server.address().toString()));
            }
            process = new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        }

        Matcher await(Pattern pattern) throws Exception {
            Instant end = Instant.now().plus(PATIENCE);
            while (true) {
                Matcher matcher = pattern.matcher(output());
                if (matcher.find()) {
                    return matcher;
                }
                assertThat(process.isAlive() && Instant.now().isBefore(end)).as(output()).isTrue();
                Thread.sleep(100);
            }
        }

        int end() throws Exception {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("it did not end: " + output());
            }
            return process.exitValue();
        }

        String output() throws IOException {
            return Files.readString(log);
        }
    }

    @Override
    public void close() throws Exception {
        server.close();
        provider.close();
    }
}
