package org.zosgrid.tests;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.zosgrid.cli.stage.Installation;
import org.zosgrid.cli.stage.Stage;
import org.zosgrid.cli.stage.StageProcess;

/** Another control plane on the database and the ledger's store of a stage's first one, from the same archive, with a state and a port of its own. */
final class SecondServer implements AutoCloseable {
    private static final String NAME = "control-plane-2";

    private final Stage stage;
    private final Path directory;
    private final StageProcess process;
    private final int port;
    private final Map<String, String> different;

    private SecondServer(Stage stage, Map<String, String> different) throws IOException {
        this.stage = stage;
        this.different = different;
        this.directory = Files.createDirectories(stage.home().resolve(NAME));
        this.process = stage.process(NAME);
        this.port = freePort();
    }

    /** Returns when it answers. */
    static SecondServer join(Stage stage) throws IOException {
        return join(stage, Map.of());
    }

    /** @param different settings that it has otherwise than the first */
    static SecondServer join(Stage stage, Map<String, String> different) throws IOException {
        SecondServer joined = new SecondServer(stage, different);
        joined.configure();
        joined.start();
        return joined;
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    void start() throws IOException {
        Path ready = state().resolve("ready");
        Files.deleteIfExists(ready);
        Installation installation = new Installation(stage.home().resolveSibling("installation"));
        Path folder = installation.controlPlane();
        process.start(folder, List.of(installation.java().toString(), "@" + folder.resolve("jvm.args"), "-cp", folder.resolve("lib") + "/*",
                "org.zosgrid.launcher.ControlPlane", "--config", configuration().toString()));
        stage.await(NAME, () -> Files.exists(ready));
    }

    /** As a power cut would. */
    void kill() {
        process.kill();
    }

    @Override
    public void close() {
        process.stop(Duration.ofSeconds(30));
    }

    private void configure() throws IOException {
        Path first = stage.home().resolve("control-plane");
        Path database = first.resolve("state/database");
        Path store = first.resolve("state/ledger-store");
        Files.createDirectories(state());
        List<String> lines = new ArrayList<>(Files.readAllLines(first.resolve("control-plane.properties")).stream()
                .filter(line -> !line.startsWith("zos.state=") && !line.startsWith("zos.http.port=") && different.keySet().stream().noneMatch(key -> line.startsWith(key + "="))).toList());
        different.forEach((key, value) -> lines.add(key + "=" + value));
        // the fourth line of a postmaster's file is its port
        String databasePort = Files.readAllLines(database.resolve("data/postmaster.pid")).get(3).strip();
        lines.addAll(List.of(
                "zos.state=" + state(),
                "zos.http.port=" + port,
                "zos.database.url=jdbc:postgresql://127.0.0.1:" + databasePort + "/zos",
                "zos.database.user=zos",
                "zos.database.password-file=" + database.resolve("password"),
                "zos.ledger-store.address=" + Files.readString(store.resolve("address")).strip(),
                "zos.ledger-store.password-file=" + store.resolve("password")));
        Files.write(configuration(), lines);
    }

    private Path state() {
        return directory.resolve("state");
    }

    private Path configuration() {
        return directory.resolve("control-plane.properties");
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return probe.getLocalPort();
        }
    }
}
