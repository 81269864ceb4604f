package org.zosgrid.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.zosgrid.cli.client.Approval;
import org.zosgrid.cli.client.DeploymentVersion;
import org.zosgrid.cli.client.RefusedException;
import org.zosgrid.cli.client.Watch;
import org.zosgrid.cli.stage.Cast;
import org.zosgrid.cli.stage.Stage;
import org.zosgrid.contract.audit.AuditBundle;
import org.zosgrid.contract.audit.AuditReport;
import org.zosgrid.contract.document.Demand;
import org.zosgrid.contract.document.Emergency;
import org.zosgrid.contract.document.EmergencyReview;
import org.zosgrid.contract.document.EmergencyReview.Verdict;
import org.zosgrid.contract.document.Receipt;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.envelope.PayloadType;
import org.zosgrid.contract.key.KeyId;
import org.zosgrid.contract.policy.Requirement;
import org.zosgrid.contract.trust.EmergencyRule;
import org.zosgrid.contract.trust.Role;
import org.zosgrid.contract.trust.TrustRoot;
import org.zosgrid.tests.container.ControlPlaneContainer;

/**
 * One person is enough where there is no time; nodes end it by themselves, with the control plane standing still; a full quorum that its requester has no part in reviews it; and what was approved in the usual
 * way takes an emergency's place for good.
 */
@ArquillianTest
class EmergencyIT {
    private static final Duration LONGEST = Duration.ofHours(4);
    /** Long enough to come to run on a busy machine, and short enough to be waited for. */
    private static final Duration SHORT = Duration.ofSeconds(75);

    @Deployment
    static EnterpriseArchive application() {
        return ControlPlaneApplication.withTests();
    }

    @Test
    @RunAsClient
    void onePersonIsEnoughUntilItEndsByItselfAndEverybodyElseReviewsIt() throws Exception {
        Story story = new Story(stage(), "urgent", 85);
        TrustRoot before = root(story);
        try {
            org.zosgrid.contract.document.Deployment usual = story.document(1, Duration.ofHours(2));
            assertThatThrownBy(() -> story.submit(urgent(usual, SHORT))).as("the trust root knows no emergencies").isInstanceOf(RefusedException.class).hasMessageContaining("has no rule for emergency changes");
            rotate(story, withEmergencies(before));
            onePersonIsNotEnoughInTheUsualWay(story, usual);
            aNodeRefusesOneThatLastsTooLong(story, usual);
            assertThatThrownBy(() -> story.submit(urgent(story.by("acme-deploy", usual), SHORT))).isInstanceOf(RefusedException.class).hasMessageContaining("workflow");

            org.zosgrid.contract.document.Deployment first = urgent(usual, SHORT);
            assertThat(faults(story, first)).isEmpty();
            assertThat(story.as("alice").plan(first.toJson()).path("quorum").asInt()).isEqualTo(1);
            story.submit(first);
            story.reach(1, "approval");
            approve(story, story.name(), 1, "bob");
            story.reach(1, "running");
            assertThat(story.machinesOn(Stage.COMPUTE)).containsExactly("running");
            assertThat(story.answers()).isTrue();
            assertThat(emergency(story, 1).path("endedAt").isNull()).isTrue();
            assertThatThrownBy(() -> review(story, 1, 1, "bob", first, Verdict.JUSTIFIED)).as("while it stands").isInstanceOf(RefusedException.class).hasMessageContaining("must have ended");

            endsWithNobodyThere(story, first.emergency().orElseThrow().until());
            stage().await("control-plane", () -> story.shown(1).state().equals("ended"));
            DeploymentVersion ended = story.shown(1);
            assertThat(ended.json().path("message").asText()).contains("nothing of it is left on any node");
            assertThat(ended.json().path("receipts").findValuesAsText("reason")).contains("emergency-over");
            assertThat(kinds(story, 1)).contains("emergency-half", "emergency-over", "review-due");
            stage().await("control-plane", () -> Subscribers.mailedTo("carol", "About urgent version 1").stream().anyMatch(text -> text.contains("must be reviewed")));
            stage().await("control-plane", () -> Instant.parse(emergency(story, 1).path("overdueAt").asText()).isBefore(Instant.now()));
            org.zosgrid.contract.document.Deployment second = urgent(story.document(2, Duration.ofHours(2)), SHORT);
            assertThatThrownBy(() -> story.submit(second)).as("before the first was reviewed").isInstanceOf(RefusedException.class).hasMessageContaining("must wait until version 1 was reviewed");

            isReviewedByOthers(story, first);
            aSecondOneIsReplacedInTheUsualWay(story);
            AuditReport report = verified(story.name());
            assertThat(report.emergencies()).extracting(each -> each.document().version()).containsExactly(1L, 2L);
            assertThat(report.emergencies().getFirst().review()).hasValueSatisfying(review -> assertThat(review.verdict()).isEqualTo(Verdict.NOT_JUSTIFIED));
            assertThat(report.emergencies().getLast().review()).isEmpty();
            story.remove(4);
        } finally {
            rotate(story, before);
        }
    }

    private static void onePersonIsNotEnoughInTheUsualWay(Story story, org.zosgrid.contract.document.Deployment usual) {
        story.submit(usual);
        story.reach(1, "approval");
        approve(story, story.name(), 1, "bob");
        DeploymentVersion waits = story.shown(1);
        assertThat(waits.state()).isEqualTo("approval");
        assertThat(waits.json().path("missing")).isNotEmpty();
        story.as(Cast.REQUESTER).withdraw(story.name(), 1, "there is no time for that");
        story.reach(1, "withdrawn");
    }

    /** Signed by whoever must sign an emergency, and sealed by a control plane that asks nobody how long one may last. */
    private static void aNodeRefusesOneThatLastsTooLong(Story story, org.zosgrid.contract.document.Deployment usual) throws Exception {
        org.zosgrid.contract.document.Deployment endless = usual.withEmergency(Optional.of(new Emergency("for ever", usual.created().plus(LONGEST).plusSeconds(1))));
        assertThatThrownBy(() -> story.submit(endless)).isInstanceOf(RefusedException.class).hasMessageContaining("an emergency may last PT4H");
        // The node must know the rule by then.
        stage().await(Stage.COMPUTE, () -> followers(story).contains(Stage.COMPUTE));
        Receipt refused = HackedControlPlane.seals(stage(), Stage.COMPUTE, Envelope.sign(PayloadType.DEPLOYMENT, endless.toJson(), stage().cast().key(Cast.REQUESTER), stage().cast().key("bob")), story.name(), 1);
        assertThat(refused.reason()).isEqualTo("emergency-not-allowed");
        assertThat(story.workloadsOn(Stage.COMPUTE)).isZero();
    }

    /** The control plane stands still from before the end until everything is gone. */
    private static void endsWithNobodyThere(Story story, Instant until) throws Exception {
        stage().await("control-plane", () -> kinds(story, 1).contains("emergency-half"));
        try (Frozen controlPlane = Frozen.controlPlaneOf(stage())) {
            assertThat(Instant.now()).as("it still has a while").isBefore(until);
            assertThat(story.machinesOn(Stage.COMPUTE)).containsExactly("running");
            stage().await(Stage.COMPUTE, () -> story.workloadsOn(Stage.COMPUTE) == 0);
            assertThat(Instant.now()).as("not before its end").isAfterOrEqualTo(until);
            stage().await(Stage.GATEWAY, () -> story.routes() == 0);
            assertThat(story.answers()).isFalse();
        }
    }

    private static void isReviewedByOthers(Story story, org.zosgrid.contract.document.Deployment first) throws Exception {
        assertThatThrownBy(() -> review(story, 1, 1, "alice", first, Verdict.JUSTIFIED)).as("by who asked for it").hasMessageContaining("must not be who asked for the emergency");
        assertThatThrownBy(() -> submit(story, new EmergencyReview(EmergencyReview.name(story.name()), 1, "alice", now(), now().plusSeconds(3600), story.name(), 1, digest(story, 1), first.environment(), "dave", Verdict.JUSTIFIED, "by a trick", Demand.NONE)))
                .isInstanceOf(RefusedException.class).hasMessageContaining("must be who asked for the emergency, alice");
        ConsoleTests.run("review", Map.of("EMERGENCY", story.name())); // Bob writes and signs it in the browser
        String name = EmergencyReview.name(story.name());
        new Watch(story.as("bob"), name, 1).reach("approval", Story.PATIENCE, each -> {});
        approve(story, name, 1, "carol");
        assertThat(story.as("bob").show(name, 1).state()).as("one is not enough here").isEqualTo("approval");
        approve(story, name, 1, "dave");
        new Watch(story.as("bob"), name, 1).reach("reviewed", Story.PATIENCE, each -> {});
        assertThat(emergency(story, 1).path("review").path("verdict").asText()).isEqualTo("not-justified");
        assertThat(emergency(story, 1).path("overdueAt").isNull()).isTrue();
        assertThat(kinds(story, 1)).contains("reviewed");
    }

    private static void aSecondOneIsReplacedInTheUsualWay(Story story) throws Exception {
        org.zosgrid.contract.document.Deployment second = urgent(story.document(2, Duration.ofHours(2)), SHORT.multipliedBy(2));
        story.submit(second);
        story.reach(2, "approval");
        ConsoleTests.run("urgent", Map.of("EMERGENCY", story.name())); // Carol approves it in the browser
        story.reach(2, "running");
        story.submit(story.document(3, Duration.ofHours(2)));
        story.reach(3, "approval");
        story.approve(3);
        story.reach(3, "running");
        assertThat(story.shown(2).state()).isEqualTo("superseded");
        Thread.sleep(Math.max(0, Duration.between(Instant.now(), second.emergency().orElseThrow().until()).plusSeconds(8).toMillis()));
        assertThat(story.shown(3).state()).isEqualTo("running");
        assertThat(story.machinesOn(Stage.COMPUTE)).containsExactly("running");
        assertThat(story.answers()).isTrue();
        assertThat(emergency(story, 2).path("endedAt").isTextual()).as("it is owed a review all the same").isTrue();
    }

    private static org.zosgrid.contract.document.Deployment urgent(org.zosgrid.contract.document.Deployment usual, Duration life) {
        return usual.withEmergency(Optional.of(new Emergency("the shop is down", now().plus(life))));
    }

    private static String review(Story story, long version, long subject, String requester, org.zosgrid.contract.document.Deployment reviewed, Verdict verdict) {
        return submit(story, new EmergencyReview(EmergencyReview.name(story.name()), version, requester, now(), now().plusSeconds(3600), story.name(), subject, digest(story, subject), reviewed.environment(), reviewed.requester(), verdict,
                "there was time", Demand.NONE));
    }

    private static String submit(Story story, EmergencyReview review) {
        story.as(review.requester()).submit(Envelope.sign(review.payloadType(), review.toJson(), stage().cast().key(review.requester())));
        return review.name();
    }

    private static void approve(Story story, String name, long version, String person) {
        Approval.of(story.as(person), name, version).give(story.as(person), stage().cast().key(person));
    }

    private static String digest(Story story, long version) {
        return story.shown(version).envelope().digest();
    }

    private static JsonNode emergency(Story story, long version) {
        return story.as("alice").emergencies().stream().filter(each -> each.path("name").asText().equals(story.name()) && each.path("version").asLong() == version).findFirst().orElseThrow();
    }

    private static List<String> kinds(Story story, long version) {
        return story.shown(version).json().path("timeline").findValuesAsText("kind");
    }

    private static List<String> faults(Story story, org.zosgrid.contract.document.Deployment document) {
        List<String> faults = new ArrayList<>();
        story.as("alice").plan(document.toJson()).path("faults").forEach(each -> faults.add(each.asText()));
        return faults;
    }

    private static AuditReport verified(String name) throws Exception {
        Envelope pinned = Envelope.parse(Files.readAllBytes(stage().cast().trustRootFile()));
        return AuditBundle.verify(stage().controlPlane(stage().cast().key(Cast.REQUESTER)).audit(name), pinned, 0);
    }

    /** Nodes that decide by the trust root in force. */
    private static Set<String> followers(Story story) {
        Set<String> nodes = new TreeSet<>();
        story.as("bob").trustRoot().path("nodes").forEach(each -> {
            if (each.path("state").asText().equals("in-force")) {
                nodes.add(each.path("node").asText());
            }
        });
        return nodes;
    }

    private static TrustRoot root(Story story) throws Exception {
        return TrustRoot.parse(Envelope.parse(story.as("bob").trustRoot().path("envelope").binaryValue()).payload());
    }

    /** Anybody who approves is on call, one of whom is enough for four hours; and Bob may ask for things too. */
    private static TrustRoot withEmergencies(TrustRoot before) {
        TreeMap<String, Role> roles = new TreeMap<>(before.roles());
        roles.put("oncall", new Role(keys(Cast.APPROVERS), 1));
        roles.put(TrustRoot.REQUESTER, new Role(keys(List.of(Cast.REQUESTER, "bob")), 1));
        return new TrustRoot(before.version(), before.expires(), before.keys(), roles, before.policy(), before.nodes(), before.ledger(), before.witnesses(), before.promoted(),
                Optional.of(new EmergencyRule(Requirement.people("oncall", 1), LONGEST)));
    }

    private static Set<KeyId> keys(List<String> people) {
        return people.stream().map(person -> stage().cast().key(person).id()).collect(Collectors.toSet());
    }

    /** Puts what another trust root says in force, as the next version. */
    private static void rotate(Story story, TrustRoot wanted) throws Exception {
        TrustRoot next = new TrustRoot(root(story).version() + 1, wanted.expires(), wanted.keys(), wanted.roles(), wanted.policy(), wanted.nodes(), wanted.ledger(), wanted.witnesses(), wanted.promoted(), wanted.emergency());
        story.as("bob").rotate(Envelope.sign(PayloadType.TRUST_ROOT, next.toJson(), stage().cast().key("bob"), stage().cast().key("carol")));
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }

    private static Stage stage() {
        return ControlPlaneContainer.stage();
    }
}
