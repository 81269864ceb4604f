package org.zosgrid.tests.container;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Keycloak on a free port of loopback, with one realm of three people: erin of the auditors, frank of the platform's, grace of nobody's. It keeps everything in memory, of which it has little, and
 * takes more than half a minute to start.
 */
public final class Keycloak implements AutoCloseable {
    public static final String PASSWORD = "a browser's password";
    public static final String CLIENT = "zos";
    /** Tokens live so long: a test waits until one is renewed. */
    public static final Duration TOKENS_LIVE = Duration.ofSeconds(20);

    private static final int FIRST_PORT = 20_000;
    private static final int PORTS = 10_000;
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final Process process;
    private final Path log;
    private final int port;

    /** Returns at once. @param folder for what it writes */
    public Keycloak(Path folder) throws IOException {
        Path home = Path.of(System.getProperty("keycloak.home"));
        Path imported = Files.createDirectories(home.resolve("data/import"));
        Files.writeString(imported.resolve("zos-realm.json"), realm());
        log = folder.resolve("keycloak.log");
        port = freePort();
        ProcessBuilder start = new ProcessBuilder(List.of("bash", home.resolve("bin/kc.sh").toString(), "start-dev", "--import-realm", "--db=dev-mem", "--http-host=127.0.0.1", "--http-port=" + port, "--cache=local"));
        start.environment().put("JAVA_HOME", System.getProperty("java.home"));
        start.environment().put("JAVA_OPTS_KC_HEAP", "-Xms128m -Xmx512m");
        start.environment().put("JAVA_OPTS_APPEND", "-XX:TieredStopAtLevel=1"); // it builds itself at its start, and answers a few questions then
        process = start.directory(folder.toFile()).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    }

    /** What tokens call it. */
    public String issuer() {
        return "http://127.0.0.1:" + port + "/realms/zos";
    }

    /** Where its keys are. */
    public String keys() {
        return issuer() + "/protocol/openid-connect/certs";
    }

    /** Returns when it answers. */
    public void await() throws Exception {
        Instant end = Instant.now().plus(PATIENCE);
        try (HttpClient http = HttpClient.newHttpClient()) {
            while (true) {
                try {
                    if (http.send(HttpRequest.newBuilder(URI.create(issuer() + "/.well-known/openid-configuration")).timeout(Duration.ofSeconds(5)).build(), HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                        return;
                    }
                } catch (IOException notYet) {
                    // it is asked again
                }
                if (!process.isAlive() || Instant.now().isAfter(end)) {
                    throw new IllegalStateException("Keycloak did not start:\n" + Files.readString(log));
                }
                Thread.sleep(500);
            }
        }
    }

    private static String realm() {
        return """
            {"realm": "zos", "enabled": true, "accessTokenLifespan": %d, "oauth2DevicePollingInterval": 1,
             "groups": [{"name": "auditors"}, {"name": "platform"}],
             "users": [%s, %s, %s],
             "clients": [{"clientId": "%s", "enabled": true, "publicClient": true, "standardFlowEnabled": false,
               "attributes": {"oauth2.device.authorization.grant.enabled": "true"},
               "protocolMappers": [
                 {"name": "groups", "protocol": "openid-connect", "protocolMapper": "oidc-group-membership-mapper",
                  "config": {"claim.name": "groups", "full.path": "false", "access.token.claim": "true", "id.token.claim": "false", "userinfo.token.claim": "false"}},
                 {"name": "audience", "protocol": "openid-connect", "protocolMapper": "oidc-audience-mapper",
                  "config": {"included.custom.audience": "zos-server", "access.token.claim": "true", "id.token.claim": "false"}}]}]}
            """.formatted(TOKENS_LIVE.toSeconds(), user("erin", "\"auditors\""), user("frank", "\"platform\""), user("grace", ""), CLIENT);
    }

    private static String user(String name, String groups) {
        return """
            {"username": "%s", "enabled": true, "firstName": "%s", "lastName": "Example", "email": "%s@example.org", "emailVerified": true, "groups": [%s],
             "credentials": [{"type": "password", "value": "%s", "temporary": false}]}""".formatted(name, name, name, groups, PASSWORD);
    }

    /** Below those that the system gives to outgoing connections: it takes so long to start that one of these could be taken meanwhile. */
    private static int freePort() throws IOException {
        for (int port = FIRST_PORT + (int) (ProcessHandle.current().pid() % PORTS);; port++) {
            try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"))) {
                return probe.getLocalPort();
            } catch (BindException taken) {
                // the next one
            }
        }
    }

    @Override
    public void close() throws InterruptedException {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        children.forEach(ProcessHandle::destroy);
    }
}
