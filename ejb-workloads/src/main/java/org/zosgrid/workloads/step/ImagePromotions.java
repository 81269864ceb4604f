package org.zosgrid.workloads.step;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.zosgrid.contract.Fault;
import org.zosgrid.contract.admission.Admission;
import org.zosgrid.contract.admission.NeededPromotion;
import org.zosgrid.contract.document.ChangeDocument;
import org.zosgrid.contract.document.Deployment;
import org.zosgrid.contract.document.Environment;
import org.zosgrid.contract.document.ImagePromotion;
import org.zosgrid.contract.document.Resume;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.model.Change;
import org.zosgrid.model.Changes;
import org.zosgrid.model.Ledger;
import org.zosgrid.workloads.Documents;
import org.zosgrid.workloads.trust.Trust;

/** Which images may run where, as nodes will judge it: asked when a document comes in, when it is verified, planned and sealed; and what must come along to nodes as proof. */
@ApplicationScoped
public class ImagePromotions {
    @Inject private Changes changes;
    @Inject private Ledger ledger;
    @Inject private Trust trust;

    /** What stands against a document, of promotions: that it needs one which does not count, or would be one that makes no sense. */
    public List<Fault> faults(ChangeDocument document) {
        return switch (document) {
            case Deployment deployment -> lacking(deployment);
            case Resume resume -> subject(resume.name()).map(this::lacking).orElse(List.of());
            case ImagePromotion promotion -> promotion.isRevocation() ? revocation(promotion) : promotion(promotion);
            default -> List.of();
        };
    }

    private Optional<Deployment> subject(String name) {
        return changes.current(name).flatMap(Documents::deployment);
    }

    private List<Fault> lacking(Deployment deployment) {
        List<Fault> faults = new ArrayList<>();
        for (NeededPromotion needed : NeededPromotion.of(trust.root(), deployment)) {
            if (needed.image().fingerprint().isPresent()) {
                objection(needed).ifPresent(why -> faults.add(new Fault(needed.field(), "must have been promoted to " + needed.environment() + ", which takes promoted images only ("
                        + needed.name() + ": " + why + ")", needed.image().toString())));
            }
        }
        return faults;
    }

    /** Why no promotion lets an image run in an environment; empty if one does. */
    public Optional<String> objection(NeededPromotion needed) {
        Optional<Change> last = changes.lastSealed(needed.name());
        return last.isEmpty() ? Optional.of("there is none; 'zos image promote' asks for one") : Admission.objection(Envelope.parse(last.get().sealed().orElseThrow()),
                ledger.get(last.get().sealedIndex().orElseThrow()).entry().at(), needed, trust.root(), Optional.empty(), Instant.now());
    }

    /** No image skips an environment that takes promoted images only. */
    private List<Fault> promotion(ImagePromotion promotion) {
        List<Fault> faults = new ArrayList<>();
        promotion.until().filter(end -> !end.isAfter(Instant.now())).ifPresent(end -> faults.add(new Fault("until", "must lie in the future", end.toString())));
        for (Environment before : trust.root().promoted()) {
            if (before.compareTo(promotion.environment()) < 0) {
                objection(new NeededPromotion("image", promotion.image(), before)).ifPresent(why ->
                        faults.add(new Fault("environment", "must come after " + before + ", to which the image must have been promoted first (" + why + ")", promotion.environment().toString())));
            }
        }
        return faults;
    }

    private List<Fault> revocation(ImagePromotion revocation) {
        boolean there = changes.lastSealed(revocation.name()).map(Documents::document).filter(last -> last instanceof ImagePromotion before && !before.isRevocation()).isPresent();
        return there ? List.of() : List.of(new Fault("until", "must be given: there is no promotion of this image to " + revocation.environment() + " that could be revoked", ""));
    }

    /** The promotions that come along with a change to nodes: for each that they will ask for, the newest. Whether it counts, they judge. */
    public List<Change> along(Change change) {
        Optional<Deployment> subject = switch (change.kind()) {
            case DEPLOYMENT -> Documents.deployment(change);
            case RESUME -> subject(change.name());
            default -> Optional.empty();
        };
        Map<String, Change> along = new LinkedHashMap<>();
        subject.ifPresent(deployment -> NeededPromotion.of(trust.root(), deployment).forEach(needed -> changes.lastSealed(needed.name()).ifPresent(last -> along.put(needed.name(), last))));
        return List.copyOf(along.values());
    }

    /** A promotion in a sentence, for the ledger. */
    String shown(Change change) {
        ImagePromotion promotion = (ImagePromotion) Documents.document(change);
        return promotion.image() + (promotion.until().isPresent() ? " may run in " + promotion.environment() + " until " + promotion.until().get() : " may not run in " + promotion.environment() + " any more");
    }
}
