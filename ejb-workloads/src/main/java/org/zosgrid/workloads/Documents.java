package org.zosgrid.workloads;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.zosgrid.contract.document.ChangeDocument;
import org.zosgrid.contract.document.Decommission;
import org.zosgrid.contract.document.Deployment;
import org.zosgrid.contract.document.EmergencyReview;
import org.zosgrid.contract.document.ImagePromotion;
import org.zosgrid.contract.document.Model;
import org.zosgrid.contract.document.NodeAdmission;
import org.zosgrid.contract.document.NodeRetirement;
import org.zosgrid.contract.document.Pause;
import org.zosgrid.contract.document.Resume;
import org.zosgrid.contract.document.Skip;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.envelope.Signature;
import org.zosgrid.contract.key.KeyId;
import org.zosgrid.model.Approval;
import org.zosgrid.model.Change;
import org.zosgrid.model.ChangeKind;

/** Reads what changes hold: always from the signed bytes. */
public final class Documents {
    private Documents() {}

    public static Envelope envelope(Change change) {
        return Envelope.parse(change.envelope());
    }

    public static ChangeDocument document(Change change) {
        Envelope envelope = envelope(change);
        return ChangeDocument.parse(envelope.payloadType(), envelope.payload());
    }

    /** What a document asks for. */
    public static ChangeKind kind(ChangeDocument document) {
        return switch (document) {
            case Deployment deployment -> ChangeKind.DEPLOYMENT;
            case Pause pause -> ChangeKind.PAUSE;
            case Resume resume -> ChangeKind.RESUME;
            case Decommission removal -> ChangeKind.DECOMMISSION;
            case Model model -> ChangeKind.MODEL;
            case Skip skip -> ChangeKind.SKIP;
            case ImagePromotion promotion -> ChangeKind.PROMOTION;
            case EmergencyReview review -> ChangeKind.REVIEW;
            case NodeAdmission admission -> ChangeKind.ADMISSION;
            case NodeRetirement retirement -> ChangeKind.RETIREMENT;
        };
    }

    /** The deployment in a change; empty for a removal. */
    public static Optional<Deployment> deployment(Change change) {
        return document(change) instanceof Deployment deployment ? Optional.of(deployment) : Optional.empty();
    }

    /** The requester's envelope with every approval beside their signature. */
    public static Envelope approved(Change change, List<Approval> approvals) {
        Envelope envelope = envelope(change);
        List<Signature> signatures = new ArrayList<>(envelope.signatures());
        approvals.forEach(approval -> signatures.add(new Signature(new KeyId(approval.keyId()), approval.signature())));
        return new Envelope(envelope.payloadType(), envelope.payload(), signatures);
    }
}
