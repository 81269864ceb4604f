package org.zosgrid.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.zosgrid.cli.CliException;
import org.zosgrid.cli.client.ControlPlane;
import org.zosgrid.cli.client.ImagePublication;
import org.zosgrid.cli.client.Pinning;
import org.zosgrid.cli.stage.Cast;
import org.zosgrid.cli.stage.Stage;
import org.zosgrid.cli.terminal.Steps;
import org.zosgrid.contract.document.Decommission;
import org.zosgrid.contract.document.Deployment;
import org.zosgrid.contract.document.Receipt;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.envelope.PayloadType;
import org.zosgrid.contract.key.SigningKey;

/**
 * The main job, told step by step. Alice asks, Bob and Carol approve, the nodes check again and run it, the internet sees a page; then an attacker
 * who holds the whole control plane tries four ways around the approvals, and the compute node refuses each; then the deployment is removed.
 */
public final class Demo {
    private static final String IMAGE = "demo/web:1.0";
    private static final Duration PATIENCE = Duration.ofSeconds(90);

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
        this.asAlice = stage.controlPlane(cast.key(Cast.REQUESTER));
    }

    public void play() throws Exception {
        steps.chapter("A deployment");
        publishImage();
        deploy();
        steps.chapter("Attacks, by somebody who holds the whole control plane");
        attack();
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

    private void deploy() throws Exception {
        Deployment document = steps.step("Alice's document validated; its image pinned to a fingerprint",
                () -> Pinning.pin(Documents.deployment(Documents.NAME, 1, IMAGE, Documents.HOST), asAlice));
        Envelope envelope = steps.step("Signed and submitted; the workflow verifies it and opens three seats", () -> {
            Envelope signed = Envelope.sign(PayloadType.DEPLOYMENT, document.toJson(), cast.key(Cast.REQUESTER));
            asAlice.submit(signed);
            reach(Documents.NAME, 1, "approval");
            return signed;
        });
        steps.note("digest " + envelope.digest());
        expect(!internet.get(Documents.HOST).good(), "the page answers before anybody approved");
        approve("bob", Documents.NAME, 1);
        approve("carol", Documents.NAME, 1);
        steps.step("Sealed in the ledger, provisioned, verified again by both nodes, running, exposed", () -> reach(Documents.NAME, 1, "running"));
        steps.step("The internet asks the gateway and gets the page, through the overlay", () -> {
            String page = internet.page(Documents.HOST);
            expect(page.equals(DemoImage.PAGE), "the page is not the one in the image: " + page);
            return page;
        });
        steps.note(DemoImage.PAGE.strip());
        steps.step("The internet reaches nothing else: not the container, not the nodes, not the control plane", () -> {
            expect(!internet.reaches(stage.network().managementOf(Stage.COMPUTE), 9443), "the compute node's API is reachable from the internet");
            expect(!internet.reaches(stage.network().managementHost(), Stage.HUB_PORT), "the hub is reachable from the internet");
            expect(!internet.reaches("203.0.113.1", 9443), "the gateway node's API is reachable from the internet");
            expect(!internet.reaches("203.0.113.1", 9900), "the gateway node's store is reachable from the internet");
            return true;
        });
        for (String node : List.of(Stage.COMPUTE, Stage.GATEWAY)) {
            steps.note(node + " uses " + stage.process(node).residentBytes() / (1 << 20) + " MiB");
        }
    }

    private void approve(String person, String name, long version) throws Exception {
        steps.step(person + " reads the signed bytes and signs the same bytes", () -> {
            SigningKey key = cast.key(person);
            ControlPlane asPerson = stage.controlPlane(key);
            Envelope envelope = asPerson.envelope(name, version);
            return asPerson.approve(name, version, envelope.signatureBy(key));
        });
    }

    private void attack() throws Exception {
        Attacker attacker = new Attacker(cast);
        Envelope approved = approvedEnvelope(1);
        Deployment running = Deployment.parse(approved.payload());
        Deployment next = Documents.deployment(Documents.NAME, 2, running.machines().getFirst().image().toString(), Documents.HOST);
        try (NodeLog compute = new NodeLog(stage, Stage.COMPUTE)) {
            refused(compute, "A document changed by one byte after its approval", attacker.seal(Attacker.tampered(approved), running));
            Envelope oneApproval = Envelope.sign(PayloadType.DEPLOYMENT, next.toJson(), cast.key(Cast.REQUESTER), cast.key("bob"));
            refused(compute, "A new version with one approval of two", attacker.seal(oneApproval, next));
            refused(compute, "The old version once more, with all its true signatures", attacker.seal(approved, running));
            SigningKey own = SigningKey.generate();
            Deployment foreign = Documents.deployment("miner", 1, running.machines().getFirst().image().toString(), "miner.example");
            Envelope forged = Envelope.sign(PayloadType.DEPLOYMENT, foreign.toJson(), own, SigningKey.generate(), SigningKey.generate());
            refused(compute, "A contract written straight into the node's log, sealed with the ledger's own keys", attacker.seal(forged, foreign));
        }
        expect(internet.page(Documents.HOST).equals(DemoImage.PAGE), "the deployment does not answer any more after the attacks");
    }

    private void refused(NodeLog node, String title, byte[] contract) throws Exception {
        Receipt receipt = steps.step(title + ": refused by the node", () -> {
            long from = node.receipts();
            node.append(contract);
            Predicate<Receipt> decision = each -> each.outcome() == Receipt.Outcome.REFUSED || each.outcome() == Receipt.Outcome.ACCEPTED;
            Receipt decided = node.await(from, decision);
            expect(decided.outcome() == Receipt.Outcome.REFUSED, "the node ACCEPTED it");
            return decided;
        });
        steps.note(receipt.reason() + ": " + receipt.message());
    }

    private Envelope approvedEnvelope(long version) {
        Envelope envelope = asAlice.envelope(Documents.NAME, version);
        for (JsonNode approval : asAlice.show(Documents.NAME, version).path("approvals")) {
            envelope = envelope.with(new org.zosgrid.contract.envelope.Signature(
                    new org.zosgrid.contract.key.KeyId(approval.path("keyid").asText()),
                    java.util.Base64.getDecoder().decode(approval.path("sig").asText())));
        }
        return envelope;
    }

    private void decommission() throws Exception {
        steps.step("Alice asks for the removal; it needs two approvals like any change", () -> {
            Decommission document = new Decommission(Documents.NAME, 2, Cast.REQUESTER,
                    Instant.now().plus(Duration.ofHours(1)).truncatedTo(java.time.temporal.ChronoUnit.SECONDS), "the demonstration is over");
            asAlice.submit(Envelope.sign(PayloadType.DECOMMISSION, document.toJson(), cast.key(Cast.REQUESTER)));
            return reach(Documents.NAME, 2, "approval");
        });
        approve("carol", Documents.NAME, 2);
        approve("dave", Documents.NAME, 2);
        steps.step("Route withdrawn, container, network and mount removed, receipts signed", () -> reach(Documents.NAME, 2, "removed"));
        steps.step("The internet gets no page any more, and the ledger says why", () -> {
            expect(!internet.get(Documents.HOST).good(), "the page still answers");
            boolean said = false;
            for (JsonNode entry : asAlice.ledger(0, 200).path("items")) {
                said |= entry.path("kind").asText().equals("decommissioned") && entry.path("name").asText().equals(Documents.NAME);
            }
            expect(said, "the ledger has no entry 'decommissioned' for " + Documents.NAME);
            return true;
        });
    }

    /** Waits until a version is in the state; another final state is a failure, told with what the control plane knows of it. */
    private JsonNode reach(String name, long version, String state) {
        Instant until = Instant.now().plus(PATIENCE);
        while (true) {
            JsonNode shown = asAlice.show(name, version);
            String now = shown.path("state").asText();
            if (now.equals(state)) {
                return shown;
            }
            if (Instant.now().isAfter(until) || List.of("failed", "rejected", "expired", "invalid", "compensated").contains(now)) {
                throw new CliException(name + " version " + version + " is '" + now + "' instead of '" + state + "':\n" + shown.toPrettyString());
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new CliException("interrupted");
            }
        }
    }

    private static void expect(boolean holds, String otherwise) {
        if (!holds) {
            throw new CliException(otherwise);
        }
    }
}
