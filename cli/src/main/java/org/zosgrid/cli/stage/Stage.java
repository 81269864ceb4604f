package org.zosgrid.cli.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.zosgrid.cli.CliException;
import org.zosgrid.cli.client.ControlPlane;
import org.zosgrid.cli.terminal.Json;
import org.zosgrid.cli.terminal.Steps;
import org.zosgrid.contract.document.ReleaseManifest;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.envelope.PayloadType;
import org.zosgrid.contract.inventory.NodeAddress;
import org.zosgrid.contract.key.Signer;
import org.zosgrid.contract.key.SigningKey;
import org.zosgrid.contract.transport.ManagementAuthority;

/**
 * A whole system on one machine. The control plane and the hub run on the host; a compute node and a gateway node each in a network namespace of
 * their own; a third namespace plays the internet.
 *
 * <p>Everything a stage keeps lies in one directory: {@code cast/} (keys, trust root), {@code tls/} (management certificates), one directory per
 * process with its state and log. {@link #down} ends every process, lets the nodes remove what they made, and removes the networks; keys and
 * data stay, {@link #erase} removes those too.
 */
public final class Stage {
    public static final String COMPUTE = "compute-1";
    public static final String GATEWAY = "gateway-1";
    /** A compute node that is there only while a test wants it. */
    public static final String SECOND = "compute-2";
    /** A compute node of another organisation than the cast's; see {@link GuestNode}. */
    public static final String GUEST = "guest-1";
    public static final int HUB_PORT = 8090;
    private static final int STORE_PORT = 9900;
    private static final int API_PORT = 9443;
    private static final int OVERLAY_PORT = 9651;
    /** Of stage 0; the others follow. */
    private static final int FIRST_HTTP_PORT = 8080;
    private static final Duration READY = Duration.ofSeconds(180);
    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final List<String> NODES = List.of(COMPUTE, GATEWAY);

    private final Path home;
    private final Installation installation;
    private final StageNetwork network;
    private final StagedControlPlane controlPlane;
    private final Map<String, String> settings = new TreeMap<>();

    public Stage(Path home, Installation installation, int number) {
        this.home = home.toAbsolutePath();
        this.installation = installation;
        this.network = new StageNetwork(number);
        this.controlPlane = new StagedControlPlane(this.home.resolve(StagedControlPlane.NAME), installation, FIRST_HTTP_PORT + number);
    }

    /** Adds a property to the control plane's configuration; counts from the next {@link #up}. */
    public Stage with(String property, String value) {
        settings.put(property, value);
        return this;
    }

    public Path home() {
        return home;
    }

    public StageNetwork network() {
        return network;
    }

    public Cast cast() {
        return Cast.in(home.resolve("cast"));
    }

    public URI hub() {
        return URI.create("http://" + network.managementHost() + ":" + HUB_PORT);
    }

    /** Where REST and console answer, on loopback. */
    public URI controlPlaneAddress() {
        return controlPlane.address();
    }

    /** The control plane, called by one of the cast. */
    public ControlPlane controlPlane(Signer caller) {
        return new ControlPlane(controlPlaneAddress(), caller);
    }

    /** Where the control plane's own identity for the management network lies; whoever holds it holds the control plane. */
    public Path controlPlaneConfiguration() {
        return controlPlane.configuration();
    }

    public Path controlPlaneTls() {
        return home.resolve("tls/control-plane");
    }

    /** Where a node answers on the management network. */
    public NodeAddress address(String node) {
        return new NodeAddress(node, network.managementOf(node), STORE_PORT, API_PORT);
    }

    public InetSocketAddress store(String node) {
        return new InetSocketAddress(network.managementOf(node), STORE_PORT);
    }

    public StageProcess process(String name) {
        return new StageProcess(home.resolve(name), name);
    }

    public boolean isUp() {
        return processNames().stream().anyMatch(name -> process(name).running().isPresent());
    }

    /** Makes what is missing and starts everything; each step is told. The control plane is started first and waited for last: it takes longest. */
    public void up(Steps steps) throws Exception {
        up(steps, false);
    }

    /**
     * As {@link #up}, and makes this stage the one that commands talk to which are not told another: from the moment in which its control plane begins to start, since one that was only slow answers after it
     * was given up.
     */
    public void upForCommands(Steps steps) throws Exception {
        up(steps, true);
    }

    private void up(Steps steps, boolean forCommands) throws Exception {
        if (isUp()) {
            throw new CliException("it is up already; './zos down' stops it");
        }
        installation.requireControlPlane();
        Cast cast = steps.step("Keys for seven people, two nodes, the ledger and its two witnesses (ML-DSA + Ed25519)", this::cast);
        steps.step("Trust root: two of bob, carol and dave must approve, a witness must cosign; signed and pinned", cast::trustRoot);
        steps.step("Management certificates (ML-DSA-65); the control plane begins to start", () -> {
            certificates();
            controlPlane.configure(cast, controlPlaneTls(), hub(), NODES.stream().map(this::address).toList(), settings);
            controlPlane.check();
            controlPlane.start();
            if (forCommands) {
                writeContext();
            }
            return true;
        });
        steps.step("Networks: management, underlay, public; namespaces for two nodes and the internet", () -> {
            network.create();
            return true;
        });
        steps.step("Image hub on the management network", () -> {
            startHub();
            return true;
        });
        steps.step("Node release signed by frank and grace; both nodes boot from it, verified", () -> {
            signRelease(cast);
            for (String node : NODES) {
                writeNodeConfig(node, cast.trustRootFile(), cast.keyFile(node), Optional.of(cast.witnessFile(node)), hub(), List.of(node.equals(COMPUTE) ? GATEWAY : COMPUTE));
                startNode(node);
            }
            for (String node : NODES) {
                await(node, () -> answers(store(node)));
            }
            return true;
        });
        steps.longStep("Control plane ready: PostgreSQL, the ledger's Zero-DB, Payara Micro, three resource adapters, the application with its workflow engine", progress -> {
            awaitControlPlane(progress);
            return true;
        });
    }

    private void awaitControlPlane(Steps.Progress progress) {
        await(StagedControlPlane.NAME, () -> {
            progress.at(controlPlane.parts(), StagedControlPlane.PARTS);
            return controlPlane.isReady();
        });
    }

    /** Starts a control plane again that was killed, and waits until it answers. */
    public void restartControlPlane() throws IOException {
        controlPlane.start();
        awaitControlPlane((done, total) -> {});
    }

    /** {@code context.properties}, beside its directory. */
    private void writeContext() throws IOException {
        Files.writeString(home.resolveSibling("context.properties"),
                "server=" + controlPlaneAddress() + "\nhub=" + hub() + "\ntrust-root=" + cast().trustRootFile() + "\n");
    }

    /** Ends everything. Nothing stays but the files in the stage's directory. */
    public void down() {
        controlPlane.stop(GRACE);
        for (String node : List.of(COMPUTE, GATEWAY, SECOND, GUEST)) {
            takeDown(node);
        }
        process("hub").stop(GRACE);
        process(GuestNode.HUB).stop(GRACE);
        network.remove();
    }

    /**
     * Starts a second compute node, and gives the gateway a link to it.
     *
     * @param root the signed trust root in force, which names the node with this key: it is the one that the node pins
     */
    public void addSecond(SigningKey key, Envelope root) throws IOException {
        Path directory = directory(home.resolve(SECOND));
        network.add(SECOND);
        key.write(directory.resolve("identity.pem"), Optional.empty());
        Files.write(pinned(SECOND), root.toJson());
        writeNodeConfig(SECOND, pinned(SECOND), directory.resolve("identity.pem"), Optional.empty(), hub(), List.of(GATEWAY));
        linkGateway(List.of(COMPUTE, SECOND));
        startNode(SECOND);
        await(SECOND, () -> answers(store(SECOND)));
    }

    /** Ends the second compute node and the gateway's link to it; a trust root may have left it out before. */
    public void removeSecond() throws IOException {
        takeDown(SECOND);
        if (Files.deleteIfExists(home.resolve(SECOND).resolve("node.json"))) {
            linkGateway(List.of(COMPUTE));
        }
        network.remove(SECOND);
    }

    /** Overlay links stand in a node's configuration: it is started again. */
    private void linkGateway(List<String> peers) throws IOException {
        process(GATEWAY).stop(GRACE);
        Cast cast = cast();
        writeNodeConfig(GATEWAY, cast.trustRootFile(), cast.keyFile(GATEWAY), Optional.of(cast.witnessFile(GATEWAY)), hub(), peers);
        startNode(GATEWAY);
        await(GATEWAY, () -> answers(store(GATEWAY)));
    }

    private Path pinned(String node) {
        return List.of(SECOND, GUEST).contains(node) ? home.resolve(node).resolve("root.json") : home.resolve("cast/root.json");
    }

    /** Removes keys, logs and data. */
    public void erase() {
        if (!Files.exists(home)) {
            return;
        }
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    public void startNode(String node) {
        Path release = installation.nodeRelease();
        List<String> command = new ArrayList<>(List.of(StageNetwork.inside(network.namespace(node), nodeJava(node))));
        command.addAll(List.of("--release", release.toString(), "--manifest", manifest(node).toString(),
                "--trust-root", pinned(node).toString(), "--trust-roots", home.resolve(node).resolve("state/trust-roots").toString(), "--config", home.resolve(node).resolve("node.json").toString()));
        process(node).start(home.resolve(node), command);
    }

    /** Waits until a condition holds; fails with the process's last words when it ended or the time is over. */
    public void await(String name, BooleanSupplier condition) {
        Instant until = Instant.now().plus(READY);
        while (!condition.getAsBoolean()) {
            boolean over = Instant.now().isAfter(until);
            if (over || process(name).running().isEmpty()) {
                throw new CliException(name + (over ? " was not ready within " + READY.toSeconds() + " s" : " ended before it was ready") + "; its log "
                        + process(name).log() + " ends with:\n" + process(name).lastWords());
            }
            pause();
        }
    }

    public boolean answers(InetSocketAddress address) {
        try (Socket socket = new Socket()) {
            socket.connect(address, 500);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Starts the image hub and waits until it answers. */
    public void startHub() {
        startHub("hub", HUB_PORT, cast().trustRootFile(), controlPlane.trustRoots());
    }

    /** Starts a hub beside the nodes that takes images by one organisation's trust root. */
    void startHub(String name, int port, Path root, Path laterRoots) {
        Path directory = home.resolve(name);
        process(name).start(directory(directory), List.of(installation.java().toString(), "-XX:+UseSerialGC", "-Xmx128m", "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED", "-cp", installation.hubRelease().resolve("lib") + "/*", "org.zosgrid.node.hub.Hub",
                "--listen", network.managementHost() + ":" + port, "--data", directory.resolve("data").toString(),
                "--trust-root", root.toString(), "--trust-roots", laterRoots.toString()));
        await(name, () -> answers(new InetSocketAddress(network.managementHost(), port)));
    }

    /** Ends a node, if there is one of this name, and leaves nothing of it but files: what it and its machines wrote. */
    public void takeDown(String node) {
        process(node).stop(GRACE);
        if (Files.exists(home.resolve(node).resolve("node.json"))) {
            teardown(node);
        }
    }

    /** Has a node that has ended remove what it made, but for files. */
    private void teardown(String node) {
        List<String> command = new ArrayList<>();
        if (Files.exists(Path.of("/run/netns", network.namespace(node)))) {
            command.addAll(List.of("nsenter", "--net=/run/netns/" + network.namespace(node), "--"));
        }
        command.addAll(List.of(installation.java().toString(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED", "-cp",
                installation.nodeRelease().resolve("lib") + "/*", "org.zosgrid.node.core0.Node", "--teardown", "--config",
                home.resolve(node).resolve("node.json").toString()));
        Shell.run(command.toArray(String[]::new));
    }

    private String[] nodeJava(String node) {
        return new String[] {
            // glibc would keep an arena of memory for every thread. 25 MB of the heap are the node's own verified jars; it takes no more of the rest than it needs, and with a hundred containers it needs 25 more.
            "env", "MALLOC_ARENA_MAX=2", installation.java().toString(), "-XX:+UseSerialGC", "-Xmx128m", "-XX:MinHeapFreeRatio=10", "-XX:MaxHeapFreeRatio=20", "-Xss512k", "-XX:TieredStopAtLevel=1", "-XX:ReservedCodeCacheSize=32m",
            // What a killed node leaves there goes with the stage.
            "-Djava.io.tmpdir=" + directory(home.resolve(node).resolve("tmp")),
            "--enable-native-access=ALL-UNNAMED", "-cp", installation.bootClassPath(), "org.zosgrid.node.boot.Boot"
        };
    }

    private Path manifest() {
        return home.resolve("release.json");
    }

    /** The release as the people sign it to whom a node belongs. */
    private Path manifest(String node) {
        return node.equals(GUEST) ? home.resolve(GUEST).resolve("release.json") : manifest();
    }

    /** The release that all nodes run, for others to sign. */
    byte[] release() throws IOException {
        return Envelope.parse(Files.readAllBytes(manifest())).payload();
    }

    /** Where the control plane keeps the later trust roots of another organisation. */
    Path laterTrustRoots(String organisation) {
        return controlPlane.trustRoots().resolveSibling("trust-roots-of").resolve(organisation);
    }

    /** Where the control plane looks for nodes' addresses. */
    Path inventory() {
        return controlPlane.inventory();
    }

    private void signRelease(Cast cast) throws IOException {
        ReleaseManifest release = ReleaseManifest.of(installation.nodeRelease());
        Files.write(manifest(), Envelope.sign(PayloadType.RELEASE, release.toJson(),
                Cast.BOOT_SIGNERS.stream().map(cast::key).toArray(Signer[]::new)).toJson());
    }

    private void certificates() throws IOException {
        if (Files.exists(controlPlaneTls())) {
            return;
        }
        ManagementAuthority authority = ManagementAuthority.create(home.resolve("tls/authority"));
        authority.issue("control-plane", List.of(InetAddress.ofLiteral(network.managementHost())), controlPlaneTls());
        for (String node : List.of(COMPUTE, GATEWAY, SECOND, GUEST)) {
            authority.issue(node, List.of(InetAddress.ofLiteral(network.managementOf(node))), home.resolve("tls").resolve(node));
        }
    }

    void writeNodeConfig(String node, Path root, Path identity, Optional<Path> witness, URI hub, List<String> peers) throws IOException {
        Path directory = directory(home.resolve(node));
        var config = Json.object().put("name", node).put("state", directory.resolve("state").toString())
                .put("trustRoot", root.toString()).put("identity", identity.toString());
        witness.ifPresent(file -> config.put("witness", file.toString()));
        config.putObject("management").put("address", network.managementOf(node)).put("storePort", STORE_PORT).put("apiPort", API_PORT)
                .put("tls", home.resolve("tls").resolve(node).toString());
        var overlay = config.putObject("overlay").put("listen", network.underlayOf(node) + ":" + OVERLAY_PORT).put("tun", "pln0");
        var links = overlay.putArray("peers");
        peers.forEach(peer -> links.addObject().put("node", peer).put("endpoint", network.underlayOf(peer) + ":" + OVERLAY_PORT));
        var interfaces = config.putObject("interfaces").put("management", "mgmt0").put("underlay", "und0");
        config.put("hub", hub.toString());
        if (node.equals(GATEWAY)) {
            interfaces.put("public", "pub0");
            config.putObject("gateway").put("listen", StageNetwork.PUBLIC_GATEWAY + ":80");
        }
        Files.writeString(directory.resolve("node.json"), Json.print(config));
    }

    private static Path directory(Path directory) {
        try {
            return Files.createDirectories(directory);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static List<String> processNames() {
        return List.of(StagedControlPlane.NAME, "hub", COMPUTE, GATEWAY);
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CliException("interrupted");
        }
    }
}
