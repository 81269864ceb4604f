package org.zosgrid.contract.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.zosgrid.contract.People.NOW;
import static org.zosgrid.contract.People.document;
import static org.zosgrid.contract.People.key;
import static org.zosgrid.contract.People.keys;
import static org.zosgrid.contract.People.root;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.People;
import org.zosgrid.contract.admission.Admission.Verdict;
import org.zosgrid.contract.admission.Decision.Reason;
import org.zosgrid.contract.document.ChangeDocument;
import org.zosgrid.contract.document.Demand;
import org.zosgrid.contract.document.Deployment;
import org.zosgrid.contract.document.Emergency;
import org.zosgrid.contract.document.Pause;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.ledger.Witnesses;
import org.zosgrid.contract.policy.Policy;
import org.zosgrid.contract.policy.Requirement;
import org.zosgrid.contract.trust.EmergencyRule;
import org.zosgrid.contract.trust.Role;
import org.zosgrid.contract.trust.TrustRoot;

/** More people than the rules ask for, others than usual, and fewer: the demand of decision tables, deputies, emergencies. */
class ExceptionsTest {
    private static final TrustRoot TWO = root(Policy.quorum("approver", 2));
    private static final Instant END = NOW.plus(Duration.ofHours(4));

    @Test
    void whatTheDocumentSaysTablesDemandedHolds() {
        Deployment three = document(1).withDemand(new Demand(3, Set.of("security")));
        assertThat(Deployment.parse(three.toJson())).isEqualTo(three);
        no(TWO, three, Optional.empty(), "alice bob carol", NOW, Reason.QUORUM_NOT_REACHED, "3 people must have approved (2 did), says the document's demand; somebody of security must have approved");
        no(TWO, three, Optional.empty(), "alice bob bob-too erin mallory", NOW, Reason.QUORUM_NOT_REACHED, "3 people must");
        yes(TWO, three, Optional.empty(), "alice bob carol erin", NOW);
        no(TWO, document(1).withDemand(new Demand(1, Set.of())), Optional.empty(), "alice bob", NOW, Reason.QUORUM_NOT_REACHED, "2 people of approver");
    }

    @Test
    void everyKindOfChangeCanCarryADemandAndNoneMeansTheBytesOfBefore() {
        Pause plain = new Pause("shop", 2, "alice", NOW, NOW.plusSeconds(600), "maintenance");
        assertThat(new String(plain.toJson(), StandardCharsets.UTF_8)).doesNotContain("demand");
        ChangeDocument demanding = plain.withDemand(new Demand(2, Set.of("security")));
        assertThat(ChangeDocument.parse(demanding.payloadType(), demanding.toJson())).isEqualTo(demanding);
        Optional<Accepted> running = Optional.of(Accepted.of(document(1), "a"));
        no(TWO, demanding, running, "alice bob carol", NOW, Reason.QUORUM_NOT_REACHED, "somebody of security");
        yes(TWO, demanding, running, "alice bob carol erin", NOW);
        assertThatThrownBy(() -> Pause.parse(new String(demanding.toJson(), StandardCharsets.UTF_8).replace("\"people\":2", "\"people\":-2").getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(ContractException.class).hasMessageContaining("demand.people");
    }

    @Test
    void deputiesCountOnceHalfOfTheTimeIsOver() {
        var roles = People.roles();
        roles.put("approver", new Role(Set.of(key("bob").id(), key("bob-too").id(), key("carol").id(), key("dave").id()), 1, Set.of(key("frank").id(), key("alice").id())));
        TrustRoot root = root(1, NOW.plusSeconds(3600), roles, Policy.quorum("approver", 2), Witnesses.NONE);
        assertThat(TrustRoot.parse(root.toJson())).isEqualTo(root);
        assertThat(root.deputies()).containsExactly("alice", "frank");
        assertThat(root.standsInFor("frank")).containsExactly("approver");
        assertThat(root.standsInFor("bob")).isEmpty();
        Deployment document = document(1); // may be accepted for ten minutes
        no(root, document, Optional.empty(), "alice bob frank", NOW.plusSeconds(299), Reason.QUORUM_NOT_REACHED, "by bob, frank");
        yes(root, document, Optional.empty(), "alice bob frank", NOW.plusSeconds(300));
        // Who asks is nobody's deputy.
        no(root, document, Optional.empty(), "alice bob", NOW.plusSeconds(400), Reason.QUORUM_NOT_REACHED, "2 people of approver");
        // And a deputy of one group stands in for no other.
        TrustRoot security = root(1, NOW.plusSeconds(3600), roles, Policy.quorum("security", 1), Witnesses.NONE);
        no(security, document, Optional.empty(), "alice frank", NOW.plusSeconds(400), Reason.QUORUM_NOT_REACHED, "of security");
    }

    @Test
    void deputiesAreKnownAreNotOfTheGroupAndAreForGroupsAlone() {
        refused("approver", new Role(Set.of(key("bob").id()), 1, Set.of(key("bob-too").id())), "roles.approver.deputies: must not hold the role themselves (is: bob)");
        refused("approver", new Role(Set.of(key("bob").id()), 1, Set.of(key("mallory").id())), "roles.approver.deputies: must be among the root's keys");
        refused("requester", new Role(Set.of(key("alice").id()), 1, Set.of(key("bob").id())), "roles.requester.deputies: are for approver groups alone");
    }

    @Test
    void anEmergencyNeedsWhatItsRuleSaysInsteadOfAllOthers() {
        TrustRoot root = with(new EmergencyRule(Requirement.people("security", 1), Duration.ofHours(4)));
        assertThat(TrustRoot.parse(root.toJson())).isEqualTo(root);
        Deployment urgent = document(1).withEmergency(Optional.of(new Emergency("the shop is down", END)));
        assertThat(Deployment.parse(urgent.toJson())).isEqualTo(urgent);
        yes(root, urgent, Optional.empty(), "alice erin", NOW);
        no(root, urgent, Optional.empty(), "alice bob carol", NOW, Reason.QUORUM_NOT_REACHED, "1 person of security");
        no(root, document(1), Optional.empty(), "alice erin", NOW, Reason.QUORUM_NOT_REACHED, "2 people of approver");
        no(TWO, urgent, Optional.empty(), "alice bob carol erin", NOW, Reason.EMERGENCY_NOT_ALLOWED, "has no rule for emergency changes");
        no(root, document(1).withEmergency(Optional.of(new Emergency("too long", END.plusMillis(1)))), Optional.empty(), "alice erin", NOW, Reason.EMERGENCY_NOT_ALLOWED, "an emergency may last PT4H");
    }

    @Test
    void anEmergencyLeavesTheRulesForWhatComesAfterAlone() {
        TrustRoot root = with(new EmergencyRule(Requirement.people("security", 1), Duration.ofHours(4)));
        Optional<Emergency> emergency = Optional.of(new Emergency("the shop is down", END));
        String own = "{name: own, require: {groups: {operations: 1}}}";
        Optional<Accepted> strict = Optional.of(Accepted.of(document(1, "production", 1, own), "a"));
        no(root, document(2).withEmergency(emergency), strict, "alice erin", NOW, Reason.EMERGENCY_NOT_ALLOWED, "must leave the field approval as it is");
        yes(root, document(2, "production", 1, own).withEmergency(emergency), strict, "alice erin", NOW);
        no(root, document(1, "production", 1, own).withEmergency(emergency), Optional.empty(), "alice erin", NOW, Reason.EMERGENCY_NOT_ALLOWED, "since there is none");
        // What follows it in the usual way is measured by the usual rules.
        Optional<Accepted> urgent = Optional.of(Accepted.of(document(2, "production", 1, own).withEmergency(emergency), "b"));
        no(root, document(3), urgent, "alice erin", NOW, Reason.QUORUM_NOT_REACHED, "of approver");
        no(root, document(3), urgent, "alice bob carol", NOW, Reason.QUORUM_NOT_REACHED, "rule 'own' of the running version");
        yes(root, document(3), urgent, "alice bob carol frank", NOW);
    }

    @Test
    void anEmergencyIsOverByItself() {
        Accepted urgent = Accepted.of(document(2).withEmergency(Optional.of(new Emergency("the shop is down", END))), "b");
        assertThat(urgent.at(END.minusMillis(1))).isEqualTo(urgent);
        assertThat(urgent.at(END).removed()).isTrue();
        assertThat(urgent.at(END).version()).isEqualTo(2);
        assertThat(urgent.paused(3, "c").resumed(4, "d").at(END).removed()).isTrue();
        Accepted usual = Accepted.of(document(2), "b");
        assertThat(usual.at(END.plus(Duration.ofDays(1000)))).isEqualTo(usual);
    }

    @Test
    void aRuleForEmergenciesMustBeWithinReachAndShort() {
        assertThatThrownBy(() -> with(new EmergencyRule(Requirement.people("security", 3), Duration.ofHours(4)))).hasMessageContaining("policy.emergency: is out of reach");
        assertThatThrownBy(() -> new EmergencyRule(Requirement.people("security", 1), Duration.ofDays(8))).hasMessageContaining("longest: must be longer than nothing and at most PT168H");
        assertThatThrownBy(() -> new EmergencyRule(new Requirement(new java.util.TreeMap<>(), Optional.empty(), Set.of(), java.util.List.of(), Optional.empty()), Duration.ofHours(1)))
                .hasMessageContaining("require: must demand approvals");
    }

    private static TrustRoot with(EmergencyRule rule) {
        return new TrustRoot(1, TWO.expires(), TWO.keys(), TWO.roles(), TWO.policy(), Map.copyOf(TWO.nodes()), TWO.ledger(), TWO.witnesses(), Set.of(), Optional.of(rule));
    }

    private static void refused(String name, Role role, String message) {
        var roles = People.roles();
        roles.put(name, role);
        assertThatThrownBy(() -> root(1, NOW.plusSeconds(3600), roles, Policy.quorum("approver", 1), Witnesses.NONE)).isInstanceOf(ContractException.class).hasMessageContaining(message);
    }

    private static void yes(TrustRoot root, ChangeDocument document, Optional<Accepted> last, String signers, Instant at) {
        assertThat(verdict(root, document, last, signers, at)).isInstanceOf(Verdict.Yes.class);
    }

    private static void no(TrustRoot root, ChangeDocument document, Optional<Accepted> last, String signers, Instant at, Reason reason, String message) {
        Verdict verdict = verdict(root, document, last, signers, at);
        assertThat(verdict).isInstanceOf(Verdict.No.class);
        assertThat(((Verdict.No) verdict).reason()).isEqualTo(reason);
        assertThat(((Verdict.No) verdict).message()).contains(message);
    }

    private static Verdict verdict(TrustRoot root, ChangeDocument document, Optional<Accepted> last, String signers, Instant at) {
        return Admission.approve(Envelope.sign(document.payloadType(), document.toJson(), keys(signers)), root, last, at);
    }
}
