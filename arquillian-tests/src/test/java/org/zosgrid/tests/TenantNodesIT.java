package org.zosgrid.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.zosgrid.cli.client.Approval;
import org.zosgrid.cli.client.ControlPlane;
import org.zosgrid.cli.client.Watch;
import org.zosgrid.cli.demo.DemoImage;
import org.zosgrid.cli.demo.Documents;
import org.zosgrid.cli.image.ImagePublication;
import org.zosgrid.cli.stage.GuestNode;
import org.zosgrid.cli.stage.Stage;
import org.zosgrid.contract.document.ChangeDocument;
import org.zosgrid.contract.document.Decommission;
import org.zosgrid.contract.document.Deployment;
import org.zosgrid.contract.document.Environment;
import org.zosgrid.contract.document.Machine;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.tests.container.ControlPlaneContainer;
import org.zosgrid.tests.container.RivalOrganisation;

/**
 * A second organisation delivers to a node of its own, by its own people's signatures, its own ledger and its own hub, while the first has a deployment of the same name. Comes after {@link TenancyIT}, where
 * the rival must not have anything yet; classes come in the order of their names.
 */
@ArquillianTest
class TenantNodesIT {
    private static final String NAME = "twins";
    private static final int CPU_MILLIS = 200;

    @org.jboss.arquillian.container.test.api.Deployment
    static EnterpriseArchive application() {
        return ControlPlaneApplication.withTests();
    }

    @Test
    @RunAsClient
    void eachOrganisationsDeploymentRunsOnItsOwnNodeWhichTakesNothingOfTheOthers() throws Exception {
        Story first = new Story(stage(), NAME, 88);
        try (GuestNode guest = GuestNode.join(stage(), RivalOrganisation.NAME, rival().trustRoot(), rival().nodeKey(), rival().key(RivalOrganisation.MALLORY))) {
            first.submit(withoutGateways(first.document(1, Duration.ofHours(1))));
            submit(rivalsDeployment(guest));
            first.reach(1, "approval");
            reach(1, "approval");
            first.approve(1);
            approve(1, RivalOrganisation.DAVE);
            first.reach(1, "running");
            reach(1, "running");

            eachSeesItsOwn(first);
            nothingMoreFitsIntoTheQuota();
            neitherNodeTakesWhatTheOtherOrganisationSealed(first);

            first.remove();
            Instant now = now();
            submit(Story.bound(rivals(RivalOrganisation.MALLORY), Decommission.class, new Decommission(NAME, 2, RivalOrganisation.MALLORY, now, now.plus(Duration.ofHours(1)), "the test is over")));
            reach(2, "approval");
            approve(2, RivalOrganisation.DAVE);
            approve(2, RivalOrganisation.ROB);
            reach(2, "removed");
            assertThat(first.workloadsOn(RivalOrganisation.NODE)).isZero();
        }
    }

    private static void eachSeesItsOwn(Story first) {
        assertThat(first.machinesOn(Stage.COMPUTE)).containsExactly("running");
        assertThat(first.machinesOn(RivalOrganisation.NODE)).containsExactly("running");
        ControlPlane mallory = rivals(RivalOrganisation.MALLORY);
        assertThat(machine(mallory).node()).isEqualTo(RivalOrganisation.NODE);
        assertThat(machine(first.as("alice")).node()).isEqualTo(Stage.COMPUTE);
        assertThat(mallory.usage(NAME, "web").path("allowedCpuMillis").asInt()).isEqualTo(CPU_MILLIS);
        assertThat(names(mallory.nodes())).containsExactly(RivalOrganisation.NODE);
        assertThat(names(first.as("alice").nodes())).contains(Stage.COMPUTE).doesNotContain(RivalOrganisation.NODE);
        assertThat(mallory.list().toString() + mallory.incidents() + Story.ledger(mallory)).contains(NAME).doesNotContain(Stage.COMPUTE, "alice", "carol");
        assertThat(first.as("alice").list().toString() + Story.ledger(first.as("alice"))).contains(NAME).doesNotContain(RivalOrganisation.NODE, RivalOrganisation.MALLORY);
    }

    private static void nothingMoreFitsIntoTheQuota() {
        assertThat(rivals(RivalOrganisation.MALLORY).plan(rivalsDeployment("more", "0".repeat(64), "10.42.90.0/24").toJson()).toString()).contains("quota.deployments", "at most 1 deployments");
    }

    /** Whoever has taken the control plane can append to every node's log. */
    private static void neitherNodeTakesWhatTheOtherOrganisationSealed(Story first) throws Exception {
        byte[] ours = HackedControlPlane.lastSentTo(stage(), Stage.COMPUTE);
        byte[] theirs = HackedControlPlane.lastSentTo(stage(), RivalOrganisation.NODE);
        assertThat(HackedControlPlane.hands(stage(), RivalOrganisation.NODE, ours, NAME, 1).reason()).isEqualTo("requester-not-verified");
        assertThat(HackedControlPlane.hands(stage(), Stage.COMPUTE, theirs, NAME, 1).reason()).isEqualTo("requester-not-verified");
        // Signed by the right people, for the right node, and sealed in the wrong ledger.
        Deployment next = rivalsDeployment(NAME, "0".repeat(64), "10.42.89.0/24", 2);
        Envelope approved = Envelope.sign(next.payloadType(), next.toJson(), rival().key(RivalOrganisation.MALLORY), rival().key(RivalOrganisation.DAVE));
        assertThat(HackedControlPlane.seals(stage(), RivalOrganisation.NODE, approved, NAME, 2).reason()).isEqualTo("not-sealed");
        assertThat(first.machinesOn(Stage.COMPUTE)).containsExactly("running");
        assertThat(first.machinesOn(RivalOrganisation.NODE)).containsExactly("running");
    }

    private static Deployment withoutGateways(Deployment document) {
        return new Deployment(document.name(), document.version(), document.requester(), document.environment(), document.created(), document.expires(), document.description(), document.network(),
                document.machines(), List.of(), document.approval(), document.workflow());
    }

    /** Its image is published at its own hub, signed by its own image signer. */
    private static Deployment rivalsDeployment(GuestNode guest) throws IOException {
        Path directory = Files.createTempDirectory("zos-rivals-image");
        try {
            String fingerprint = new ImagePublication(guest.hub(), rival().key(RivalOrganisation.MALLORY))
                    .publish(DemoImage.build(directory, "1.0"), "1.0", "demo/web:" + NAME, (done, total) -> {}).flist();
            return rivalsDeployment(NAME, fingerprint, "10.42.89.0/24");
        } finally {
            DemoImage.remove(directory);
        }
    }

    private static Deployment rivalsDeployment(String name, String fingerprint, String subnet) {
        return rivalsDeployment(name, fingerprint, subnet, 1);
    }

    /** For an environment in which one approver is enough. */
    private static Deployment rivalsDeployment(String name, String fingerprint, String subnet, long version) {
        Deployment drawn = Documents.deployment(name, version, "demo/web:" + name + "@sha256:" + fingerprint, name + ".example", subnet);
        List<Machine> machines = drawn.machines().stream().map(machine -> new Machine(machine.name(), RivalOrganisation.NODE, machine.image(), machine.command(), machine.environment(), CPU_MILLIS,
                machine.memory(), machine.ports(), machine.terminal())).toList();
        return new Deployment(name, version, RivalOrganisation.MALLORY, Environment.DEVELOPMENT, drawn.created(), drawn.created().plus(Duration.ofHours(1)), drawn.description(), drawn.network(),
                machines, List.of(), drawn.approval(), drawn.workflow());
    }

    private static void submit(ChangeDocument document) {
        rivals(RivalOrganisation.MALLORY).submit(Envelope.sign(document.payloadType(), document.toJson(), rival().key(RivalOrganisation.MALLORY)));
    }

    private static void approve(long version, String person) {
        Approval.of(rivals(person), NAME, version).give(rivals(person), rival().key(person));
    }

    private static void reach(long version, String state) {
        new Watch(rivals(RivalOrganisation.MALLORY), NAME, version).reach(state, Story.PATIENCE, each -> {});
    }

    private static Machine machine(ControlPlane as) {
        return Deployment.parse(as.show(NAME, 1).envelope().payload()).machines().getFirst();
    }

    private static List<String> names(List<JsonNode> nodes) {
        return nodes.stream().map(node -> node.path("name").asText()).toList();
    }

    private static ControlPlane rivals(String person) {
        return stage().controlPlane(rival().key(person));
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }

    private static Stage stage() {
        return ControlPlaneContainer.stage();
    }

    private static RivalOrganisation rival() {
        return ControlPlaneContainer.rival();
    }
}
