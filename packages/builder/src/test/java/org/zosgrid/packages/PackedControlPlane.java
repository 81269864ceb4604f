package org.zosgrid.packages;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
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
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.zosgrid.cli.stage.Cast;
import org.zosgrid.contract.transport.ManagementAuthority;

/** A control plane that runs out of its image, with runc, on this machine's network, with a PostgreSQL beside it and a node that is not there yet. */
final class PackedControlPlane implements AutoCloseable {
    private static final String REFERENCE = "zos/control-plane:0.1.0-SNAPSHOT";
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final String name;
    private final Path bundle;
    private final EmbeddedPostgres database;
    private final Process runc;
    private final int port;

    private PackedControlPlane(String name, Path bundle, EmbeddedPostgres database, Process runc, int port) {
        this.name = name;
        this.bundle = bundle;
        this.database = database;
        this.runc = runc;
        this.port = port;
    }

    static Path unpack(Path archive, Path folder) throws IOException {
        Path layout = Files.createDirectory(folder.resolve("layout"));
        Tool.run(layout, Map.of(), List.of("tar", "--extract", "--file", archive.toString()));
        Tool.run(folder, Map.of(), List.of("umoci", "unpack", "--image", "layout:" + REFERENCE, "bundle"));
        return folder.resolve("bundle");
    }

    /** Returns when it is ready. */
    static PackedControlPlane start(Path archive, Path folder) throws IOException, InterruptedException {
        Path home = Files.createTempDirectory(folder, "packed");
        Path bundle = unpack(archive, home);
        EmbeddedPostgres database = EmbeddedPostgres.builder().setServerConfig("max_prepared_transactions", "16").start();
        Path state = Files.createDirectory(home.resolve("state"));
        Path configuration = Files.createDirectory(home.resolve("configuration"));
        int port = port();
        configure(configuration, database, port);
        for (Path owned : List.of(state, configuration)) {
            Tool.run(home, Map.of(), List.of("chown", "-R", "10001:10001", owned.toString()));
        }
        edit(bundle.resolve("config.json"), state, configuration);
        String name = "zos-packed-" + ProcessHandle.current().pid();
        Process runc = new ProcessBuilder("runc", "run", "--bundle", bundle.toString(), name)
            .redirectErrorStream(true).redirectOutput(home.resolve("log").toFile()).start();
        var started = new PackedControlPlane(name, bundle, database, runc, port);
        try {
            started.await(state.resolve("control-plane/ready"), home.resolve("log"));
            return started;
        } catch (IOException | InterruptedException | RuntimeException | AssertionError failed) {
            started.close();
            throw failed;
        }
    }

    String health() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/health")).build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body().replace(" ", "");
    }

    /** The numbers of the users whose processes run in the container. */
    List<String> owners() {
        return Tool.run(bundle, Map.of(), List.of("runc", "ps", name)).lines().skip(1).map(line -> line.strip().split("\\s+")[0]).distinct().toList();
    }

    private void await(Path ready, Path log) throws IOException, InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        while (!Files.exists(ready)) {
            if (runc.waitFor(200, TimeUnit.MILLISECONDS) || Instant.now().isAfter(end)) {
                throw new AssertionError("the control plane in the image is not ready:\n" + Files.readString(log));
            }
        }
    }

    private static void configure(Path folder, EmbeddedPostgres database, int port) throws IOException {
        Cast cast = Cast.in(folder.resolve("cast"));
        cast.trustRoot(); // writes it
        ManagementAuthority.create(folder.resolve("authority")).issue("control-plane", List.of(InetAddress.ofLiteral("127.0.0.1")), folder.resolve("tls"));
        Files.writeString(folder.resolve("nodes.json"), "{\"nodes\":[{\"name\":\"compute-1\",\"address\":\"127.0.0.1\",\"storePort\":1,\"apiPort\":1}]}");
        Files.writeString(folder.resolve("database-password"), "postgres");
        Path etc = Path.of("/etc/zos");
        Files.writeString(folder.resolve("control-plane.properties"), String.join("\n",
            "zos.state=/var/lib/zos/control-plane",
            "zos.trust-root=" + etc.resolve(folder.relativize(cast.trustRootFile())),
            "zos.ledger-key=" + etc.resolve(folder.relativize(cast.ledgerKeys())),
            "zos.inventory=/etc/zos/nodes.json",
            "zos.management-tls=/etc/zos/tls",
            "zos.hub=http://127.0.0.1:1",
            "zos.http.port=" + port,
            "zos.database.url=" + database.getJdbcUrl("postgres", "postgres").replaceAll("\\?.*", ""),
            "zos.database.user=postgres",
            "zos.database.password-file=/etc/zos/database-password"));
    }

    /** umoci's container with this machine's network, no terminal, and the two volumes. */
    private static void edit(Path file, Path state, Path configuration) throws IOException {
        var json = new ObjectMapper();
        ObjectNode container = (ObjectNode) json.readTree(file.toFile());
        container.withObject("/process").put("terminal", false);
        ArrayNode namespaces = (ArrayNode) container.at("/linux/namespaces");
        namespaces.removeIf(namespace -> namespace.path("type").asText().equals("network"));
        ArrayNode mounts = (ArrayNode) container.path("mounts");
        // what umoci makes of the image's volumes
        mounts.removeIf(mount -> List.of("/var/lib/zos", "/etc/zos", "/etc/resolv.conf").contains(mount.path("destination").asText()));
        mount(mounts, state, "/var/lib/zos", "rw");
        mount(mounts, configuration, "/etc/zos", "ro");
        // as Docker, Podman and Kubernetes do
        mount(mounts, Files.writeString(file.resolveSibling("hosts"), "127.0.0.1 localhost " + container.path("hostname").asText() + "\n"), "/etc/hosts", "ro");
        json.writeValue(file.toFile(), container);
    }

    private static void mount(ArrayNode mounts, Path source, String destination, String mode) {
        ObjectNode mount = mounts.addObject().put("destination", destination).put("type", "none").put("source", source.toString());
        mount.putArray("options").add("bind").add(mode);
    }

    private static int port() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return probe.getLocalPort();
        }
    }

    @Override
    public void close() throws IOException {
        try {
            if (runc.isAlive()) {
                Tool.run(bundle, Map.of(), List.of("runc", "kill", name, "TERM"));
                if (!runc.waitFor(60, TimeUnit.SECONDS)) {
                    Tool.run(bundle, Map.of(), List.of("runc", "delete", "--force", name));
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            database.close();
        }
    }
}
