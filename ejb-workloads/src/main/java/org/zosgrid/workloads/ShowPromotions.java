package org.zosgrid.workloads;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.admission.NeededPromotion;
import org.zosgrid.contract.document.ImagePromotion;
import org.zosgrid.contract.document.ImageReference;
import org.zosgrid.contract.document.Receipt;
import org.zosgrid.model.Approval;
import org.zosgrid.model.Change;
import org.zosgrid.model.ChangeState;
import org.zosgrid.model.Changes;
import org.zosgrid.model.Dispatch;
import org.zosgrid.model.NodeReceipts;
import org.zosgrid.workloads.RefusedException.Kind;
import org.zosgrid.workloads.step.ImagePromotions;
import org.zosgrid.workloads.trust.Trust;
import org.zosgrid.workloads.view.Page;
import org.zosgrid.workloads.view.PromotionView;

/** Shows which images may run where, who said so, and which nodes have heard of what was revoked. */
@Stateless
public class ShowPromotions {
    private static final int BATCH = 200;

    @Inject private Changes changes;
    @Inject private NodeReceipts receipts;
    @Inject private ImagePromotions promotions;
    @Inject private Trust trust;

    /**
     * Promotions in the order of their names.
     *
     * @param reference of an image, with or without its fingerprint; empty for all
     * @param cursor the last name of the page before, or empty
     * @throws RefusedException INVALID if that is no image
     */
    public Page<PromotionView> list(String reference, String cursor, int limit) {
        Optional<ImageReference> wanted;
        try {
            wanted = reference.isEmpty() ? Optional.empty() : Optional.of(ImageReference.parse(reference));
        } catch (ContractException malformed) {
            throw new RefusedException(Kind.INVALID, "This is no image", malformed.faults());
        }
        List<PromotionView> found = new ArrayList<>();
        String after = cursor;
        for (List<Change> batch = changes.newestPromotions(after, BATCH); !batch.isEmpty() && found.size() <= limit; batch = changes.newestPromotions(after, BATCH)) {
            batch.stream().filter(each -> wanted.isEmpty() || fits(wanted.get(), document(each).image())).limit(limit + 1L - found.size()).map(this::view).forEach(found::add);
            after = batch.getLast().name();
        }
        boolean more = found.size() > limit;
        List<PromotionView> page = more ? found.subList(0, limit) : found;
        return new Page<>(page, more ? Optional.of(page.getLast().name()) : Optional.empty());
    }

    private static boolean fits(ImageReference wanted, ImageReference image) {
        return wanted.fingerprint().isPresent() ? wanted.equals(image) : wanted.name().equals(image.name());
    }

    private static ImagePromotion document(Change change) {
        return (ImagePromotion) Documents.document(change);
    }

    private PromotionView view(Change change) {
        ImagePromotion promotion = document(change);
        List<String> signers = new ArrayList<>(List.of(change.requester()));
        changes.approvals(change.id()).stream().map(Approval::person).forEach(signers::add);
        List<String> told = new ArrayList<>();
        List<String> untold = new ArrayList<>();
        if (change.state() == ChangeState.REVOKED) {
            trust.root().nodes().keySet().forEach(node -> (hasTaken(change, node) ? told : untold).add(node));
        }
        return new PromotionView(change.name(), change.version(), promotion.image().toString(), promotion.environment().toString(), change.state().toString(), promotion.until(), change.requester(), signers,
                change.submittedAt(), promotions.objection(new NeededPromotion("image", promotion.image(), promotion.environment())), told, untold);
    }

    private boolean hasTaken(Change change, String node) {
        return changes.dispatch(change.id(), node, Dispatch.CONTRACT).filter(dispatch -> dispatch.sequence().isPresent()).stream()
                .flatMap(dispatch -> receipts.of(node, dispatch.digest()).stream()).anyMatch(receipt -> receipt.outcome().equals(Receipt.Outcome.ACCEPTED.toString()));
    }
}
