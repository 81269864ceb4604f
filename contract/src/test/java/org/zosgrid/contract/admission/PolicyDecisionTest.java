package org.zosgrid.contract.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.zosgrid.contract.People.NOW;
import static org.zosgrid.contract.People.document;
import static org.zosgrid.contract.People.keys;
import static org.zosgrid.contract.People.policy;
import static org.zosgrid.contract.People.root;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.zosgrid.contract.People;
import org.zosgrid.contract.admission.Admission.Verdict;
import org.zosgrid.contract.admission.Decision.Reason;
import org.zosgrid.contract.document.ChangeDocument;
import org.zosgrid.contract.document.Decommission;
import org.zosgrid.contract.document.Deployment;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.envelope.PayloadType;
import org.zosgrid.contract.ledger.Witnesses;
import org.zosgrid.contract.policy.Policy;
import org.zosgrid.contract.trust.Role;
import org.zosgrid.contract.trust.TrustRoot;

/** Who must approve what: what the rules of the trust root, of the running version and of the document demand together. */
class PolicyDecisionTest {
    private static final TrustRoot TWO = root(Policy.quorum("approver", 2));

    private static final String PRODUCTION_NEEDS_SECURITY = """
            {"name": "all", "require": {"groups": {"approver": 1}}},
            {"name": "production", "match": {"environments": ["production"]}, "require": {"groups": {"security": 1}}}""";

    private static final String SECURITY_TOO = "{name: own, require: {groups: {security: 1}}}";

    @Test
    void allMatchingRulesMustHold() {
        TrustRoot root = root(policy(PRODUCTION_NEEDS_SECURITY));
        no(root, document(1), Optional.empty(), "alice bob", Reason.QUORUM_NOT_REACHED, "rule 'production' of the trust root");
        no(root, document(1), Optional.empty(), "alice erin", Reason.QUORUM_NOT_REACHED, "rule 'all' of the trust root");
        yes(root, document(1), Optional.empty(), "alice bob erin");
        yes(root, document(1, "staging", 1, ""), Optional.empty(), "alice bob");
    }

    @Test
    void whereNoRuleMatchesNothingHappens() {
        TrustRoot root = root(policy("""
                {"name": "production", "match": {"environments": ["production"]}, "require": {"groups": {"approver": 1}}},
                {"name": "office-hours", "require": {"validity": "PT1H"}}"""));
        yes(root, document(1), Optional.empty(), "alice bob");
        // The second rule matches, but a rule that asks nobody lets nothing pass.
        no(root, document(1, "staging", 1, ""), Optional.empty(), "alice bob carol dave erin", Reason.NO_RULE, "no rule of the trust root");
    }

    @Test
    void rulesSeeEnvironmentExposureMachinesAndMemory() {
        TrustRoot root = root(policy("""
                {"name": "all", "require": {"groups": {"approver": 1}}},
                {"name": "exposed", "match": {"exposed": true}, "require": {"groups": {"security": 1}}},
                {"name": "many", "match": {"machines": 3}, "require": {"signers": ["carol"]}},
                {"name": "large", "match": {"memory": "256MiB"}, "require": {"signers": ["dave"]}}"""));
        yes(root, document(1, "production", 2, ""), Optional.empty(), "alice bob");
        no(root, document(1, "production-exposed", 2, ""), Optional.empty(), "alice bob", Reason.QUORUM_NOT_REACHED, "'exposed'");
        yes(root, document(1, "production-exposed", 2, ""), Optional.empty(), "alice bob erin");
        no(root, document(1, "production", 3, ""), Optional.empty(), "alice bob", Reason.QUORUM_NOT_REACHED, "carol must have approved, says rule 'many'");
        yes(root, document(1, "production", 3, ""), Optional.empty(), "alice carol");
        no(root, document(1, "production", 4, ""), Optional.empty(), "alice carol", Reason.QUORUM_NOT_REACHED, "dave must have approved");
    }

    @Test
    void oneOfSecurityAndOneOfOperationsAreTwoPeople() {
        TrustRoot root = root(policy("{\"name\": \"both\", \"require\": {\"groups\": {\"security\": 1, \"operations\": 1}}}"));
        yes(root, document(1), Optional.empty(), "alice erin frank");
        yes(root, document(1), Optional.empty(), "alice erin grace");
        // Grace is in both, but she is one person.
        no(root, document(1), Optional.empty(), "alice grace", Reason.QUORUM_NOT_REACHED, "2 people of operations and security must have approved (1 did)");
    }

    @Test
    void weightsAreAddedForEachPersonOnce() {
        TrustRoot root = root(policy("{\"name\": \"weighed\", \"require\": {\"weight\": {\"least\": 5, \"people\": {\"bob\": 3}, \"groups\": {\"approver\": 2, \"security\": 1}}}}"));
        no(root, document(1), Optional.empty(), "alice bob bob-too", Reason.QUORUM_NOT_REACHED, "approvals must weigh at least 5 (they weigh 3)");
        yes(root, document(1), Optional.empty(), "alice bob carol");
        no(root, document(1), Optional.empty(), "alice carol dave", Reason.QUORUM_NOT_REACHED, "(they weigh 4)");
        yes(root, document(1), Optional.empty(), "alice carol dave erin");
    }

    @Test
    void somebodyWhoMayButNeedNotSignIsIgnoredWhenTheyDoNot() {
        yes(TWO, document(1), Optional.empty(), "alice bob carol");
        yes(TWO, document(1), Optional.empty(), "alice carol dave");
    }

    @Test
    void aRequiredSignerWhoIsTheRequesterNeverCounts() {
        TrustRoot root = root(policy("{\"name\": \"signer\", \"require\": {\"signers\": [\"alice\"]}}"));
        no(root, document(1), Optional.empty(), "alice bob carol", Reason.QUORUM_NOT_REACHED, "alice must have approved");
    }

    @Test
    void strangersAndKeysOfOtherRolesDoNotCount() {
        no(TWO, document(1), Optional.empty(), "alice bob mallory", Reason.QUORUM_NOT_REACHED, "by bob");
        no(TWO, document(1), Optional.empty(), "alice bob compute-1 erin", Reason.QUORUM_NOT_REACHED, "2 people of approver");
    }

    @Test
    void aGroupsThresholdIsTheLeastWhereverItIsAskedFor() {
        var roles = People.roles();
        roles.put("approver", People.role("2 bob bob-too carol dave"));
        TrustRoot root = root(1, NOW.plusSeconds(3600), roles, Policy.quorum("approver", 1), org.zosgrid.contract.ledger.Witnesses.NONE);
        no(root, document(1), Optional.empty(), "alice bob bob-too", Reason.QUORUM_NOT_REACHED, "2 people of approver");
        yes(root, document(1), Optional.empty(), "alice bob dave");
    }

    @Test
    void anUpdateCannotWeakenThePolicyOfTheVersionThatRuns() {
        Optional<Accepted> strict = accepted(document(1, "production", 1, SECURITY_TOO));
        no(TWO, document(2), strict, "alice bob carol", Reason.QUORUM_NOT_REACHED, "rule 'own' of the running version");
        yes(TWO, document(2), strict, "alice bob carol erin");
    }

    @Test
    void aRemovalIsJudgedByThePolicyOfTheVersionThatRuns() {
        Decommission removal = new Decommission("shop", 2, "alice", NOW, NOW.plusSeconds(600), "over");
        Optional<Accepted> strict = accepted(document(1, "production", 1, SECURITY_TOO));
        no(TWO, removal, strict, "alice", Reason.QUORUM_NOT_REACHED, "approver");
        no(TWO, removal, strict, "alice bob carol", Reason.QUORUM_NOT_REACHED, "rule 'own' of the running version");
        yes(TWO, removal, strict, "alice bob carol erin");
    }

    @Test
    void aWithdrawalWhichNobodyApprovedDoesNotLiftAPolicy() {
        Optional<Accepted> strict = accepted(document(1, "production", 1, SECURITY_TOO)).map(Accepted::withdrawn);
        no(TWO, document(2), strict, "alice bob carol", Reason.QUORUM_NOT_REACHED, "rule 'own' of the running version");
        Optional<Accepted> gone = Optional.of(Accepted.decommissioned(2, "x"));
        yes(TWO, document(3), gone, "alice bob carol");
    }

    @Test
    void aDocumentsOwnPolicyAddsToTheFloorAndTakesNothingAway() {
        no(TWO, document(1, "production", 1, SECURITY_TOO), Optional.empty(), "alice bob carol", Reason.QUORUM_NOT_REACHED, "rule 'own' of the document");
        no(TWO, document(1, "production", 1, "{name: easy, require: {}}"), Optional.empty(), "alice bob", Reason.QUORUM_NOT_REACHED, "of the trust root");
        no(TWO, document(1, "production", 1, "{name: nobody, require: {groups: {ghosts: 1}}}"), Optional.empty(), "alice bob carol", Reason.QUORUM_NOT_REACHED, "ghosts");
    }

    @Test
    void leavingARulesReachIsJudgedByThatRule() {
        TrustRoot root = root(policy(PRODUCTION_NEEDS_SECURITY));
        Optional<Accepted> production = accepted(document(1));
        no(root, document(2, "development", 1, ""), production, "alice bob", Reason.QUORUM_NOT_REACHED, "rule 'production'");
        no(root, new Decommission("shop", 2, "alice", NOW, NOW.plusSeconds(600), ""), production, "alice bob", Reason.QUORUM_NOT_REACHED, "rule 'production'");
        yes(root, document(2, "development", 1, ""), production, "alice bob erin");
    }

    @Test
    void aChangeOfTheDocumentsOwnPolicyIsAClassOfItsOwn() {
        TrustRoot root = root(policy("""
                {"name": "all", "require": {"groups": {"approver": 1}}},
                {"name": "policy", "match": {"kinds": ["policy-change"]}, "require": {"signers": ["erin"]}}"""));
        Optional<Accepted> plain = accepted(document(1));
        yes(root, document(2), plain, "alice bob");
        no(root, document(2, "production", 1, "{name: more, require: {groups: {approver: 1}}}"), plain, "alice bob", Reason.QUORUM_NOT_REACHED, "rule 'policy'");
        yes(root, document(2, "production", 1, "{name: more, require: {groups: {approver: 1}}}"), plain, "alice bob erin");
    }

    @Test
    void withoutKnowingThePredecessorBothCreationAndChangeAreAskedFor() {
        TrustRoot root = root(policy("""
                {"name": "create", "match": {"kinds": ["create"]}, "require": {"groups": {"approver": 1}}},
                {"name": "change", "match": {"kinds": ["change"]}, "require": {"groups": {"approver": 1, "security": 1}}}"""));
        yes(root, document(1), Optional.empty(), "alice bob");
        no(root, document(5), Optional.empty(), "alice bob", Reason.QUORUM_NOT_REACHED, "rule 'change'");
    }

    @Test
    void approvalsExpireWithTheAgeOfWhatTheyApprove() {
        TrustRoot root = root(policy("{\"name\": \"soon\", \"require\": {\"groups\": {\"approver\": 2}, \"validity\": \"PT5M\"}}"));
        Envelope approved = Envelope.sign(PayloadType.DEPLOYMENT, document(1).toJson(), keys("alice bob carol"));
        assertThat(Admission.approve(approved, root, Optional.empty(), NOW.plusSeconds(300))).isInstanceOf(Verdict.Yes.class);
        no(Admission.approve(approved, root, Optional.empty(), NOW.plusSeconds(301)), Reason.EXPIRED, "approvals are valid for PT5M from 2026-11-23T12:00:00Z");
        // Without such a rule, the document's own word counts.
        assertThat(Admission.approve(approved, TWO, Optional.empty(), NOW.plusSeconds(599))).isInstanceOf(Verdict.Yes.class);
        no(Admission.approve(approved, TWO, Optional.empty(), NOW.plusSeconds(600)), Reason.EXPIRED, "could be accepted until");
    }

    @Test
    void clocksMayDifferByFiveMinutes() {
        Envelope approved = Envelope.sign(PayloadType.DEPLOYMENT, document(1).toJson(), keys("alice bob carol"));
        assertThat(Admission.approve(approved, TWO, Optional.empty(), NOW.minus(Admission.CLOCK_SKEW))).isInstanceOf(Verdict.Yes.class);
        no(Admission.approve(approved, TWO, Optional.empty(), NOW.minus(Admission.CLOCK_SKEW).minusMillis(1)), Reason.NOT_YET_VALID, "later than now");
    }

    @Test
    void aRuleMayBeOpenAtCertainTimesOnly() {
        // The day of the test's now is a Monday.
        TrustRoot root = root(policy("{\"name\": \"hours\", \"require\": {\"groups\": {\"approver\": 1}, \"windows\": [{\"days\": [\"mon\", \"tue\"], \"from\": \"08:00\", \"to\": \"12:05\"}]}}"));
        Envelope approved = Envelope.sign(PayloadType.DEPLOYMENT, document(1).toJson(), keys("alice bob"));
        assertThat(Admission.approve(approved, root, Optional.empty(), Instant.parse("2026-11-23T12:04:59Z"))).isInstanceOf(Verdict.Yes.class);
        no(Admission.approve(approved, root, Optional.empty(), Instant.parse("2026-11-23T12:05:00Z")), Reason.OUTSIDE_WINDOW, "mon tue 08:00–12:05 UTC");
        TrustRoot weekend = root(policy("{\"name\": \"hours\", \"require\": {\"groups\": {\"approver\": 1}, \"windows\": [{\"days\": [\"sat\", \"sun\"], \"from\": \"00:00\", \"to\": \"24:00\"}]}}"));
        no(Admission.approve(approved, weekend, Optional.empty(), NOW), Reason.OUTSIDE_WINDOW, "sat sun");
    }

    @Test
    void whereAllWindowsAreOpenNextIsKnown() {
        TrustRoot root = root(policy("""
                {"name": "all", "require": {"groups": {"approver": 1}, "windows": [{"days": ["tue", "wed"], "from": "08:00", "to": "16:00"}]}},
                {"name": "late", "require": {"windows": [{"days": ["mon", "wed"], "from": "15:30", "to": "24:00"}]}}"""));
        Requirements requirements = Requirements.of(root, document(1), Optional.empty());
        // NOW is a Monday, 12:00.
        assertThat(requirements.opensAt(NOW)).contains(Instant.parse("2026-11-25T15:30:00Z"));
        assertThat(requirements.opensAt(Instant.parse("2026-11-25T15:45:12Z"))).contains(Instant.parse("2026-11-25T15:45:12Z"));
        assertThat(requirements.opensAt(Instant.parse("2026-11-25T16:00:00Z"))).contains(Instant.parse("2026-12-02T15:30:00Z"));
        Policy never = policy("""
                {"name": "all", "require": {"groups": {"approver": 1}, "windows": [{"days": ["tue"], "from": "00:00", "to": "24:00"}]}}, {"name": "other", "require": {"windows": [{"days": ["wed"], "from": "00:00", "to": "24:00"}]}}""");
        assertThat(Requirements.of(root(never), document(1), Optional.empty()).opensAt(NOW)).isEmpty();
        assertThat(Requirements.of(TWO, document(1), Optional.empty()).opensAt(NOW)).contains(NOW);
    }

    @Test
    void aNewRouteToTheInternetNeedsTheGatewayOperators() {
        Map<String, Role> roles = People.roles();
        roles.put(TrustRoot.GATEWAY_OPERATOR, People.role("1 frank"));
        TrustRoot root = root(1, NOW.plusSeconds(3600), roles, Policy.quorum("approver", 1), Witnesses.NONE);
        yes(root, document(1, "production", 1, ""), Optional.empty(), "alice bob");
        no(root, document(1, "production-exposed", 1, ""), Optional.empty(), "alice bob carol", Reason.QUORUM_NOT_REACHED, "gateway-operator must have approved");
        yes(root, document(1, "production-exposed", 1, ""), Optional.empty(), "alice bob frank");
        Optional<Accepted> exposed = Optional.of(Accepted.of(document(1, "production-exposed", 1, ""), "x"));
        yes(root, document(2, "production-exposed", 2, ""), exposed, "alice bob");
        yes(root, document(2, "production", 1, ""), exposed, "alice bob");
        // The operators alone let nothing pass that no rule knows.
        TrustRoot staging = root(1, NOW.plusSeconds(3600), roles, policy("""
                {"name": "staging", "match": {"environments": ["staging"]}, "require": {"groups": {"approver": 1}}}"""), Witnesses.NONE);
        no(staging, document(1, "production-exposed", 1, ""), Optional.empty(), "alice bob frank", Reason.NO_RULE, "no rule of the trust root");
    }

    @Test
    void aSignatureOverOtherBytesWithTheSameMeaningDoesNotCount() {
        Envelope approved = Envelope.sign(PayloadType.DEPLOYMENT, document(1).toJson(), keys("alice bob carol"));
        byte[] spaced = new String(approved.payload(), StandardCharsets.UTF_8).replace("\",\"", "\", \"").getBytes(StandardCharsets.UTF_8);
        assertThat(Deployment.parse(spaced)).isEqualTo(document(1));
        no(Admission.approve(new Envelope(approved.payloadType(), spaced, approved.signatures()), TWO, Optional.empty(), NOW), Reason.REQUESTER_NOT_VERIFIED, "by nobody");
    }

    @Test
    void noFieldOfTheRequestIsASwitch() {
        String json = new String(document(1).toJson(), StandardCharsets.UTF_8);
        for (String field : new String[] {"\"signature_requirement\":{\"weight_required\":0}", "\"policy\":[]", "\"force\":true", "\"floors\":{\"create\":0}"}) {
            byte[] payload = json.replaceFirst("\\{", "{" + field + ",").getBytes(StandardCharsets.UTF_8);
            no(Admission.approve(Envelope.sign(PayloadType.DEPLOYMENT, payload, keys("alice bob carol")), TWO, Optional.empty(), NOW), Reason.UNREADABLE, "is not a known field");
        }
    }

    private static Optional<Accepted> accepted(Deployment document) {
        return Optional.of(Accepted.of(document, "x"));
    }

    private static void yes(TrustRoot root, ChangeDocument document, Optional<Accepted> last, String signers) {
        assertThat(verdict(root, document, last, signers)).isInstanceOf(Verdict.Yes.class);
    }

    private static void no(TrustRoot root, ChangeDocument document, Optional<Accepted> last, String signers, Reason reason, String message) {
        no(verdict(root, document, last, signers), reason, message);
    }

    private static void no(Verdict verdict, Reason reason, String message) {
        assertThat(verdict).isInstanceOf(Verdict.No.class);
        assertThat(((Verdict.No) verdict).reason()).isEqualTo(reason);
        assertThat(((Verdict.No) verdict).message()).contains(message);
    }

    private static Verdict verdict(TrustRoot root, ChangeDocument document, Optional<Accepted> last, String signers) {
        return Admission.approve(Envelope.sign(document.payloadType(), document.toJson(), keys(signers)), root, last, NOW);
    }
}
