package org.zosgrid.cli.demo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.zosgrid.cli.CliException;
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
import org.zosgrid.node.api.NodeApiClient;

/**
 * The nodes' side of the main job, told step by step. Alice signs a document, Bob and Carol sign the same bytes, the ledger seals them; the nodes check
 * everything again and run it; the internet sees a page. Then an attacker who holds the whole control plane tries four ways around the approvals, and
 * the compute node refuses each. Then the deployment is removed.
 *
 * <p>The signatures are collected here, by the command line: the BPMN workflow on the application server is not yet part of this play.
 */
public final class Demo {
    private static final String IMAGE = "demo/web:1.0";
    private static final List<String> NODES = List.of(Stage.COMPUTE, Stage.GATEWAY);

    private final Stage stage;
    private final Steps steps;
    private final Cast cast;
    private final Internet internet;
    private final Notary notary;

    public Demo(Stage stage, Steps steps) {
        this.stage = stage;
        this.steps = steps;
        this.cast = stage.cast();
        this.internet = new Internet(stage);
        this.notary = new Notary(cast.ledger());
    }

    public void play() throws Exception {
        try (NodeLog compute = new NodeLog(stage, Stage.COMPUTE); NodeLog gateway = new NodeLog(stage, Stage.GATEWAY)) {
            steps.chapter("A deployment");
            String image = publishImage();
            Envelope approved = deploy(image, compute, gateway);
            steps.chapter("Attacks, by somebody who holds the whole control plane");
            attack(approved, compute);
            steps.chapter("The removal");
            decommission(compute, gateway);
        }
    }

    /** Returns the pinned reference. */
    private String publishImage() throws Exception {
        Path directory = Files.createTempDirectory("zos-demo-image");
        try {
            Path layout = steps.step("OCI image built locally: busybox's web server and one page", () -> DemoImage.build(directory, "1.0"));
            String fingerprint = steps.longStep("Converted to a flist, signed by erin, published to the hub",
                    progress -> new ImagePublication(stage.hub(), cast.key(Cast.IMAGE_SIGNER)).publish(layout, "1.0", IMAGE, progress).flist());
            String pinned = IMAGE + "@sha256:" + fingerprint;
            steps.note(pinned);
            return pinned;
        } finally {
            DemoImage.remove(directory);
        }
    }

    private Envelope deploy(String image, NodeLog compute, NodeLog gateway) throws Exception {
        Deployment document = Documents.deployment(Documents.NAME, 1, image, Documents.HOST);
        Envelope submitted = steps.step("Alice's document validated, its image pinned to a fingerprint, signed", () -> {
            Envelope signed = Envelope.sign(PayloadType.DEPLOYMENT, document.toJson(), cast.key(Cast.REQUESTER));
            notary.record("submitted", document.name(), document.version(), signed.digest(), Cast.REQUESTER);
            return signed;
        });
        steps.note("digest " + submitted.digest());
        expect(!internet.get(Documents.HOST).good(), "the page answers before anybody approved");
        Envelope approved = approve("carol", approve("bob", submitted));
        byte[] sealed = steps.step("Sealed in the ledger with an inclusion proof; checkpoint signed Ed25519 and ML-DSA-44",
                () -> notary.seal(approved, document.name(), document.version()));
        Receipt accepted = steps.step("Appended to both nodes' logs; each verifies everything again and signs a receipt", () -> {
            long from = compute.receipts();
            long gatewayFrom = gateway.receipts();
            compute.append(sealed);
            gateway.append(sealed);
            expect(gateway.await(gatewayFrom, Demo::decides).outcome() == Outcome.ACCEPTED, "the gateway node refused it");
            return compute.await(from, Demo::decides);
        });
        expect(accepted.outcome() == Outcome.ACCEPTED, "the compute node refused it: " + accepted.message());
        steps.note(accepted.node() + ": " + accepted.outcome() + ", " + accepted.message());
        Receipt running = steps.step("Image mounted and verified chunk by chunk, network made, container started, port answers",
                () -> compute.await(0, receipt -> receipt.version() == 1 && (receipt.outcome() == Outcome.RUNNING || receipt.outcome() == Outcome.FAILED)));
        expect(running.outcome() == Outcome.RUNNING, "it does not run: " + running.message());
        steps.note("web answers at " + running.workloads().getFirst().address() + " in the overlay");
        expect(!internet.get(Documents.HOST).good(), "the page answers before the route was opened");
        steps.step("The gateway opens the route: a contract it has verified names exactly this host and backend", () -> api(Stage.GATEWAY).expose(Documents.NAME, Documents.ROUTE));
        steps.step("The internet asks the gateway and gets the page, through the encrypted overlay", () -> {
            String page = internet.page(Documents.HOST);
            expect(page.equals(DemoImage.PAGE), "the page is not the one in the image: " + page);
            return page;
        });
        steps.note(DemoImage.PAGE.strip());
        steps.step("The internet reaches nothing else: no node's interface, no log, no hub", () -> {
            expect(internet.reaches(StageNetwork.PUBLIC_GATEWAY, 80), "the gateway's port 80 cannot be reached, so this check would say nothing");
            for (String address : List.of(StageNetwork.PUBLIC_GATEWAY, stage.network().managementOf(Stage.COMPUTE), stage.network().managementHost())) {
                for (int port : new int[] {9443, 9900, Stage.HUB_PORT}) {
                    expect(!internet.reaches(address, port), address + ":" + port + " is reachable from the internet");
                }
            }
            return true;
        });
        for (String node : NODES) {
            steps.note(node + " uses " + stage.process(node).residentBytes() / (1 << 20) + " MiB");
        }
        return approved;
    }

    private Envelope approve(String person, Envelope envelope) throws Exception {
        return steps.step(person + " signs the very same bytes", () -> {
            notary.record("approved", Documents.NAME, 1, envelope.digest(), person);
            return envelope.with(envelope.signatureBy(cast.key(person)));
        });
    }

    private void attack(Envelope approved, NodeLog compute) throws Exception {
        String image = Deployment.parse(approved.payload()).machines().getFirst().image().toString();
        Deployment next = Documents.deployment(Documents.NAME, 2, image, Documents.HOST);
        Deployment foreign = Documents.deployment("miner", 1, image, "miner.example");
        refused(compute, "A document changed by one byte after its approval", Attacker.tampered(approved), Documents.NAME, 1);
        refused(compute, "A new version with one approval of two",
                Envelope.sign(PayloadType.DEPLOYMENT, next.toJson(), cast.key(Cast.REQUESTER), cast.key("bob")), Documents.NAME, 2);
        refused(compute, "The old version once more, with all its true signatures", approved, Documents.NAME, 1);
        refused(compute, "A contract of the attacker's own, sealed with the ledger's true keys",
                Envelope.sign(PayloadType.DEPLOYMENT, foreign.toJson(), SigningKey.generate(), SigningKey.generate(), SigningKey.generate()), "miner", 1);
        expect(internet.page(Documents.HOST).equals(DemoImage.PAGE), "the deployment does not answer any more after the attacks");
    }

    private void refused(NodeLog node, String title, Envelope envelope, String name, long version) throws Exception {
        Receipt receipt = steps.step(title + ": refused by the node", () -> {
            long from = node.receipts();
            node.append(notary.seal(envelope, name, version));
            Receipt decided = node.await(from, Demo::decides);
            expect(decided.outcome() == Outcome.REFUSED, "the node ACCEPTED it");
            return decided;
        });
        steps.note(receipt.reason() + ": " + receipt.message());
    }

    private void decommission(NodeLog compute, NodeLog gateway) throws Exception {
        Decommission document = new Decommission(Documents.NAME, 2, Cast.REQUESTER, Instant.now().plus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS),
                "the demonstration is over");
        Envelope asked = Envelope.sign(PayloadType.DECOMMISSION, document.toJson(), cast.key(Cast.REQUESTER));
        refused(compute, "Alice alone cannot remove it either", asked, Documents.NAME, 2);
        Envelope approved = approve("dave", approve("carol", asked));
        steps.step("Route closed, container, network and mount removed, receipts signed by both nodes", () -> {
            byte[] sealed = notary.seal(approved, Documents.NAME, 2);
            for (NodeLog log : List.of(gateway, compute)) {
                long from = log.receipts();
                log.append(sealed);
                Receipt removed = log.await(from, receipt -> receipt.version() == 2 && (receipt.outcome() == Outcome.REMOVED || receipt.outcome() == Outcome.REFUSED));
                expect(removed.outcome() == Outcome.REMOVED, removed.message());
                notary.record("decommissioned", Documents.NAME, 2, approved.digest(), removed.node() + ": " + removed.message());
            }
            return true;
        });
        steps.step("The internet gets no page any more; the machine and its network are gone", () -> {
            expect(!internet.get(Documents.HOST).good(), "the page still answers");
            expect(api(Stage.COMPUTE).status().workloads().isEmpty(), "the compute node still has a workload");
            expect(api(Stage.GATEWAY).routes().isEmpty(), "the gateway node still has a route");
            return true;
        });
        notary.entries().forEach(entry -> steps.note("ledger: " + entry.kind() + " " + entry.name() + " " + entry.version() + ", " + entry.detail()));
    }

    private NodeApiClient api(String node) {
        return new NodeApiClient(stage.address(node), ManagementTls.context(ManagementIdentity.read(stage.controlPlaneTls())));
    }

    private static boolean decides(Receipt receipt) {
        return receipt.outcome() == Outcome.ACCEPTED || receipt.outcome() == Outcome.REFUSED;
    }

    private static void expect(boolean holds, String otherwise) {
        if (!holds) {
            throw new CliException(otherwise);
        }
    }
}
