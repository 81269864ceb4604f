package org.zosgrid.contract.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.zosgrid.contract.People.NOW;
import static org.zosgrid.contract.People.document;
import static org.zosgrid.contract.People.keys;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.People;
import org.zosgrid.contract.document.Decommission;
import org.zosgrid.contract.document.Environment;
import org.zosgrid.contract.document.Receipt;
import org.zosgrid.contract.document.Withdrawal;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.envelope.PayloadType;
import org.zosgrid.contract.ledger.LedgerEntry;

class AuditBundleTest {
    private static final Story WHOLE = Story.whole();
    private static final Envelope PINNED = WHOLE.roots.getFirst();
    private static final byte[] BUNDLE = WHOLE.bundle().toJson();

    @Test
    void itSaysWhoApprovedWhatWhenUnderWhichRootAndRule() {
        AuditReport report = AuditBundle.verify(BUNDLE, PINNED, 2);
        assertThat(report.name()).isEqualTo("shop");
        assertThat(report.rootVersion()).isEqualTo(2);
        List<AuditReport.Change> changes = report.events().stream().flatMap(event -> event.change().stream()).toList();
        assertThat(changes).extracting(change -> change.document().version()).containsExactly(1L, 2L, 3L);
        assertThat(changes).extracting(AuditReport.Change::rootVersion).containsExactly(1L, 2L, 2L);
        assertThat(changes.getFirst().approvers()).containsExactly("bob", "carol", "erin");
        assertThat(changes.getFirst().rules()).containsExactly("rule 'every-change' of the trust root", "rule 'own' of the document");
        assertThat(changes.get(1).rules()).contains("rule 'own' of the running version");
        assertThat(report.events()).extracting(event -> event.entry().kind()).contains("submitted", "approved", "sealed", "root-rotated");
        assertThat(report.events().stream().filter(event -> event.change().isPresent())).allSatisfy(event ->
                assertThat(event.receipts()).singleElement().extracting(Receipt::outcome).isEqualTo(Receipt.Outcome.ACCEPTED));
    }

    @Test
    void aBundleSurvivesItsJson() {
        assertThat(AuditBundle.parse(BUNDLE).toJson()).isEqualTo(BUNDLE);
    }

    @Test
    void aSealedVersionThatWasNotApprovedIsFound() {
        refused(story -> story.change(document(1), "alice bob", 1), "version 1 at index", "was not approved: 2 people of approver");
        refused(story -> {
            story.change(document(1, "production", 1, Story.SECURITY_TOO), "alice bob carol erin", 1);
            story.change(document(2), "alice bob carol", 1);
        }, "rule 'own' of the running version");
        refused(story -> {
            story.change(document(1), "alice bob carol", 1);
            story.seal(Envelope.sign(PayloadType.DECOMMISSION, new Decommission("shop", 2, "alice", NOW, NOW.plusSeconds(600), "").toJson(), keys("alice")), LedgerEntry.SEALED, "shop", 2);
        }, "was not approved");
    }

    @Test
    void aVersionThatIsLeftOutOrRepeatedIsFound() {
        refused(story -> story.change(document(2), "alice bob carol", 1), "must begin with version 1");
        refused(story -> {
            story.change(document(1), "alice bob carol", 1);
            story.change(document(3), "alice bob carol", 1);
        }, "version-gap");
        refused(story -> {
            story.change(document(1), "alice bob carol", 1);
            story.change(document(1), "alice bob carol", 1);
        }, "replayed");
    }

    @Test
    void aVersionThatNoNodeTookMayBeSealedAgain() {
        Story story = new Story();
        story.seal(Envelope.sign(PayloadType.DEPLOYMENT, document(1).toJson(), keys("alice bob carol")), LedgerEntry.SEALED, "shop", 1);
        story.receipt(1, Receipt.Outcome.REFUSED, 1);
        story.change(document(1, "staging", 1, ""), "alice bob dave", 1);
        assertThat(AuditBundle.verify(story.bundle().toJson(), story.roots.getFirst(), 0).events()).isNotEmpty();
    }

    @Test
    void whatANodeTookWithoutThePromotionsOfItsImagesIsFound() {
        Story story = new Story(Set.of(Environment.PRODUCTION));
        story.change(document(1), "alice bob carol", 1);
        assertThatThrownBy(() -> AuditBundle.verify(story.bundle().toJson(), story.roots.getFirst(), 0))
                .hasMessageContaining("compute-1 accepted what it must refuse: machines[0].image").hasMessageContaining("none came along");
        Story refused = new Story(Set.of(Environment.PRODUCTION));
        refused.seal(Envelope.sign(PayloadType.DEPLOYMENT, document(1).toJson(), keys("alice bob carol")), LedgerEntry.SEALED, "shop", 1);
        refused.receipt(1, Receipt.Outcome.REFUSED, 1);
        assertThat(AuditBundle.verify(refused.bundle().toJson(), refused.roots.getFirst(), 0).events()).isNotEmpty();
        Story staging = new Story(Set.of(Environment.PRODUCTION));
        staging.change(document(1, "staging", 1, ""), "alice bob carol", 1);
        assertThat(AuditBundle.verify(staging.bundle().toJson(), staging.roots.getFirst(), 0).events()).isNotEmpty();
    }

    @Test
    void aWithdrawalIsShownAndLiftsNoPolicy() {
        refused(story -> {
            story.change(document(1, "production", 1, Story.SECURITY_TOO), "alice bob carol erin", 1);
            story.seal(Envelope.sign(PayloadType.WITHDRAWAL, new Withdrawal("shop", 1, "failed", NOW).toJson()), LedgerEntry.WITHDRAWN, "shop", 1);
            story.change(document(2), "alice bob carol", 1);
        }, "rule 'own' of the running version");
    }

    @Test
    void theTrustRootsMustBeAChainFromThePinnedOneAndNoRotationMayBeHidden() {
        Envelope other = Envelope.sign(PayloadType.TRUST_ROOT, Story.root(1, People.roles()).toJson().clone(), keys("bob dave"));
        // The same document with other signatures is the same root; another document is not.
        assertThat(AuditBundle.verify(BUNDLE, other, 0).rootVersion()).isEqualTo(2);
        Story unrelated = new Story();
        unrelated.rotate("2 bob dave", "bob carol");
        broken(bundle -> with(bundle, unrelated.roots.subList(1, 2)), "must hold the trust root that is pinned");
        broken(bundle -> new AuditBundle(bundle.name(), NOW, bundle.roots().subList(0, 1), bundle.checkpoint(), bundle.entries(), bundle.contracts(), List.of()), "must rotate the trust root to the next version");
        assertThatThrownBy(() -> AuditBundle.verify(BUNDLE, PINNED, 3)).hasMessageContaining("must reach version 3");
        broken(bundle -> new AuditBundle(bundle.name(), NOW, bundle.roots(), bundle.checkpoint(),
                bundle.entries().stream().filter(each -> !new String(each.entry(), java.nio.charset.StandardCharsets.UTF_8).contains("root-rotated")).toList(),
                bundle.contracts(), bundle.receipts()), "every rotation of the trust root");
        assertThatThrownBy(() -> AuditBundle.verify(BUNDLE, WHOLE.roots.get(1), 0)).hasMessageContaining("before the pinned trust root was in force");
    }

    @Test
    void everyPartMustFitTheOthers() {
        AuditBundle bundle = AuditBundle.parse(BUNDLE);
        List<ProvedEntry> reversed = new ArrayList<>(bundle.entries());
        reversed.add(1, reversed.removeFirst());
        broken(each -> new AuditBundle("shop", NOW, each.roots(), each.checkpoint(), reversed, each.contracts(), each.receipts()), "must ascend");
        broken(each -> new AuditBundle("blog", NOW, each.roots(), each.checkpoint(), each.entries(), each.contracts(), each.receipts()), "must be about blog");
        broken(each -> new AuditBundle("shop", NOW, each.roots(), each.checkpoint(), each.entries(), each.contracts().subList(1, 3), each.receipts().subList(1, 2)), "what the entry at");
        broken(each -> new AuditBundle("shop", NOW, each.roots(), each.checkpoint(), each.entries(), List.of(), each.receipts()), "must be about contracts of this bundle");
        Envelope forged = Envelope.sign(PayloadType.RECEIPT, each(bundle.receipts().getFirst()), keys("mallory"));
        broken(each -> new AuditBundle("shop", NOW, each.roots(), each.checkpoint(), each.entries(), each.contracts(), List.of(forged)), "must be signed by a node");
        ProvedEntry first = bundle.entries().getFirst();
        List<ProvedEntry> moved = new ArrayList<>(bundle.entries());
        moved.set(0, new ProvedEntry(0, first.entry(), first.path()));
        broken(each -> new AuditBundle("shop", NOW, each.roots(), each.checkpoint(), moved, each.contracts(), each.receipts()), "does not lead to its root hash");
    }

    @Property(tries = 400)
    void aChangedByteNeverChangesWhatIsSaid(@ForAll int place, @ForAll byte change) {
        byte[] changed = BUNDLE.clone();
        changed[Math.floorMod(place, changed.length)] ^= change == 0 ? 1 : change;
        try {
            AuditReport report = AuditBundle.verify(changed, PINNED, 2);
            // Base64 has bits without meaning, a fifth signature may break where four are enough, and the time of export is for people.
            List<String> said = report.events().stream().map(event -> event.index() + event.entry().toString() + event.change().map(each -> each.digest() + each.document()).orElse("")).toList();
            List<String> true_ = AuditBundle.verify(BUNDLE, PINNED, 2).events().stream()
                    .map(event -> event.index() + event.entry().toString() + event.change().map(each -> each.digest() + each.document()).orElse("")).toList();
            assertThat(said).isEqualTo(true_);
        } catch (ContractException refused) {
            assertThat(refused.faults()).isNotEmpty();
        }
    }

    @Property(tries = 300)
    void nonsenseIsRefused(@ForAll byte[] nonsense) {
        assertThatThrownBy(() -> AuditBundle.verify(nonsense, PINNED, 0)).isInstanceOf(ContractException.class);
    }

    private static byte[] each(Envelope envelope) {
        return envelope.payload();
    }

    private static AuditBundle with(AuditBundle bundle, List<Envelope> roots) {
        return new AuditBundle(bundle.name(), NOW, roots, bundle.checkpoint(), bundle.entries(), bundle.contracts(), bundle.receipts());
    }

    private static void broken(UnaryOperator<AuditBundle> change, String message) {
        AuditBundle bundle = change.apply(AuditBundle.parse(BUNDLE));
        assertThatThrownBy(() -> AuditBundle.verify(bundle.toJson(), PINNED, 0)).isInstanceOf(ContractException.class).hasMessageContaining(message);
    }

    private static void refused(java.util.function.Consumer<Story> told, String... messages) {
        Story story = new Story();
        told.accept(story);
        var thrown = assertThatThrownBy(() -> AuditBundle.verify(story.bundle().toJson(), story.roots.getFirst(), 0)).isInstanceOf(ContractException.class);
        for (String message : messages) {
            thrown.hasMessageContaining(message);
        }
    }
}
