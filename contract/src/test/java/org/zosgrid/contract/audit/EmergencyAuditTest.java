package org.zosgrid.contract.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.zosgrid.contract.People.NOW;
import static org.zosgrid.contract.People.document;
import static org.zosgrid.contract.People.keys;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.People;
import org.zosgrid.contract.document.Demand;
import org.zosgrid.contract.document.Deployment;
import org.zosgrid.contract.document.Emergency;
import org.zosgrid.contract.document.EmergencyReview;
import org.zosgrid.contract.document.EmergencyReview.Verdict;
import org.zosgrid.contract.document.Environment;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.envelope.PayloadType;
import org.zosgrid.contract.ledger.LedgerEntry;
import org.zosgrid.contract.policy.Requirement;
import org.zosgrid.contract.trust.EmergencyRule;
import org.zosgrid.contract.trust.Role;
import org.zosgrid.contract.trust.TrustRoot;

/** A bundle proves which versions were emergencies, and that others than who asked for one found what its review says. */
class EmergencyAuditTest {
    private static final Deployment URGENT = document(1).withEmergency(Optional.of(new Emergency("the shop is down", NOW.plus(Duration.ofHours(4)))));
    private static final String DIGEST = Envelope.sign(PayloadType.DEPLOYMENT, URGENT.toJson(), keys("alice")).digest();

    /** One of security is enough in an emergency; Dave may ask for things too. */
    private static Story story() {
        Story story = new Story();
        Map<String, Role> roles = new TreeMap<>(People.roles());
        roles.put("requester", People.role("1 alice dave"));
        TrustRoot plain = Story.root(1, roles);
        story.roots.set(0, Envelope.sign(PayloadType.TRUST_ROOT, new TrustRoot(1, plain.expires(), plain.keys(), plain.roles(), plain.policy(), plain.nodes(), plain.ledger(), plain.witnesses(), plain.promoted(),
                Optional.of(new EmergencyRule(Requirement.people("security", 1), Duration.ofHours(4)))).toJson(), keys("bob carol")));
        story.change(URGENT, "alice erin", 1);
        return story;
    }

    private static EmergencyReview review(String requester, String askedBy, String digest, Environment environment) {
        return new EmergencyReview("review-shop", 1, requester, NOW, NOW.plusSeconds(600), "shop", 1, digest, environment, askedBy, Verdict.NOT_JUSTIFIED, "there was time", Demand.NONE);
    }

    private static Story with(EmergencyReview review, String signers) {
        Story story = story();
        story.seal(Envelope.sign(PayloadType.REVIEW, review.toJson(), keys(signers)), LedgerEntry.SEALED, review.name(), review.version());
        return story;
    }

    private static AuditReport verified(Story story) {
        return AuditBundle.verify(story.bundle().toJson(), story.roots.getFirst(), 0);
    }

    private static void refused(Story story, String why) {
        assertThatThrownBy(() -> verified(story)).isInstanceOf(ContractException.class).hasMessageContaining(why);
    }

    @Test
    void anEmergencyIsReportedWithItsReviewOrThatNoneCame() {
        assertThat(verified(story()).emergencies()).singleElement().satisfies(each -> {
            assertThat(each.document()).isEqualTo(URGENT);
            assertThat(each.digest()).isEqualTo(DIGEST);
            assertThat(each.review()).isEmpty();
        });
        Story reviewed = with(review("dave", "alice", DIGEST, URGENT.environment()), "dave bob carol");
        reviewed.change(document(2), "alice bob carol", 1);
        AuditReport report = verified(reviewed);
        assertThat(report.emergencies()).singleElement().satisfies(each -> assertThat(each.review().orElseThrow().verdict()).isEqualTo(Verdict.NOT_JUSTIFIED));
        assertThat(report.events().stream().flatMap(each -> each.change().stream()).map(each -> each.document().name())).containsExactly("shop", "review-shop", "shop");
    }

    @Test
    void aReviewNeedsTheUsualQuorumAndNobodyWhoAskedForTheEmergency() {
        refused(with(review("dave", "alice", DIGEST, URGENT.environment()), "dave erin"), "was not approved: 2 people of approver");
        refused(with(review("dave", "alice", DIGEST, URGENT.environment()), "dave bob alice"), "was not approved: 2 people of approver must have approved (1 did)");
        refused(with(review("dave", "bob", DIGEST, URGENT.environment()), "dave alice carol"), "must name the emergency as it was");
    }

    @Test
    void aReviewNamesExactlyTheEmergencyThatWas() {
        refused(with(review("dave", "alice", "b".repeat(64), URGENT.environment()), "dave bob carol"), "must name the emergency as it was");
        refused(with(review("dave", "alice", DIGEST, Environment.DEVELOPMENT), "dave bob carol"), "must name the emergency as it was");
        EmergencyReview ofAnother = new EmergencyReview("review-shop", 1, "dave", NOW, NOW.plusSeconds(600), "shop", 2, DIGEST, URGENT.environment(), "alice", Verdict.JUSTIFIED, "fine", Demand.NONE);
        refused(with(ofAnother, "dave bob carol"), "reviews a version that is no emergency");
        Story disguised = story();
        disguised.seal(Envelope.sign(PayloadType.DEPLOYMENT, document(1).toJson(), keys("alice bob carol")), LedgerEntry.SEALED, "review-shop", 1);
        refused(disguised, "must seal a review of shop");
    }

    @Test
    void aReviewIsReadAsItIsWrittenAndNotByWhoAskedForTheEmergency() {
        EmergencyReview good = review("dave", "alice", DIGEST, Environment.STAGING);
        assertThat(EmergencyReview.parse(good.toJson())).isEqualTo(good);
        assertThat(good.parties()).containsExactly("alice", "dave");
        assertThatThrownBy(() -> EmergencyReview.parse(review("alice", "alice", DIGEST, Environment.STAGING).toJson())).hasMessageContaining("requester: must not be who asked for the emergency");
        assertThatThrownBy(() -> EmergencyReview.parse(review("dave", "alice", "no digest", Environment.STAGING).toJson())).hasMessageContaining("digest: must be a SHA-256 in hex");
        EmergencyReview misnamed = new EmergencyReview("review-blog", 1, "dave", NOW, NOW, "shop", 1, DIGEST, Environment.STAGING, "alice", Verdict.JUSTIFIED, "fine", Demand.NONE);
        assertThatThrownBy(() -> EmergencyReview.parse(misnamed.toJson())).hasMessageContaining("name: must be review-shop, which follows from subject");
        assertThat(EmergencyReview.name("a-deployment-whose-name-is-quite-lon")).hasSize(36).isNotEqualTo(EmergencyReview.name("a-deployment-whose-name-is-quite-loo"));
        assertThat(EmergencyReview.name("a-deployment-whose-name-is-quite-long")).as("as the console computes it").isEqualTo("review-bffce83ee2be28fe8073051feb6df");
    }
}
