package org.zosgrid.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.zosgrid.cli.CliException;
import org.zosgrid.cli.client.Approval;
import org.zosgrid.cli.client.ControlPlane;
import org.zosgrid.cli.client.DeploymentVersion;
import org.zosgrid.cli.client.Pinning;
import org.zosgrid.cli.client.RefusedException;
import org.zosgrid.cli.client.Watch;
import org.zosgrid.cli.image.ImagePublication;
import org.zosgrid.cli.stage.Cast;
import org.zosgrid.cli.stage.Stage;
import org.zosgrid.cli.stage.StageNetwork;
import org.zosgrid.cli.terminal.Steps;
import org.zosgrid.contract.document.Decommission;
import org.zosgrid.contract.document.Deployment;
import org.zosgrid.contract.document.Receipt;
import org.zosgrid.contract.document.Receipt.Outcome;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.envelope.PayloadType;
import org.zosgrid.contract.key.SigningKey;
import org.zosgrid.contract.transport.ManagementIdentity;
import org.zosgrid.contract.transport.ManagementTls;
import org.zosgrid.node.api.Cosigning;
import org.zosgrid.node.api.NodeApiClient;
import org.zosgrid.node.api.NodeApiException;

/**
 * The main job, told step by step. Alice asks, Bob and Carol approve, the workflow seals and provisions, the nodes check everything again and run it, the
 * internet sees a page. Then an attacker who holds the whole control plane tries five ways around the approvals and one around the ledger, and the nodes
 * refuse each. Then the deployment is removed, as it came: with two approvals.
 *
 * <p>People talk to the control plane's REST interface with the same classes as the commands do; only the attacker writes into a node's log.
 */
public final class Demo {
    private static final String IMAGE = "demo/web:1.0";
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int LEDGER_PAGE = 100;

    private final Stage stage;
    private final Steps steps;
    private final Cast cast;
    private final Internet internet;
    private final ControlPlane asAlice;

    public Demo(Stage stage, Steps steps) {
        this.stage = stage;
        this.steps = steps;
        this.cast = stage.cast();
        this.internet = new Internet(stage);
        this.asAlice = as(Cast.REQUESTER);
    }

    public void play() throws Exception {
        steps.chapter("A deployment");
        publishImage();
        submit();
        steps.chapter("Approvals, and what the interface refuses");
        approve();
        steps.chapter("The deployment runs");
        Envelope approved = run();
        steps.chapter("Attacks, by somebody who holds the whole control plane");
        attack(approved);
        steps.chapter("The removal");
        decommission();
    }

    private void publishImage() throws Exception {
        Path directory = Files.createTempDirectory("zos-demo-image");
        try {
            Path layout = steps.step("OCI image built locally: busybox's web server and one page", () -> DemoImage.build(directory, "1.0"));
            String fingerprint = steps.longStep("Converted to a flist, signed by erin, published to the hub",
                    progress -> new ImagePublication(stage.hub(), cast.key(Cast.IMAGE_SIGNER)).publish(layout, "1.0", IMAGE, progress).flist());
            steps.note(IMAGE + "@sha256:" + fingerprint);
        } finally {
            DemoImage.remove(directory);
        }
    }

    private void submit() throws Exception {
        Deployment document = steps.step("Alice's document validated; its image pinned to a fingerprint that erin signed",
                () -> Pinning.pin(Documents.deployment(Documents.NAME, 1, IMAGE, Documents.HOST), asAlice));
        Envelope signed = Envelope.sign(PayloadType.DEPLOYMENT, document.toJson(), cast.key(Cast.REQUESTER));
        steps.step("Signed by Alice and submitted to the control plane", () -> asAlice.submit(signed));
        steps.note("digest " + signed.digest());
        DeploymentVersion waiting = steps.step("The workflow verified it and waits for approvals",
                () -> watch(1).reach("approval", PATIENCE, each -> {}));
        tell(waiting);
        expect(!internet.get(Documents.HOST).good(), "the page answers before anybody approved");
    }

    private void approve() throws Exception {
        approve("bob", 1);
        refused("A request that nobody signed", () -> ControlPlane.anonymous(stage.controlPlaneAddress()).list());
        refused("Bob once more: a person counts once", () -> give("bob", 1));
        refused("Alice approving her own request", () -> give(Cast.REQUESTER, 1));
        refused("A signature by Carol over other bytes", () -> {
            Envelope other = Envelope.sign(PayloadType.DEPLOYMENT, Documents.deployment(Documents.NAME, 1, IMAGE, "other.example").toJson());
            as("carol").approve(Documents.NAME, 1, other.signatureBy(cast.key("carol")));
        });
        expect(asAlice.show(Documents.NAME, 1).state().equals("approval"), "what was refused moved the workflow on");
        approve("carol", 1);
    }

    /** Waits until it runs and looks at it from the internet; returns what was approved, with every signature. */
    private Envelope run() throws Exception {
        DeploymentVersion running = steps.step("Sealed in the ledger, provisioned, verified again by both nodes, started, exposed", () -> reach(1, "running"));
        for (String node : List.of(Stage.COMPUTE, Stage.GATEWAY)) {
            try (NodeLog log = new NodeLog(stage, node)) {
                steps.note("the checkpoint that " + node + " got is signed by the ledger and cosigned by " + String.join(" and ", log.cosigners()));
            }
        }
        running.json().path("receipts").forEach(receipt -> steps.note(receipt.path("node").asText() + " signed: " + receipt.path("outcome").asText() + " "
                + receipt.path("message").asText()));
        running.json().path("workloads").forEach(workload -> steps.note(workload.path("name").asText() + " on " + workload.path("node").asText() + ": "
                + workload.path("state").asText() + " at " + workload.path("address").asText() + " in the overlay"));
        steps.step("The internet asks the gateway and gets the page, through the encrypted overlay", () -> {
            String page = internet.page(Documents.HOST);
            expect(page.equals(DemoImage.PAGE), "the page is not the one in the image: " + page);
            return page;
        });
        steps.note(DemoImage.PAGE.strip());
        steps.step("The internet reaches nothing else: no node's interface, no log, no hub, no control plane", () -> {
            reachesOnlyTheGateway();
            return true;
        });
        for (String node : List.of(Stage.COMPUTE, Stage.GATEWAY)) {
            steps.note(node + " uses " + stage.process(node).residentBytes() / (1 << 20) + " MiB");
        }
        return running.approvedEnvelope();
    }

    private void reachesOnlyTheGateway() {
        expect(internet.reaches(StageNetwork.PUBLIC_GATEWAY, 80), "the gateway's port 80 cannot be reached, so this check would say nothing");
        for (String address : List.of(StageNetwork.PUBLIC_GATEWAY, stage.network().managementOf(Stage.COMPUTE), stage.network().managementHost())) {
            for (int port : new int[] {9443, 9900, Stage.HUB_PORT, stage.controlPlaneAddress().getPort()}) {
                expect(!internet.reaches(address, port), address + ":" + port + " is reachable from the internet");
            }
        }
    }

    private void attack(Envelope approved) throws Exception {
        String image = Deployment.parse(approved.payload()).machines().getFirst().image().toString();
        Deployment next = Documents.deployment(Documents.NAME, 2, image, Documents.HOST);
        Deployment foreign = Documents.deployment("miner", 1, image, "miner.example");
        // The attacker also holds the ledger's private keys, so every proof below verifies.
        Notary ledger = new Notary(cast.ledger());
        try (NodeLog compute = new NodeLog(stage, Stage.COMPUTE)) {
            refusedByNode(compute, "A document changed by one byte after its approval", ledger.seal(Attacker.tampered(approved), Documents.NAME, 1));
            Envelope oneApproval = Envelope.sign(PayloadType.DEPLOYMENT, next.toJson(), cast.key(Cast.REQUESTER), cast.key("bob"));
            refusedByNode(compute, "A new version with one approval of two", ledger.seal(oneApproval, Documents.NAME, 2));
            refusedByNode(compute, "The old version once more, with all its true signatures", ledger.seal(approved, Documents.NAME, 1));
            Envelope forged = Envelope.sign(PayloadType.DEPLOYMENT, foreign.toJson(), SigningKey.generate(), SigningKey.generate(), SigningKey.generate());
            refusedByNode(compute, "A contract of the attacker's own, sealed with the ledger's true keys", ledger.seal(forged, "miner", 1));
            Envelope unapproved = Envelope.sign(PayloadType.DECOMMISSION, removal("nobody else agreed").toJson(), cast.key(Cast.REQUESTER));
            refusedByNode(compute, "A removal that Alice alone signed", ledger.seal(unapproved, Documents.NAME, 2));
            Envelope hidden = Envelope.sign(PayloadType.DEPLOYMENT, next.toJson(), cast.key(Cast.REQUESTER), cast.key("bob"), cast.key("carol"));
            refusedByNode(compute, "A version with all its approvals, in a fork of the ledger that only this node is shown", ledger.seal(hidden, Documents.NAME, 2));
        }
        for (String witness : List.of(Stage.COMPUTE, Stage.GATEWAY)) {
            refusedByWitness(witness, ledger);
        }
        steps.step("After all that the page still answers, and the control plane still calls it running", () -> {
            expect(internet.page(Documents.HOST).equals(DemoImage.PAGE), "the deployment does not answer any more after the attacks");
            expect(asAlice.show(Documents.NAME, 1).state().equals("running"), "the control plane took an attack's receipt for the deployment's own");
            return true;
        });
    }

    private void decommission() throws Exception {
        steps.step("Alice asks for the removal; it needs two approvals like any change", () -> {
            asAlice.submit(Envelope.sign(PayloadType.DECOMMISSION, removal("the demonstration is over").toJson(), cast.key(Cast.REQUESTER)));
            return watch(2).reach("approval", PATIENCE, each -> {});
        });
        approve("carol", 2);
        approve("dave", 2);
        steps.step("Route closed, container, network and mount removed, receipts signed by both nodes", () -> reach(2, "removed"));
        steps.step("The internet gets no page any more; the machine and its network are gone", () -> {
            expect(!internet.get(Documents.HOST).good(), "the page still answers");
            expect(api(Stage.COMPUTE).status().workloads().isEmpty(), "the compute node still has a workload");
            expect(api(Stage.GATEWAY).routes().isEmpty(), "the gateway node still has a route");
            return true;
        });
        List<String> kinds = steps.step("The ledger tells the whole story", this::readLedger);
        expect(kinds.contains("sealed") && kinds.contains("decommissioned"), "the ledger does not say that " + Documents.NAME + " was sealed and decommissioned: " + kinds);
    }

    /** Reads the ledger to its end; returns the kinds of the deployment's entries. */
    private List<String> readLedger() {
        List<String> kinds = new ArrayList<>();
        for (long from = 0; ; ) {
            JsonNode page = asAlice.ledger(from, LEDGER_PAGE);
            for (JsonNode entry : page.path("items")) {
                steps.note(entry.path("index").asText() + "  " + entry.path("kind").asText() + " " + entry.path("name").asText() + " " + entry.path("version").asText()
                        + "  " + entry.path("detail").asText());
                if (entry.path("name").asText().equals(Documents.NAME)) {
                    kinds.add(entry.path("kind").asText());
                }
            }
            long next = page.path("next").asLong(-1);
            if (next <= from) {
                return kinds;
            }
            from = next;
        }
    }

    private static Decommission removal(String reason) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        return new Decommission(Documents.NAME, 2, Cast.REQUESTER, now, now.plus(Duration.ofHours(1)), reason);
    }

    private void approve(String person, long version) throws Exception {
        DeploymentVersion after = steps.step(person + " reads the signed bytes and signs the very same bytes", () -> give(person, version));
        steps.note(after.json().path("approvals").size() + " of " + cast.trustRoot().roles().get("approver").threshold() + " approvals");
    }

    private DeploymentVersion give(String person, long version) {
        ControlPlane asPerson = as(person);
        return Approval.of(asPerson, Documents.NAME, version).give(asPerson, cast.key(person));
    }

    /** Something the control plane must not take. */
    private void refused(String title, Runnable attempt) throws Exception {
        RefusedException refusal = steps.step(title + ": refused by the interface", () -> {
            try {
                attempt.run();
            } catch (RefusedException refused) {
                expect(refused.status() / 100 == 4, "it failed instead of refusing: " + refused.getMessage());
                return refused;
            }
            throw new CliException("the control plane TOOK it");
        });
        steps.note(refusal.status() + ": " + refusal.getMessage().lines().map(String::strip).collect(Collectors.joining("; ")));
    }

    /** Something the node must not take, whoever wrote it into its log. */
    private void refusedByNode(NodeLog node, String title, byte[] sealed) throws Exception {
        Receipt receipt = steps.step(title + ": refused by the node", () -> {
            long from = node.receipts();
            node.append(sealed);
            Receipt decided = node.await(from, each -> each.outcome() == Outcome.ACCEPTED || each.outcome() == Outcome.REFUSED);
            expect(decided.outcome() == Outcome.REFUSED, "the node ACCEPTED it");
            return decided;
        });
        steps.note(receipt.reason() + ": " + receipt.message());
    }

    /** A fork of the ledger, signed with its true keys: the witness says where it stands, and then sees that the fork does not come from there. */
    private void refusedByWitness(String witness, Notary fork) throws Exception {
        NodeApiException refusal = steps.step("The fork, shown to " + witness + " for its cosignature: refused by the witness", () -> {
            NodeApiClient asked = api(witness);
            try {
                if (asked.cosign(fork.request(0)) instanceof Cosigning.StandsAt stands) {
                    asked.cosign(fork.request(stands.size()));
                }
            } catch (NodeApiException refused) {
                expect(refused.status() == 422, "it failed instead of refusing: " + refused.getMessage());
                return refused;
            }
            throw new CliException("the witness SIGNED it");
        });
        steps.note(refusal.status() + ": " + refusal.getMessage());
    }

    /** Waits for a state and tells every place in the workflow on the way. */
    private DeploymentVersion reach(long version, String state) {
        return watch(version).reach(state, PATIENCE, this::tell);
    }

    private void tell(DeploymentVersion shown) {
        steps.note(shown.state() + (shown.position().isEmpty() ? "" : ", at " + String.join(" and ", shown.position())));
    }

    private Watch watch(long version) {
        return new Watch(asAlice, Documents.NAME, version);
    }

    private ControlPlane as(String person) {
        return stage.controlPlane(cast.key(person));
    }

    private NodeApiClient api(String node) {
        return new NodeApiClient(stage.address(node), ManagementTls.context(ManagementIdentity.read(stage.controlPlaneTls())));
    }

    private static void expect(boolean holds, String otherwise) {
        if (!holds) {
            throw new CliException(otherwise);
        }
    }
}
