package org.zosgrid.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.zosgrid.cli.client.Approval;
import org.zosgrid.cli.client.RefusedException;
import org.zosgrid.cli.stage.Cast;
import org.zosgrid.cli.stage.Stage;
import org.zosgrid.contract.audit.AuditBundle;
import org.zosgrid.contract.audit.AuditReport;
import org.zosgrid.contract.document.Receipt;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.envelope.PayloadType;
import org.zosgrid.contract.key.KeyId;
import org.zosgrid.contract.trust.Role;
import org.zosgrid.contract.trust.TrustRoot;
import org.zosgrid.tests.container.ControlPlaneContainer;

/**
 * Carol is away, and Dave stands in for her: not before half of the time is over, neither here nor on the node. Beside it nobody answers for a change at all, and people get mail when half of
 * its time is gone, when three quarters are, and when it has expired.
 */
@ArquillianTest
class DeputiesIT {
    /** Half of it must be enough for a busy machine to bring the deployment to the node. */
    private static final Duration TIME = Duration.ofSeconds(90);

    @Deployment
    static EnterpriseArchive application() {
        return ControlPlaneApplication.withTests();
    }

    @Test
    @RunAsClient
    void aDeputyCountsFromHalfOfTheTimeOn() throws Exception {
        Story story = new Story(stage(), "deputised", 87);
        TrustRoot before = root(story);
        LateApprovals late;
        try {
            rotate(story, withDeputy(before));
            org.zosgrid.contract.document.Deployment early = story.document(1, Duration.ofHours(2));
            Receipt refused = HackedControlPlane.seals(stage(), Stage.COMPUTE, Envelope.sign(early.payloadType(), early.toJson(), key(Cast.REQUESTER), key("bob"), key("dave")), story.name(), 1);
            assertThat(refused.reason()).isEqualTo("quorum-not-reached");

            consoleTellsFromWhenOn();
            late = LateApprovals.begin(stage());

            org.zosgrid.contract.document.Deployment document = story.document(1, TIME);
            story.submit(document);
            JsonNode seat = story.reach(1, "approval").json().path("deputies");
            assertThat(seat).hasSize(1);
            assertThat(seat.get(0).path("person").asText()).isEqualTo("dave");
            assertThat(seat.get(0).path("groups").get(0).asText()).isEqualTo("approver");
            assertThat(Instant.parse(seat.get(0).path("from").asText())).isEqualTo(document.deputiesFrom());
            approve(story, "bob");
            assertThatThrownBy(() -> approve(story, "dave")).isInstanceOf(RefusedException.class).hasMessageContaining("stands in for approver from " + document.deputiesFrom() + " on");
            assertThatThrownBy(() -> story.as("dave").reject(story.name(), 1, "too early")).isInstanceOf(RefusedException.class).hasMessageContaining("stands in for approver from");

            stage().await("control-plane", () -> Subscribers.mailedTo("dave", "About deputised version 1").stream().anyMatch(text -> text.contains("You stand in for approver from " + document.deputiesFrom())));
            assertThat(Instant.now()).as("the mail comes when the time has come").isAfterOrEqualTo(document.deputiesFrom());
            String reminder = "Your approval is still missing: deputised version 1";
            stage().await("control-plane", () -> !Subscribers.mailedTo("carol", reminder).isEmpty());
            assertThat(Subscribers.mailedTo("bob", reminder)).as("who has approved is not reminded").isEmpty();
            approve(story, "dave");
            story.reach(1, "running");
            assertThat(story.answers()).isTrue();
            stage().await("control-plane", () -> Subscribers.mailedTo(Cast.REQUESTER, "deputised version 1 is running").size() == 1);
            AuditReport report = AuditBundle.verify(story.as(Cast.REQUESTER).audit(story.name()), Envelope.parse(Files.readAllBytes(stage().cast().trustRootFile())), 0);
            assertThat(report.events()).anySatisfy(event -> assertThat(event.change()).hasValueSatisfying(change -> assertThat(change.approvers()).containsExactly("bob", "dave")));
        } finally {
            rotate(story, before);
        }
        story.remove();
        late.peopleWereTold();
    }

    /** Of a change with hours before its deputies count. */
    private static void consoleTellsFromWhenOn() throws Exception {
        Story later = new Story(stage(), "deputised-later", 93);
        org.zosgrid.contract.document.Deployment document = later.document(1, Duration.ofHours(6));
        later.submit(document);
        later.reach(1, "approval");
        ConsoleTests.run("deputy", Map.of("DEPUTISED", later.name(), "FROM", document.deputiesFrom().toString()));
        later.as(Cast.REQUESTER).withdraw(later.name(), 1, "it was looked at");
    }

    private static void approve(Story story, String person) {
        Approval.of(story.as(person), story.name(), 1).give(story.as(person), key(person));
    }

    private static TrustRoot withDeputy(TrustRoot before) {
        TreeMap<String, Role> roles = new TreeMap<>(before.roles());
        roles.put(TrustRoot.APPROVER, new Role(keys(List.of("bob", "carol")), 2, keys(List.of("dave"))));
        return new TrustRoot(before.version(), before.expires(), before.keys(), roles, before.policy(), before.nodes(), before.ledger(), before.witnesses(), before.promoted(), before.emergency());
    }

    /** Puts what another trust root says in force, as the next version. */
    private static void rotate(Story story, TrustRoot wanted) throws Exception {
        TrustRoot next = new TrustRoot(root(story).version() + 1, wanted.expires(), wanted.keys(), wanted.roles(), wanted.policy(), wanted.nodes(), wanted.ledger(), wanted.witnesses(), wanted.promoted(), wanted.emergency());
        story.as("bob").rotate(Envelope.sign(PayloadType.TRUST_ROOT, next.toJson(), key("bob"), key("carol")));
        stage().await(Stage.COMPUTE, () -> follows(story));
    }

    private static boolean follows(Story story) {
        for (JsonNode node : story.as("bob").trustRoot().path("nodes")) {
            if (node.path("node").asText().equals(Stage.COMPUTE)) {
                return node.path("state").asText().equals("in-force");
            }
        }
        return false;
    }

    private static TrustRoot root(Story story) throws Exception {
        return TrustRoot.parse(Envelope.parse(story.as("bob").trustRoot().path("envelope").binaryValue()).payload());
    }

    private static Set<KeyId> keys(List<String> people) {
        return people.stream().map(person -> key(person).id()).collect(Collectors.toSet());
    }

    private static org.zosgrid.contract.key.SigningKey key(String person) {
        return stage().cast().key(person);
    }

    private static Stage stage() {
        return ControlPlaneContainer.stage();
    }
}
