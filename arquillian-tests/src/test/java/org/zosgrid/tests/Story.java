package org.zosgrid.tests;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.zosgrid.cli.client.Approval;
import org.zosgrid.cli.client.ControlPlane;
import org.zosgrid.cli.client.DeploymentVersion;
import org.zosgrid.cli.client.Watch;
import org.zosgrid.cli.demo.DemoImage;
import org.zosgrid.cli.demo.Documents;
import org.zosgrid.cli.image.ImagePublication;
import org.zosgrid.cli.stage.Cast;
import org.zosgrid.cli.stage.Shell;
import org.zosgrid.cli.stage.Stage;
import org.zosgrid.cli.stage.StageNetwork;
import org.zosgrid.contract.document.ChangeDocument;
import org.zosgrid.contract.document.Decommission;
import org.zosgrid.contract.document.Deployment;
import org.zosgrid.contract.document.Pause;
import org.zosgrid.contract.document.Resume;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.envelope.PayloadType;
import org.zosgrid.contract.transport.ManagementIdentity;
import org.zosgrid.contract.transport.ManagementTls;
import org.zosgrid.node.api.NodeApiClient;
import org.zosgrid.node.api.WorkloadState;

/** One deployment of the demonstration's web server under a name of its own, moved step by step through the doors that people use. */
final class Story {
    static final Duration PATIENCE = Duration.ofSeconds(210);
    private static final int PAGE = 500;

    private final Stage stage;
    private final String name;
    private final String subnet;
    private final URI door;

    Story(Stage stage, String name, int network) {
        this(stage, name, "10.42." + network + ".0/24", stage.controlPlaneAddress());
    }

    private Story(Stage stage, String name, String subnet, URI door) {
        this.stage = stage;
        this.name = name;
        this.subnet = subnet;
        this.door = door;
    }

    /** The same deployment, as people see it who call another control plane. */
    Story through(URI other) {
        return new Story(stage, name, subnet, other);
    }

    String name() {
        return name;
    }

    /** One of its own: each build of it has other times in it, and a tag that moved on starts nowhere. */
    private String image() {
        return "demo/web:" + name;
    }

    /** Publishes the image and pins a document for it that expires then. */
    Deployment document(long version, Duration expires) throws Exception {
        Path directory = Files.createTempDirectory("zos-story-image");
        try {
            String fingerprint = new ImagePublication(stage.hub(), stage.cast().key(Cast.IMAGE_SIGNER))
                    .publish(DemoImage.build(directory, "faults"), "faults", image(), (done, total) -> {}).flist();
            return lasting(Documents.deployment(name, version, image() + "@sha256:" + fingerprint, name + ".example", subnet), expires);
        } finally {
            DemoImage.remove(directory);
        }
    }

    /** The document, to expire that long after it was written. */
    static Deployment lasting(Deployment drawn, Duration expires) {
        return new Deployment(drawn.name(), drawn.version(), drawn.requester(), drawn.environment(), drawn.created(),
                drawn.created().plus(expires), drawn.description(), drawn.network(), drawn.machines(), drawn.gateways(), drawn.approval(), drawn.workflow());
    }

    /** The document, to be worked on by a model of the customers. */
    Deployment by(String workflow, Deployment document) {
        return new Deployment(document.name(), document.version(), document.requester(), document.environment(), document.created(), document.expires(), document.description(),
                document.network(), document.machines(), document.gateways(), document.approval(), Optional.of(workflow));
    }

    /** The document as the command line would sign it: with what decision tables demand of it now. */
    static <D extends ChangeDocument> D bound(ControlPlane controlPlane, Class<D> kind, D document) {
        return kind.cast(document.withDemand(document.demand().and(ControlPlane.demand(controlPlane.demand(document).path("binding")))));
    }

    void submit(Deployment document) {
        as(Cast.REQUESTER).submit(Envelope.sign(PayloadType.DEPLOYMENT, document.toJson(), stage.cast().key(Cast.REQUESTER)));
    }

    /** Up to where approvals are asked for. */
    void open() throws Exception {
        submit(document(1, Duration.ofHours(1)));
        reach(1, "approval");
    }

    /** Up to where it is sealed and on its way to the nodes. */
    void approve(long version) {
        for (String person : List.of("bob", "carol")) {
            Approval.of(as(person), name, version).give(as(person), stage.cast().key(person));
        }
    }

    void remove() {
        remove(2);
    }

    void remove(long version) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        order(new Decommission(name, version, Cast.REQUESTER, now, now.plus(Duration.ofHours(1)), "the test is over"), "removed");
    }

    void pause(long version) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        order(new Pause(name, version, Cast.REQUESTER, now, now.plus(Duration.ofHours(1)), "the auditors are here"), "paused");
    }

    void resume(long version) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        order(new Resume(name, version, Cast.REQUESTER, now, now.plus(Duration.ofHours(1)), "the auditors are gone"), "running");
    }

    private void order(ChangeDocument document, String end) {
        as(Cast.REQUESTER).submit(Envelope.sign(document.payloadType(), document.toJson(), stage.cast().key(Cast.REQUESTER)));
        reach(document.version(), "approval");
        approve(document.version());
        reach(document.version(), end);
    }

    DeploymentVersion reach(long version, String state) {
        return new Watch(as(Cast.REQUESTER), name, version).reach(state, PATIENCE, each -> {});
    }

    /** Waits for a state on the way, or for an activity in the workflow. */
    DeploymentVersion passes(long version, String stateOrActivity) {
        return new Watch(as(Cast.REQUESTER), name, version)
                .until(each -> each.state().equals(stateOrActivity) || each.position().contains(stateOrActivity) || each.ended(), PATIENCE, each -> {});
    }

    DeploymentVersion shown(long version) {
        return as(Cast.REQUESTER).show(name, version);
    }

    ControlPlane as(String person) {
        return new ControlPlane(door, stage.cast().key(person));
    }

    /** The ledger's entries of every name, from the first on. */
    static List<JsonNode> ledger(ControlPlane reader) {
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode page = reader.ledger(0, PAGE); !page.path("items").isEmpty(); page = reader.ledger(found.size(), PAGE)) {
            page.path("items").forEach(found::add);
        }
        return found;
    }

    /** What the ledger tells of this name, in its order: the kinds of its entries. */
    List<String> told() {
        return ledger(as(Cast.REQUESTER)).stream().filter(entry -> entry.path("name").asText().equals(name)).map(entry -> entry.path("kind").asText()).toList();
    }

    /** Whether the internet gets the page now. */
    boolean answers() {
        return Shell.attempt(StageNetwork.inside(stage.network().internet(), "curl", "--silent", "--fail", "--output", "/dev/null", "--max-time", "5",
                "--header", "Host: " + name + ".example", "http://" + StageNetwork.PUBLIC_GATEWAY + "/")).good();
    }

    /** What a node itself says runs there under this name. */
    long workloadsOn(String node) {
        return node(node).status().workloads().stream().filter(each -> each.deployment().equals(name)).count();
    }

    /** How a node itself says its machines are under this name. */
    List<String> machinesOn(String node) {
        return node(node).status().workloads().stream().filter(each -> each.deployment().equals(name)).map(WorkloadState::state).toList();
    }

    /** What the gateway node itself says of routes under this name. */
    long routes() {
        return node(Stage.GATEWAY).routes().stream().filter(each -> each.deployment().equals(name)).count();
    }

    private NodeApiClient node(String node) {
        return new NodeApiClient(stage.address(node), ManagementTls.context(ManagementIdentity.read(stage.controlPlaneTls())));
    }
}
