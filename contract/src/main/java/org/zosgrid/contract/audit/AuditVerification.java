package org.zosgrid.contract.audit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.Digests;
import org.zosgrid.contract.admission.Accepted;
import org.zosgrid.contract.admission.Admission;
import org.zosgrid.contract.document.ChangeDocument;
import org.zosgrid.contract.document.Decommission;
import org.zosgrid.contract.document.Deployment;
import org.zosgrid.contract.document.EmergencyReview;
import org.zosgrid.contract.document.ImagePromotion;
import org.zosgrid.contract.document.Model;
import org.zosgrid.contract.document.NodeAdmission;
import org.zosgrid.contract.document.NodeRetirement;
import org.zosgrid.contract.document.Pause;
import org.zosgrid.contract.document.Receipt;
import org.zosgrid.contract.document.Resume;
import org.zosgrid.contract.document.Skip;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.envelope.PayloadType;
import org.zosgrid.contract.ledger.Checkpoint;
import org.zosgrid.contract.ledger.LedgerEntry;
import org.zosgrid.contract.ledger.SealedContract;
import org.zosgrid.contract.trust.TrustRoot;
import org.zosgrid.contract.trust.TrustedNode;

/** Goes through a bundle as a node went through its log: entry by entry, each under the trust root that was in force there. */
final class AuditVerification {
    private final AuditBundle bundle;
    /** By version, from the pinned one on. */
    private final TreeMap<Long, TrustRoot> roots = new TreeMap<>();
    private final Map<Long, String> rootDigests = new HashMap<>();
    /** By the digest of the entry's bytes. */
    private final Map<String, Envelope> envelopes = new HashMap<>();
    private final Map<String, SealedContract> contracts = new HashMap<>();
    private final Map<String, List<Receipt>> receipts = new HashMap<>();

    private TrustRoot inForce;
    /** Whether the pinned trust root is in force: the first always is, a later one from its entry on. */
    private boolean begun;
    private Optional<Accepted> last = Optional.empty();
    /** What was last before {@link #last} was sealed, and whether any node took it since. */
    private Optional<Accepted> beforeLast = Optional.empty();
    private boolean lastWasAccepted;
    /** Emergencies so far, by version. */
    private final TreeMap<Long, AuditReport.Emergency> emergencies = new TreeMap<>();
    private Optional<Accepted> lastReview = Optional.empty();

    AuditVerification(AuditBundle bundle, Envelope pinned) {
        this.bundle = bundle;
        this.inForce = followRoots(pinned);
        this.begun = inForce.version() == 1;
    }

    AuditReport run(long atLeast) {
        TrustRoot newest = roots.lastEntry().getValue();
        if (newest.version() < atLeast) {
            throw new ContractException("roots", "must reach version " + atLeast + " of the trust root, which is known to exist", Long.toString(newest.version()));
        }
        Checkpoint checkpoint = Checkpoint.verify(bundle.checkpoint(), newest.ledger());
        Set<String> cosigners = newest.witnesses().cosigners(bundle.checkpoint(), checkpoint);
        if (cosigners.size() < newest.witnesses().threshold()) {
            throw new ContractException("checkpoint", "must be cosigned by " + newest.witnesses().threshold() + " witnesses", cosigners.toString());
        }
        readContracts();
        readReceipts();
        List<AuditReport.Event> events = new ArrayList<>();
        long previous = -1;
        for (ProvedEntry each : bundle.entries()) {
            if (each.index() <= previous) {
                throw new ContractException("entries", "must ascend by index", Long.toString(each.index()));
            }
            previous = each.index();
            each.verify(checkpoint);
            events.add(event(each));
        }
        if (inForce.version() != newest.version()) {
            throw new ContractException("entries", "must hold the ledger's entry for every rotation of the trust root; the last one is of version " + inForce.version(),
                    "roots up to version " + newest.version());
        }
        return new AuditReport(bundle.name(), checkpoint, newest.version(), cosigners, events, List.copyOf(emergencies.values()));
    }

    /** Forward only: that a later root was signed by an earlier one's holders says nothing about the earlier one. */
    private TrustRoot followRoots(Envelope pinned) {
        TrustRoot root = TrustRoot.verify(pinned, java.time.Instant.MIN);
        roots.put(root.version(), root);
        rootDigests.put(root.version(), pinned.digest());
        boolean found = false;
        for (Envelope each : bundle.roots()) {
            if (found) {
                root = root.successor(each);
                roots.put(root.version(), root);
                rootDigests.put(root.version(), each.digest());
            } else {
                found = each.digest().equals(pinned.digest());
            }
        }
        if (!found) {
            throw new ContractException("roots", "must hold the trust root that is pinned, version " + root.version() + ", digest " + pinned.digest());
        }
        return roots.firstEntry().getValue();
    }

    private void readContracts() {
        for (byte[] each : bundle.contracts()) {
            SealedContract contract = SealedContract.parse(each);
            contracts.put(Digests.sha256Hex(each), contract);
            envelopes.put(Digests.sha256Hex(contract.entry()), Envelope.parse(contract.envelope()));
        }
    }

    /** A receipt counts for the entry of the contract it names, if a node of the trust root it names signed it. */
    private void readReceipts() {
        Map<String, String> entryOf = new HashMap<>();
        for (byte[] each : bundle.contracts()) {
            entryOf.put(Digests.sha256Hex(each), Digests.sha256Hex(SealedContract.parse(each).entry()));
        }
        for (Envelope each : bundle.receipts()) {
            if (!each.payloadType().equals(PayloadType.RECEIPT)) {
                throw new ContractException("receipts", "must be receipts", each.payloadType());
            }
            Receipt receipt = Receipt.parse(each.payload());
            if (receipt.rootVersion() < roots.firstKey()) {
                throw new ContractException("receipts", "one was written before the pinned trust root was in force; pin an earlier one", "version " + roots.firstKey() + " is pinned");
            }
            TrustRoot root = roots.get(receipt.rootVersion());
            TrustedNode node = root == null ? null : root.nodes().get(receipt.node());
            if (root == null || node == null || !each.verifiedBy(root::key).contains(node.key())) {
                throw new ContractException("receipts", "must be signed by a node that the trust root knows", receipt.node() + " under version " + receipt.rootVersion());
            }
            String entry = entryOf.get(receipt.contractDigest());
            if (entry == null) {
                throw new ContractException("receipts", "must be about contracts of this bundle", receipt.node() + " about " + receipt.contractDigest());
            }
            receipts.computeIfAbsent(entry, key -> new ArrayList<>()).add(receipt);
        }
    }

    private AuditReport.Event event(ProvedEntry proved) {
        LedgerEntry entry = LedgerEntry.parse(proved.entry());
        List<Receipt> told = receipts.getOrDefault(Digests.sha256Hex(proved.entry()), List.of());
        if (entry.kind().equals(LedgerEntry.ROOT_ROTATED)) {
            rotate(entry);
            return new AuditReport.Event(proved.index(), entry, Optional.empty(), told);
        }
        if (entry.name().equals(EmergencyReview.name(bundle.name()))) {
            Optional<AuditReport.Change> review = entry.kind().equals(LedgerEntry.SEALED) ? Optional.of(review(proved, entry)) : Optional.empty();
            return new AuditReport.Event(proved.index(), entry, review, told);
        }
        if (!entry.name().equals(bundle.name())) {
            throw new ContractException("entries", "must be about " + bundle.name(), entry.name());
        }
        Optional<AuditReport.Change> change = Optional.empty();
        switch (entry.kind()) {
            case LedgerEntry.SEALED -> change = Optional.of(sealed(proved, entry, told));
            case LedgerEntry.WITHDRAWN -> last = last.map(accepted -> accepted.version() == entry.version() ? accepted.withdrawn() : accepted);
            default -> {}
        }
        return new AuditReport.Event(proved.index(), entry, change, told);
    }

    private void rotate(LedgerEntry entry) {
        if (entry.version() <= roots.firstKey()) {
            begun |= entry.version() == roots.firstKey() && entry.digest().equals(rootDigests.get(entry.version()));
            return;
        }
        if (entry.version() != inForce.version() + 1 || !entry.digest().equals(rootDigests.get(entry.version()))) {
            throw new ContractException("entries", "must rotate the trust root to the next version of the chain, " + (inForce.version() + 1), "version " + entry.version() + ", digest " + entry.digest());
        }
        inForce = roots.get(entry.version());
    }

    private Envelope envelope(ProvedEntry proved, LedgerEntry entry) {
        if (!begun) {
            throw new ContractException("entries", "the one at index " + proved.index() + " was decided before the pinned trust root was in force; pin an earlier one",
                    "version " + roots.firstKey() + " is pinned");
        }
        Envelope envelope = envelopes.get(Digests.sha256Hex(proved.entry()));
        if (envelope == null || !envelope.digest().equals(entry.digest())) {
            throw new ContractException("contracts", "must hold what the entry at " + proved.index() + " seals: version " + entry.version() + ", digest " + entry.digest());
        }
        return envelope;
    }

    private static ContractException unapproved(ProvedEntry proved, LedgerEntry entry, Admission.Verdict.No no) {
        return new ContractException("entries", "version " + entry.version() + " at index " + proved.index() + " was not approved: " + no.message(), no.reason().toString());
    }

    /** Approved as a change in the usual way, about an emergency of this bundle, and not by who asked for it. */
    private AuditReport.Change review(ProvedEntry proved, LedgerEntry entry) {
        Envelope envelope = envelope(proved, entry);
        return switch (Admission.approve(envelope, inForce, lastReview, entry.at())) {
            case Admission.Verdict.No no -> throw unapproved(proved, entry, no);
            case Admission.Verdict.Yes(Admission.Approved approved) -> {
                if (!(approved.document() instanceof EmergencyReview review) || !review.subject().equals(bundle.name()) || review.version() != entry.version()) {
                    throw new ContractException("entries", "the one at index " + proved.index() + " must seal a review of " + bundle.name(), approved.document().name());
                }
                AuditReport.Emergency emergency = emergencies.get(review.subjectVersion());
                if (emergency == null) {
                    throw new ContractException("entries", "the one at index " + proved.index() + " reviews a version that is no emergency of this bundle", Long.toString(review.subjectVersion()));
                }
                Deployment reviewed = emergency.document();
                if (!review.digest().equals(emergency.digest()) || !review.askedBy().equals(reviewed.requester()) || review.environment() != reviewed.environment()) {
                    throw new ContractException("entries", "the review at index " + proved.index() + " must name the emergency as it was: digest " + emergency.digest() + ", asked for by " + reviewed.requester()
                            + ", in " + reviewed.environment(), review.digest() + ", " + review.askedBy() + ", " + review.environment());
                }
                lastReview = Optional.of(Accepted.decommissioned(review.version(), approved.digest()));
                emergencies.put(review.subjectVersion(), emergency.reviewed(review));
                yield told(approved);
            }
        };
    }

    private AuditReport.Change told(Admission.Approved approved) {
        return new AuditReport.Change(approved.document(), approved.digest(), approved.approvers(), inForce.version(), approved.requirements().demanded().stream().map(Object::toString).toList());
    }

    private AuditReport.Change sealed(ProvedEntry proved, LedgerEntry entry, List<Receipt> told) {
        Envelope envelope = envelope(proved, entry);
        if (last.isEmpty() && entry.version() != 1) {
            throw new ContractException("entries", "must begin with version 1 of " + bundle.name(), Long.toString(entry.version()));
        }
        if (last.isPresent() && last.get().version() == entry.version() && !lastWasAccepted) {
            // Sealed again, since no node took the one before.
            last = beforeLast;
        }
        return switch (Admission.approve(envelope, inForce, last, entry.at())) {
            case Admission.Verdict.No no -> throw unapproved(proved, entry, no);
            case Admission.Verdict.Yes(Admission.Approved approved) -> {
                if (!approved.document().name().equals(entry.name()) || approved.document().version() != entry.version()) {
                    throw new ContractException("entries", "the one at index " + proved.index() + " names another document than it seals", approved.document().name());
                }
                subject(approved.document()).ifPresent(deployment -> firstAccepted(told).forEach(receipt -> promoted(receipt, deployment)));
                beforeLast = last;
                lastWasAccepted = told.stream().anyMatch(receipt -> receipt.outcome() == Receipt.Outcome.ACCEPTED);
                last = Optional.of(switch (approved.document()) {
                    case Deployment deployment -> {
                        deployment.emergency().ifPresent(each -> emergencies.put(deployment.version(), new AuditReport.Emergency(deployment, approved.digest(), Optional.empty())));
                        yield Accepted.of(deployment, approved.digest());
                    }
                    case Pause pause -> last.orElseThrow().paused(pause.version(), approved.digest());
                    case Resume resume -> last.orElseThrow().resumed(resume.version(), approved.digest());
                    case Decommission removal -> Accepted.decommissioned(removal.version(), approved.digest());
                    // nothing runs under the name of a model, a node or a promotion
                    case Model model -> Accepted.decommissioned(model.version(), approved.digest());
                    case Skip skip -> Accepted.decommissioned(skip.version(), approved.digest());
                    case NodeAdmission admission -> Accepted.decommissioned(admission.version(), approved.digest());
                    case ImagePromotion promotion -> Accepted.decommissioned(promotion.version(), approved.digest());
                    case NodeRetirement retirement -> Accepted.decommissioned(retirement.version(), approved.digest());
                    case EmergencyReview review -> Accepted.decommissioned(review.version(), approved.digest());
                });
                yield told(approved);
            }
        };
    }

    /** What starts running by a change: the deployment in it, or the one that stood still. */
    private Optional<Deployment> subject(ChangeDocument document) {
        return switch (document) {
            case Deployment deployment -> Optional.of(deployment);
            case Resume resume -> last.flatMap(Accepted::current);
            default -> Optional.empty();
        };
    }

    /** By each node, when it took the contract; what it takes once more afterwards is a repair, for which nobody is asked again. */
    private static Collection<Receipt> firstAccepted(List<Receipt> told) {
        return told.stream().filter(receipt -> receipt.outcome() == Receipt.Outcome.ACCEPTED)
                .collect(Collectors.toMap(Receipt::node, receipt -> receipt, (one, other) -> other.at().isBefore(one.at()) ? other : one)).values();
    }

    /** A node that took a contract must have had the promotions of its images with it. */
    private void promoted(Receipt receipt, Deployment deployment) {
        Optional<String> lacking = Admission.lackingPromotion(contracts.get(receipt.contractDigest()), deployment, roots.get(receipt.rootVersion()), receipt.at());
        if (lacking.isPresent()) {
            throw new ContractException("receipts", receipt.node() + " accepted what it must refuse: " + lacking.get(), receipt.contractDigest());
        }
    }
}
