package org.zosgrid.contract.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.zosgrid.contract.People.LEDGER;
import static org.zosgrid.contract.People.NOW;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.People;
import org.zosgrid.contract.admission.Decision.Reason;
import org.zosgrid.contract.document.ChangeDocument;
import org.zosgrid.contract.document.Environment;
import org.zosgrid.contract.document.ImagePromotion;
import org.zosgrid.contract.document.ImageReference;
import org.zosgrid.contract.document.Resume;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.ledger.LedgerEntry;
import org.zosgrid.contract.ledger.LedgerKey;
import org.zosgrid.contract.ledger.MerkleTree;
import org.zosgrid.contract.ledger.SealedContract;
import org.zosgrid.contract.ledger.Witnesses;
import org.zosgrid.contract.policy.ChangeClass;
import org.zosgrid.contract.policy.Kind;
import org.zosgrid.contract.policy.Policy;
import org.zosgrid.contract.trust.TrustRoot;

/** Where the trust root lets only promoted images run, a node wants each one's promotion, and looks at it as hard as at the contract. */
class PromotionTest {
    private static final ImageReference IMAGE = ImageReference.parse(People.IMAGE);
    private static final Policy POLICY = Policy.quorum("approver", 2);
    private static final TrustRoot FREE = People.root(POLICY);
    private static final TrustRoot ROOT = promoted(FREE, Environment.PRODUCTION);
    private static final Instant UNTIL = NOW.plus(Duration.ofDays(30));

    private final Map<String, Accepted> accepted = new HashMap<>();
    private Instant now = NOW;

    @Test
    void withoutAPromotionItIsRefusedAndTheFieldIsNamed() {
        Decision decision = decide(ROOT, contract(People.document(1)));
        assertThat(decision).isInstanceOfSatisfying(Decision.Refuse.class, refused -> {
            assertThat(refused.reason()).isEqualTo(Reason.IMAGE_NOT_PROMOTED);
            assertThat(refused.reason()).hasToString("image-not-promoted");
            assertThat(refused.message()).contains("machines[0].image: " + IMAGE + " must have been promoted to production", "none came along");
        });
    }

    @Test
    void withItsPromotionItIsAccepted() {
        assertThat(decide(ROOT, contract(People.document(1), promotion(1, IMAGE, Environment.PRODUCTION)))).isInstanceOf(Decision.Accept.class);
    }

    @Test
    void otherEnvironmentsAndTrustRootsThatDoNotAskTakeAnyImage() {
        assertThat(decide(ROOT, contract(People.document(1, "staging", 1, "")))).isInstanceOf(Decision.Accept.class);
        assertThat(decide(FREE, contract(People.document(1)))).isInstanceOf(Decision.Accept.class);
    }

    @Test
    void nothingGetsToProductionPastStaging() {
        TrustRoot both = promoted(FREE, Environment.STAGING, Environment.PRODUCTION);
        refused(both, contract(People.document(1), promotion(1, IMAGE, Environment.PRODUCTION)), "must have been promoted to staging");
        assertThat(decide(both, contract(People.document(1), promotion(1, IMAGE, Environment.PRODUCTION), promotion(1, IMAGE, Environment.STAGING)))).isInstanceOf(Decision.Accept.class);
        assertThat(decide(both, contract(People.document(1, "staging", 1, ""), promotion(1, IMAGE, Environment.STAGING)))).isInstanceOf(Decision.Accept.class);
        assertThat(decide(both, contract(People.document(1, "development", 1, "")))).isInstanceOf(Decision.Accept.class);
    }

    @ParameterizedTest
    @CsvSource({"demo/web:1.0,b", "demo/web:1.1,a", "demo/other:1.0,a"})
    void anotherFingerprintTagOrNameIsAnotherImage(String name, String digit) {
        ImageReference other = ImageReference.parse(name + "@sha256:" + digit.repeat(64));
        refused(ROOT, contract(People.document(1), promotion(1, other, Environment.PRODUCTION)), "none came along");
    }

    @Test
    void aPromotionToStagingIsNoneToProduction() {
        refused(ROOT, contract(People.document(1), promotion(1, IMAGE, Environment.STAGING)), "none came along");
    }

    @ParameterizedTest
    @CsvSource({"alice bob,2 people of approver must have approved", "alice bob bob-too,2 people of approver", "bob carol,no valid signature by 'alice'", "mallory,no valid signature by 'alice'"})
    void itsApprovalsAreCountedAsThoseOfAnyChange(String signers, String why) {
        refused(ROOT, contract(People.document(1), new Promised(promotion(1, IMAGE, Environment.PRODUCTION).document(), signers, NOW, LEDGER)), why);
    }

    @Test
    void itCountsUntilTheMomentThatItNamesHoweverLongAgoItWasApproved() {
        Promised promotion = promotion(1, IMAGE, Environment.PRODUCTION);
        now = NOW.plus(Duration.ofMinutes(9)); // later than its approvals could be given, if it expired after five
        assertThat(decide(ROOT, contract(People.document(1), new Promised(document(1, IMAGE, Environment.PRODUCTION, NOW.plus(Duration.ofMinutes(5)), Optional.of(UNTIL)), "alice bob carol", NOW, LEDGER))))
                .isInstanceOf(Decision.Accept.class);
        refused(ROOT, contract(People.document(1), new Promised(document(1, IMAGE, Environment.PRODUCTION, NOW.plusSeconds(60), Optional.of(NOW.plusSeconds(300))), "alice bob carol", NOW, LEDGER)), "it counted until");
        refused(ROOT, contract(People.document(1), new Promised(promotion.document(), "alice bob carol", NOW.plus(Duration.ofHours(2)), LEDGER)), "it says it was sealed at");
    }

    @Test
    void whatWasSealedAfterItCouldBeApprovedDoesNotCount() {
        ImagePromotion late = document(1, IMAGE, Environment.PRODUCTION, NOW.plusSeconds(60), Optional.of(UNTIL));
        refused(ROOT, contract(People.document(1), new Promised(late, "alice bob carol", NOW.plusSeconds(61), LEDGER)), "it could be accepted until");
    }

    @Test
    void whatTheLedgerDoesNotHoldDoesNotCount() {
        Promised promotion = promotion(1, IMAGE, Environment.PRODUCTION);
        SealedContract whole = SealedContract.parse(contract(People.document(1), promotion));
        SealedContract alone = SealedContract.parse(contract(promotion.document()));
        refused(ROOT, whole.with(List.of(alone)).toJson(), "another checkpoint than the contract");
        SealedContract forged = whole.promotions().getFirst();
        refused(ROOT, whole.with(List.of(new SealedContract(forged.envelope(), entry(promotion.document(), "0".repeat(64), NOW), forged.proof()))).toJson(), "digest 0000");
        Promised other = new Promised(promotion.document(), "alice bob carol", NOW, LedgerKey.generate("ledger.example"));
        refused(ROOT, whole.with(SealedContract.parse(contract(People.document(1), other)).promotions()).toJson(), "must be the ledger's Ed25519 and ML-DSA-44 signatures");
    }

    @Test
    void aRevocationIsTakenByNodesAndIsTheLastWordOnAllBeforeIt() {
        ImagePromotion revocation = document(2, IMAGE, Environment.PRODUCTION, NOW.plusSeconds(600), Optional.empty());
        now = NOW.plus(Duration.ofDays(3)); // the node was away
        Decision decision = decide(promotedLong(), seal(revocation, "alice bob carol", NOW));
        assertThat(decision).isInstanceOfSatisfying(Decision.Accept.class, accept -> assertThat(accept.document()).isEqualTo(revocation));
        accepted.put(revocation.name(), Accepted.decommissioned(2, "f".repeat(64)));
        now = NOW;
        refused(ROOT, contract(People.document(1), promotion(1, IMAGE, Environment.PRODUCTION)), "is not above 2");
        refused(ROOT, contract(People.document(1), new Promised(revocation, "alice bob carol", NOW, LEDGER)), "version 2 revokes it");
        assertThat(decide(ROOT, contract(People.document(1), promotion(3, IMAGE, Environment.PRODUCTION)))).isInstanceOf(Decision.Accept.class);
    }

    @Test
    void aRevocationNeedsApprovalsTooAndAPromotionDoesNotComeAlone() {
        ImagePromotion revocation = document(2, IMAGE, Environment.PRODUCTION, NOW.plusSeconds(600), Optional.empty());
        assertThat(decide(ROOT, seal(revocation, "alice bob", NOW))).isInstanceOfSatisfying(Decision.Refuse.class, refused -> assertThat(refused.reason()).isEqualTo(Reason.QUORUM_NOT_REACHED));
        assertThat(decide(ROOT, seal(promotion(1, IMAGE, Environment.PRODUCTION).document(), "alice bob carol", NOW)))
                .isInstanceOfSatisfying(Decision.Refuse.class, refused -> assertThat(refused.reason()).isEqualTo(Reason.UNKNOWN_KIND));
    }

    @Test
    void whatStandsStillResumesOnlyAsWhatMayRun() {
        accepted.put("shop", new Accepted(2, "e".repeat(64), Accepted.State.PAUSED, Optional.of(People.document(1))));
        Resume resume = new Resume("shop", 3, "alice", NOW, NOW.plusSeconds(600), "go on");
        refused(ROOT, contract(resume), "none came along");
        assertThat(decide(ROOT, contract(resume, promotion(1, IMAGE, Environment.PRODUCTION)))).isInstanceOf(Decision.Accept.class);
    }

    @Test
    void rulesAreAskedOfTheEnvironmentItIsPromotedTo() {
        ChangeClass change = ChangeClass.of(promotion(1, IMAGE, Environment.PRODUCTION).document(), Optional.empty());
        assertThat(change.kinds()).containsExactly(Kind.PROMOTION);
        assertThat(ChangeClass.of(document(2, IMAGE, Environment.PRODUCTION, NOW.plusSeconds(600), Optional.empty()), Optional.empty()).kinds()).containsExactly(Kind.REVOCATION);
        for (String match : List.of("\"kinds\":[\"promotion\"]", "\"environments\":[\"production\"]", "\"exposed\":true", "\"exposed\":false", "\"machines\":9", "\"memory\":\"64GiB\"")) {
            assertThat(People.policy(rule(match)).rules().getFirst().matches(change)).as(match).isTrue();
        }
        for (String match : List.of("\"kinds\":[\"revocation\"]", "\"environments\":[\"staging\"]", "\"kinds\":[\"create\"]")) {
            assertThat(People.policy(rule(match)).rules().getFirst().matches(change)).as(match).isFalse();
        }
    }

    @Test
    void theTrustRootSaysItAndOldOnesReadAsBefore() {
        assertThat(TrustRoot.parse(ROOT.toJson()).promoted()).containsExactly(Environment.PRODUCTION);
        assertThat(new String(FREE.toJson(), java.nio.charset.StandardCharsets.UTF_8)).doesNotContain("promoted");
        String wrong = new String(ROOT.toJson(), java.nio.charset.StandardCharsets.UTF_8).replace("\"promoted\":[\"production\"]", "\"promoted\":[\"moon\"]");
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> TrustRoot.parse(wrong.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .isInstanceOf(ContractException.class).hasMessageContaining("promoted: must be one of development, staging, production");
    }

    @Test
    void anAuditorFindsWhatANodeShouldHaveRefused() {
        assertThat(Admission.lackingPromotion(SealedContract.parse(contract(People.document(1))), People.document(1), ROOT, NOW)).get().asString().contains("none came along");
        assertThat(Admission.lackingPromotion(SealedContract.parse(contract(People.document(1), promotion(1, IMAGE, Environment.PRODUCTION))), People.document(1), ROOT, NOW)).isEmpty();
    }

    private static String rule(String match) {
        return "{\"name\":\"one\",\"match\":{" + match + "},\"require\":{\"groups\":{\"approver\":1}}}";
    }

    /** A promotion, who signed it, when it was sealed and in whose ledger. */
    private record Promised(ImagePromotion document, String signers, Instant sealed, LedgerKey ledger) {}

    private static Promised promotion(long version, ImageReference image, Environment environment) {
        return new Promised(document(version, image, environment, NOW.plusSeconds(600), Optional.of(UNTIL)), "alice bob carol", NOW, LEDGER);
    }

    private static ImagePromotion document(long version, ImageReference image, Environment environment, Instant expires, Optional<Instant> until) {
        return new ImagePromotion(ImagePromotion.name(image, environment), version, "alice", NOW, expires, "tried", image, environment, until);
    }

    private static TrustRoot promoted(TrustRoot root, Environment... environments) {
        return new TrustRoot(root.version(), root.expires(), root.keys(), root.roles(), root.policy(), root.nodes(), root.ledger(), root.witnesses(), Set.of(environments));
    }

    private static TrustRoot promotedLong() {
        return promoted(People.root(1, NOW.plus(Duration.ofDays(30)), People.roles(), POLICY, Witnesses.NONE), Environment.PRODUCTION);
    }

    private static byte[] entry(ChangeDocument document, String digest, Instant at) {
        return new LedgerEntry(LedgerEntry.SEALED, document.name(), document.version(), digest, at, "").toJson();
    }

    private static byte[] seal(ChangeDocument document, String signers, Instant at) {
        return sealed(Envelope.sign(document.payloadType(), document.toJson(), People.keys(signers)), document, at, LEDGER, List.of()).toJson();
    }

    /** A contract with its promotions, in one checkpoint; a promotion of another ledger's key has that one's. */
    private static byte[] contract(ChangeDocument document, Promised... promotions) {
        Envelope envelope = Envelope.sign(document.payloadType(), document.toJson(), People.keys("alice bob carol"));
        return sealed(envelope, document, NOW, promotions.length == 0 ? LEDGER : promotions[0].ledger(), List.of(promotions)).toJson();
    }

    private static SealedContract sealed(Envelope envelope, ChangeDocument document, Instant at, LedgerKey ledger, List<Promised> promotions) {
        MerkleTree tree = new MerkleTree();
        List<Envelope> envelopes = new ArrayList<>();
        for (Promised each : promotions) {
            envelopes.add(Envelope.sign(each.document().payloadType(), each.document().toJson(), People.keys(each.signers())));
            tree.append(entry(each.document(), envelopes.getLast().digest(), each.sealed()));
        }
        byte[] entry = entry(document, envelope.digest(), at);
        long index = tree.append(entry);
        String checkpoint = org.zosgrid.contract.ledger.Checkpoint.of(tree, ledger).sign(ledger, NOW);
        List<SealedContract> along = new ArrayList<>();
        for (int i = 0; i < promotions.size(); i++) {
            Promised each = promotions.get(i);
            along.add(SealedContract.of(envelopes.get(i), entry(each.document(), envelopes.get(i).digest(), each.sealed()), i, tree, checkpoint, List.of()));
        }
        return SealedContract.of(envelope, entry, index, tree, checkpoint, List.of()).with(along);
    }

    private Decision decide(TrustRoot root, byte[] contract) {
        return Admission.decide(contract, root, new NodeView("compute-1", now, name -> Optional.ofNullable(accepted.get(name)), Optional.empty()));
    }

    private void refused(TrustRoot root, byte[] contract, String why) {
        assertThat(decide(root, contract)).isInstanceOfSatisfying(Decision.Refuse.class, refused -> {
            assertThat(refused.reason()).as(refused.message()).isEqualTo(Reason.IMAGE_NOT_PROMOTED);
            assertThat(refused.message()).contains(why);
        });
    }
}
