package org.zosgrid.cli.stage;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.zosgrid.cli.CliException;
import org.zosgrid.cli.terminal.Json;
import org.zosgrid.contract.inventory.NodeAddress;
import org.zosgrid.settings.Settings;
import org.zosgrid.settings.SettingsException;

/**
 * A stage's control plane: one process, and the PostgreSQL it starts for itself. Its directory holds the configuration, the port it was given, the
 * log, and the state that survives a restart.
 */
final class StagedControlPlane {
    static final String NAME = "control-plane";
    /** Database, ledger store, server, data source, three adapters, application, ready: what the launcher reports while it starts. */
    static final int PARTS = 9;

    private static final Pattern PART = Pattern.compile(" *\\d+\\.\\d s {2}\\S.*");
    private static final Duration DATABASE_GRACE = Duration.ofSeconds(15);

    private final Path directory;
    private final Installation installation;
    private final StageProcess process;
    private final int firstPort;

    /** @param firstPort of HTTP, if nobody has it: of each stage another, so that two which start at once do not both find the same one free */
    StagedControlPlane(Path directory, Installation installation, int firstPort) {
        this.directory = directory;
        this.installation = installation;
        this.process = new StageProcess(directory, NAME);
        this.firstPort = firstPort;
    }

    URI address() {
        try {
            return URI.create("http://127.0.0.1:" + Files.readString(portFile()).strip());
        } catch (IOException absent) {
            throw new CliException("there is no control plane in " + directory + "; './zos up' starts one", absent);
        }
    }

    /** Where it keeps every version of the trust root. */
    Path trustRoots() {
        return state().resolve("trust-roots");
    }

    /** Which nodes there are, and where; it is followed. */
    Path inventory() {
        return directory.resolve("nodes.json");
    }

    /** Writes the configuration; {@code settings} are properties that are not left to their defaults, and are checked by {@link #check}. */
    void configure(Cast cast, Path tls, URI hub, List<NodeAddress> nodes, Map<String, String> settings) throws IOException {
        Files.createDirectories(directory);
        var inventory = Json.object();
        var list = inventory.putArray("nodes");
        nodes.forEach(node -> list.addObject().put("name", node.name()).put("address", node.address())
                .put("storePort", node.storePort()).put("apiPort", node.apiPort()));
        Files.writeString(inventory(), Json.print(inventory));
        Files.writeString(portFile(), port() + "\n");
        StringBuilder more = new StringBuilder();
        settings.forEach((property, value) -> more.append(property).append('=').append(value.replace("\\", "\\\\")).append('\n'));
        Files.writeString(configuration(), String.join("\n",
                "zos.state=" + state(),
                "zos.trust-root=" + cast.trustRootFile(),
                "zos.ledger-key=" + cast.ledgerKeys(),
                "zos.inventory=" + inventory(),
                "zos.management-tls=" + tls,
                "zos.hub=" + hub,
                "zos.http.port=" + address().getPort(),
                more));
    }

    /** Fails where the control plane would not start by its configuration, before anything is started beside it. */
    void check() {
        try {
            Settings.read(configuration(), System.getenv());
        } catch (SettingsException refused) {
            throw new CliException(String.valueOf(refused.getMessage()), refused);
        }
    }

    /** Starts it and returns at once: it takes longest of all, so others start meanwhile. */
    void start() throws IOException {
        Files.deleteIfExists(ready());
        Files.deleteIfExists(process.log());
        Path folder = installation.controlPlane();
        process.start(folder, List.of(installation.java().toString(), "@" + folder.resolve("jvm.args"), "-cp", folder.resolve("lib") + "/*",
                "org.zosgrid.launcher.ControlPlane", "--config", configuration().toString()));
    }

    boolean isReady() {
        return Files.exists(ready());
    }

    /** How many of its {@link #PARTS} are there. */
    int parts() {
        try (Stream<String> lines = Files.lines(process.log(), StandardCharsets.ISO_8859_1)) {
            return (int) Math.min(PARTS, lines.filter(line -> PART.matcher(line).matches()).count());
        } catch (IOException | java.io.UncheckedIOException notYet) {
            return 0;
        }
    }

    /** Ends it; a PostgreSQL that it could not take along, because it was killed, is ended too. */
    void stop(Duration grace) {
        process.stop(grace);
        postmaster().ifPresent(StagedControlPlane::end);
    }

    private Optional<ProcessHandle> postmaster() {
        Path data = state().resolve("database/data");
        try (Stream<String> lines = Files.lines(data.resolve("postmaster.pid"))) {
            return lines.findFirst().map(String::strip).filter(line -> line.matches("\\d{1,10}")).map(Long::parseLong).flatMap(ProcessHandle::of)
                    // The number may meanwhile belong to another program.
                    .filter(handle -> handle.info().commandLine().orElse("").contains(data.toString()));
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    private static void end(ProcessHandle postmaster) {
        postmaster.destroy();
        try {
            postmaster.onExit().get(DATABASE_GRACE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException stillThere) {
            postmaster.destroyForcibly();
            postmaster.onExit().join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The port it had before, if nobody took it meanwhile; otherwise the stage's own or any free one of loopback. */
    private int port() throws IOException {
        int before = Files.exists(portFile()) ? Integer.parseInt(Files.readString(portFile()).strip()) : firstPort;
        for (int port : new int[] {before, 0}) {
            try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"))) {
                return probe.getLocalPort();
            } catch (IOException taken) {
                if (port == 0) {
                    throw taken;
                }
            }
        }
        throw new IllegalStateException("unreachable: port 0 is always answered or refused");
    }

    private Path portFile() {
        return directory.resolve("http.port");
    }

    Path configuration() {
        return directory.resolve("control-plane.properties");
    }

    private Path state() {
        return directory.resolve("state");
    }

    private Path ready() {
        return state().resolve("ready");
    }
}
