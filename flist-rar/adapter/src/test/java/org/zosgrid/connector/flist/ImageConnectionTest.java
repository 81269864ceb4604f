package org.zosgrid.connector.flist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.sun.net.httpserver.HttpServer;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.CommException;
import jakarta.resource.spi.ConnectionManager;
import jakarta.resource.spi.ManagedConnection;
import jakarta.resource.spi.ResourceAdapterInternalException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zosgrid.contract.document.ImageManifest;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.envelope.PayloadType;
import org.zosgrid.contract.key.KeyId;
import org.zosgrid.contract.key.SigningKey;
import org.zosgrid.contract.ledger.LedgerKey;
import org.zosgrid.contract.transport.ManagementAuthority;
import org.zosgrid.contract.transport.ManagementIdentity;
import org.zosgrid.contract.transport.ManagementTls;
import org.zosgrid.contract.policy.Policy;
import org.zosgrid.contract.trust.Role;
import org.zosgrid.contract.trust.TrustRoot;
import org.zosgrid.contract.trust.TrustedKey;
import org.zosgrid.flist.Chunk;
import org.zosgrid.flist.Fingerprint;
import org.zosgrid.flist.HubClient;
import org.zosgrid.flist.ImageConfig;
import org.zosgrid.flist.ImageImporter;
import org.zosgrid.node.api.CheckpointRequest;
import org.zosgrid.node.api.Cosigning;
import org.zosgrid.node.api.NodeApiException;
import org.zosgrid.node.api.NodeApiServer;
import org.zosgrid.node.api.NodeOperations;
import org.zosgrid.node.api.NodeStatus;
import org.zosgrid.node.api.RouteStatus;
import org.zosgrid.node.api.TerminalFrames;
import org.zosgrid.node.api.WorkloadUsage;
import org.zosgrid.node.hub.Hub;

/**
 * Images on a real hub. What an honest hub would not take is put there by a hub that believes another trust root, in which the wrong people are image
 * signers: such a hub is what the adapter must not fall for.
 */
class ImageConnectionTest {
    private static final SigningKey ERIN = SigningKey.generate();
    private static final SigningKey FRANK = SigningKey.generate();
    private static final SigningKey MALLORY = SigningKey.generate();

    @TempDir
    static Path shared;

    @TempDir
    Path directory;

    private final Node node = new Node();
    private String fingerprint = "";
    private byte[] flist = new byte[0];
    private Hub hub;
    private HubClient publisher;
    private NodeApiServer api;
    private ImageResourceAdapter adapter;
    private ImageConnectionFactory images;

    @BeforeAll
    static void makeIdentities() {
        ManagementAuthority authority = ManagementAuthority.create(shared.resolve("authority"));
        authority.issue("compute-1", List.of(InetAddress.getLoopbackAddress()), shared.resolve("compute-1"));
        authority.issue("control-plane", List.of(InetAddress.getLoopbackAddress()), shared.resolve("control-plane"));
    }

    @BeforeEach
    void start() throws Exception {
        hub = Hub.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), directory.resolve("hub"), () -> root(1, ERIN, FRANK, MALLORY));
        publisher = new HubClient(hubAddress());
        uploadContent();
        api = NodeApiServer.start(node, ManagementTls.context(ManagementIdentity.read(shared.resolve("compute-1"))),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Files.writeString(directory.resolve("nodes.json"),
                "{\"nodes\":[{\"name\":\"compute-1\",\"address\":\"127.0.0.1\",\"storePort\":1,\"apiPort\":" + api.address().getPort() + "}]}");
        Files.write(directory.resolve("root.json"), Envelope.sign(PayloadType.TRUST_ROOT, root(2, ERIN, FRANK).toJson(), ERIN).toJson());
        adapter = adapter(hubAddress());
        images = connections(adapter);
    }

    @AfterEach
    void stop() {
        adapter.stop();
        publisher.close();
        api.close();
        hub.close();
    }

    @Test
    void aNameIsResolvedToTheContentThatEnoughSignersSigned() throws Exception {
        publish("demo/web", "1.0", fingerprint, ERIN, FRANK);
        try (ImageConnection connection = images.getConnection()) {
            Image image = connection.resolve("demo/web", "1.0");
            assertThat(image).isEqualTo(new Image("demo/web:1.0@sha256:" + fingerprint, Set.of("erin", "frank"), "content".length()));
            assertThat(connection.verify("demo/web", "1.0", fingerprint)).isEqualTo(image);
        }
    }

    @Test
    void aTreeIsShownAndTwoAreToldApart() throws Exception {
        String before = upload("before", Map.of("etc/motd", "hello", "etc/passwd", "root", "old", "1"));
        String after = upload("after", Map.of("etc/motd", "hello, you", "etc/passwd", "root", "new/deep", "22"));
        try (ImageConnection connection = images.getConnection()) {
            assertThat(connection.children(before, "")).extracting(ImageFile::name, ImageFile::kind, ImageFile::size).containsExactly(tuple("etc", "directory", 2L), tuple("old", "file", 1L));
            assertThat(connection.children(before, "/etc")).extracting(ImageFile::name).containsExactly("motd", "passwd");
            assertThatThrownBy(() -> connection.children(before, "etc/none")).isInstanceOf(ImageException.class).hasMessageContaining("is not in the image");
            assertThatThrownBy(() -> connection.children(before, "old")).isInstanceOf(ImageException.class).hasMessageContaining("must be a directory");
            assertThatThrownBy(() -> connection.children(before, "../x")).isInstanceOf(ImageException.class).hasMessageContaining("..");
            assertThatThrownBy(() -> connection.children("../" + before, "")).isInstanceOf(ImageException.class).hasMessageContaining("must be 64");
            assertThat(connection.differences(before, after, 10)).extracting(ImageDifference::path, each -> each.before().map(ImageFile::size).orElse(-1L), each -> each.after().map(ImageFile::size).orElse(-1L))
                    .containsExactly(tuple("/etc/motd", 5L, 10L), tuple("/new", -1L, 1L), tuple("/new/deep", -1L, 2L), tuple("/old", 1L, -1L));
            assertThat(connection.differences(before, after, 2)).hasSize(2);
            assertThat(connection.differences(before, before, 10)).isEmpty();
        }
    }

    private String upload(String name, Map<String, String> files) throws IOException {
        Path tree = directory.resolve(name);
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.createDirectories(tree.resolve(file.getKey()).getParent());
            Files.writeString(tree.resolve(file.getKey()), file.getValue());
        }
        Map<String, byte[]> chunks = new HashMap<>();
        byte[] made = ImageImporter.fromDirectory(tree, ImageConfig.empty(), (chunk, plain) -> chunks.put(chunk.fingerprint(), Chunk.pack(plain)));
        chunks.forEach(publisher::putChunk);
        publisher.putFlist(Fingerprint.hex(made), made);
        return Fingerprint.hex(made);
    }

    @Test
    void signaturesOfOthersAndTooFewAreRefused() throws Exception {
        publish("demo/few", "1.0", fingerprint, ERIN);
        publish("demo/others", "1.0", fingerprint, ERIN, MALLORY);
        try (ImageConnection connection = images.getConnection()) {
            assertThatThrownBy(() -> connection.resolve("demo/few", "1.0"))
                    .isInstanceOf(ImageException.class).hasMessage("image demo/few:1.0 is not signed by enough of the trust root's image signers (by: [erin])");
            assertThatThrownBy(() -> connection.verify("demo/others", "1.0", fingerprint))
                    .isInstanceOf(ImageException.class).hasMessageContainingAll("demo/others:1.0", "(by: [erin])");
        }
    }

    @Test
    void anImageThatIsNotThereIsNamed() throws Exception {
        try (ImageConnection connection = images.getConnection()) {
            assertThatThrownBy(() -> connection.resolve("demo/nothing", "1.0")).isInstanceOf(ImageException.class).hasMessageContainingAll("demo/nothing:1.0", "404");
            assertThatThrownBy(() -> connection.resolve("Demo!", "1.0")).isInstanceOf(ImageException.class).hasMessageContaining("must be REPOSITORY:TAG");
        }
    }

    @Test
    void aPinThatTheNameDoesNotStandForIsRefused() throws Exception {
        publish("demo/web", "1.0", fingerprint, ERIN, FRANK);
        try (ImageConnection connection = images.getConnection()) {
            assertThatThrownBy(() -> connection.verify("demo/web", "1.0", "0".repeat(64)))
                    .isInstanceOf(ImageException.class).hasMessageContainingAll("demo/web:1.0@sha256:000", "stands for another flist now", fingerprint);
            assertThatThrownBy(() -> connection.verify("demo/web", "1.0", "abc")).isInstanceOf(ImageException.class).hasMessageContaining("must be pinned by");
        }
    }

    @Test
    void aHubThatHandsOutAnotherImagesManifestOrOtherContentIsNotBelieved() throws Exception {
        byte[] other = manifest("demo/other", "1.0", fingerprint, ERIN, FRANK).toJson();
        byte[] changed = flist.clone();
        changed[changed.length - 1] ^= 1;
        byte[] web = manifest("demo/web", "1.0", fingerprint, ERIN, FRANK).toJson();
        withHostileHub(Map.of("/v1/images/demo%2Fweb/1.0", other), connection ->
                assertThatThrownBy(() -> connection.resolve("demo/web", "1.0"))
                        .isInstanceOf(ImageException.class).hasMessageContainingAll("demo/web:1.0", "another image's (is: demo/other:1.0)"));
        withHostileHub(Map.of("/v1/images/demo%2Fweb/1.0", web, "/v1/flists/" + fingerprint, changed), connection ->
                assertThatThrownBy(() -> connection.resolve("demo/web", "1.0"))
                        .isInstanceOf(ImageException.class).hasMessageContainingAll("demo/web:1.0", "must have the fingerprint " + fingerprint));
        withHostileHub(Map.of("/v1/images/demo%2Fweb/1.0", web), connection ->
                assertThatThrownBy(() -> connection.resolve("demo/web", "1.0")).isInstanceOf(ImageException.class).hasMessageContaining("404"));
        withHostileHub(Map.of("/v1/images/demo%2Fweb/1.0", "nonsense".getBytes()), connection ->
                assertThatThrownBy(() -> connection.resolve("demo/web", "1.0")).isInstanceOf(ImageException.class).hasMessageContainingAll("demo/web:1.0", "is no JSON"));
        withHostileHub(Map.of("/v1/images/demo%2Fweb/1.0", Envelope.sign(PayloadType.DEPLOYMENT, new byte[] {1}, ERIN, FRANK).toJson()), connection ->
                assertThatThrownBy(() -> connection.resolve("demo/web", "1.0")).isInstanceOf(ImageException.class).hasMessageContaining("must be of the type " + PayloadType.IMAGE));
    }

    @Test
    void aHubThatIsAwayOrInTroubleSaysNothingAboutAnImage() throws Exception {
        withHostileHub(Map.of(), 500, connection ->
                assertThatThrownBy(() -> connection.resolve("demo/web", "1.0")).isInstanceOf(CommException.class).hasMessageContainingAll("demo/web:1.0", "500"));
        hub.close();
        try (ImageConnection connection = images.getConnection()) {
            assertThatThrownBy(() -> connection.resolve("demo/web", "1.0"))
                    .isInstanceOf(CommException.class).isNotInstanceOf(ImageException.class).hasMessageContainingAll("demo/web:1.0", "cannot be reached");
        }
    }

    @Test
    void aNodeLoadsAPinnedImage() throws Exception {
        String reference = "demo/web:1.0@sha256:" + fingerprint;
        try (ImageConnection connection = images.getConnection()) {
            connection.prefetch("compute-1", reference);
            assertThat(node.loaded).isEqualTo(reference);
            assertThatThrownBy(() -> connection.prefetch("compute-1", "demo/web:1.0")).isInstanceOf(ImageException.class).hasMessageContaining("must be pinned");
            assertThatThrownBy(() -> connection.prefetch("compute-1", "?")).isInstanceOf(ImageException.class).hasMessageContaining("must be REPOSITORY:TAG");
            assertThatThrownBy(() -> connection.prefetch("compute-9", reference)).isInstanceOf(ResourceException.class).hasMessageContainingAll("compute-9", "compute-1");
            node.status = 409;
            assertThatThrownBy(() -> connection.prefetch("compute-1", reference)).isInstanceOf(ImageException.class).hasMessageContaining("compute-1");
            node.status = 503;
            assertThatThrownBy(() -> connection.prefetch("compute-1", reference)).isInstanceOf(CommException.class).hasMessageContaining("compute-1");
        }
    }

    @Test
    void aClosedHandleRefusesToWork() throws Exception {
        ImageConnection connection = images.getConnection();
        connection.close();
        connection.close();
        assertThatThrownBy(() -> connection.resolve("demo/web", "1.0")).isInstanceOf(jakarta.resource.spi.IllegalStateException.class).hasMessageContaining("closed");
    }

    @Test
    void everyFaultOfTheConfigurationIsToldAtOnce() {
        ImageResourceAdapter wrong = new ImageResourceAdapter();
        wrong.setInventory(directory.resolve("none.json").toString());
        wrong.setTrustRoot(directory.resolve("nodes.json").toString());
        wrong.setHub("ftp://hub");
        assertThatThrownBy(() -> wrong.start(null))
                .isInstanceOf(ResourceAdapterInternalException.class)
                .hasMessageContainingAll("inventory: cannot read", "tlsDirectory: is not set", "trustRoot: ", "nodes.json", "hub: must be a URL", "(is: ftp://hub)");
    }

    private interface Check {
        void on(ImageConnection connection) throws ResourceException;
    }

    private void withHostileHub(Map<String, byte[]> answers, Check check) throws Exception {
        withHostileHub(answers, 404, check);
    }

    private void withHostileHub(Map<String, byte[]> answers, int otherwise, Check check) throws Exception {
        HttpServer hostile = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        hostile.createContext("/", exchange -> {
            byte[] answer = answers.get(exchange.getRequestURI().getRawPath());
            exchange.sendResponseHeaders(answer == null ? otherwise : 200, answer == null ? -1 : answer.length);
            if (answer != null) {
                exchange.getResponseBody().write(answer);
            }
            exchange.close();
        });
        hostile.start();
        ImageResourceAdapter fooled = adapter(URI.create("http://127.0.0.1:" + hostile.getAddress().getPort()));
        try (ImageConnection connection = connections(fooled).getConnection()) {
            check.on(connection);
        } finally {
            fooled.stop();
            hostile.stop(0);
        }
    }

    private ImageResourceAdapter adapter(URI hubAddress) throws ResourceException {
        ImageResourceAdapter made = new ImageResourceAdapter();
        made.setInventory(directory.resolve("nodes.json").toString());
        made.setTlsDirectory(shared.resolve("control-plane").toString());
        made.setTrustRoot(directory.resolve("root.json").toString());
        made.setHub(hubAddress.toString());
        made.start(null);
        return made;
    }

    /** A container that pools nothing. */
    private static ImageConnectionFactory connections(ImageResourceAdapter adapter) throws ResourceException {
        ImageManagedConnectionFactory factory = new ImageManagedConnectionFactory();
        factory.setResourceAdapter(adapter);
        ConnectionManager fresh = (made, request) -> {
            ManagedConnection connection = made.createManagedConnection(null, request);
            return connection.getConnection(null, request);
        };
        return (ImageConnectionFactory) factory.createConnectionFactory(fresh);
    }

    private URI hubAddress() {
        return URI.create("http://127.0.0.1:" + hub.address().getPort());
    }

    private void uploadContent() throws IOException {
        Files.writeString(Files.createDirectory(directory.resolve("tree")).resolve("file"), "content");
        Map<String, byte[]> chunks = new HashMap<>();
        flist = ImageImporter.fromDirectory(directory.resolve("tree"), ImageConfig.empty(), (chunk, plain) -> chunks.put(chunk.fingerprint(), Chunk.pack(plain)));
        fingerprint = Fingerprint.hex(flist);
        chunks.forEach(publisher::putChunk);
        publisher.putFlist(fingerprint, flist);
    }

    private void publish(String repository, String tag, String content, SigningKey... signers) {
        publisher.putImage(manifest(repository, tag, content, signers));
    }

    private Envelope manifest(String repository, String tag, String content, SigningKey... signers) {
        return Envelope.sign(PayloadType.IMAGE, new ImageManifest(repository, tag, content, flist.length, 7, Instant.parse("2026-11-25T12:00:00Z")).toJson(), signers);
    }

    /** Everybody is known; these are the image signers. */
    private static TrustRoot root(int threshold, SigningKey... imageSigners) {
        Map<KeyId, TrustedKey> keys = Map.of(
                ERIN.id(), new TrustedKey("erin", ERIN.verificationKey()),
                FRANK.id(), new TrustedKey("frank", FRANK.verificationKey()),
                MALLORY.id(), new TrustedKey("mallory", MALLORY.verificationKey()));
        Role erin = new Role(Set.of(ERIN.id()), 1);
        Role signers = new Role(Set.copyOf(List.of(imageSigners).stream().map(SigningKey::id).toList()), threshold);
        return new TrustRoot(1, Instant.now().plus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS), keys,
                Map.of("root", erin, "requester", erin, "approver", erin, "image-signer", signers), Policy.quorum("approver", 1), Map.of(), LedgerKey.generate("test.example").verifiers());
    }

    /** A node that only remembers what it loaded, or refuses. */
    private static final class Node implements NodeOperations {
        private String loaded = "";
        private int status = 200;

        @Override
        public NodeStatus status() {
            throw new AssertionError("is another adapter's");
        }

        @Override
        public String logs(String deployment, String machine) {
            throw new AssertionError("is another adapter's");
        }

        @Override
        public WorkloadUsage usage(String deployment, String machine) {
            throw new AssertionError("is another adapter's");
        }

        @Override
        public List<RouteStatus> routes() {
            throw new AssertionError("is another adapter's");
        }

        @Override
        public RouteStatus expose(String deployment, String route) {
            throw new AssertionError("is another adapter's");
        }

        @Override
        public void withdraw(String deployment, String route) {
            throw new AssertionError("is another adapter's");
        }

        @Override
        public void prefetch(String reference) {
            if (status != 200) {
                throw new NodeApiException(status, "not now");
            }
            loaded = reference;
        }

        @Override
        public Cosigning cosign(CheckpointRequest request) {
            throw new AssertionError("is another adapter's");
        }

        @Override
        public byte[] openTerminal(byte[] request) {
            throw new AssertionError("is another adapter's");
        }

        @Override
        public void typeInto(String session, List<byte[]> frames) {
            throw new AssertionError("is another adapter's");
        }

        @Override
        public TerminalFrames readTerminal(String session, long from) {
            throw new AssertionError("is another adapter's");
        }

        @Override
        public boolean closeTerminal(String session) {
            throw new AssertionError("is another adapter's");
        }
    }
}
