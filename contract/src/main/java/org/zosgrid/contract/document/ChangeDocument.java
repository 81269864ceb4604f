package org.zosgrid.contract.document;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.envelope.PayloadType;

/** A change that needs approval: what to run from now on, that it shall stand still, go on, or be gone, by which model such changes are worked on, which nodes there are, which image may run where, which stuck step is passed over, or what was found of an emergency. */
public sealed interface ChangeDocument permits Deployment, Pause, Resume, Decommission, Model, NodeAdmission, NodeRetirement, Skip, ImagePromotion, EmergencyReview {
    /** The deployment's, the model's, the node's, the promotion's or the skip's name, unique in the system. */
    String name();

    /** Exactly one above the last version that a node accepted under this name; the first is 1. */
    long version();

    /** The person who asks, by their name in the trust root; they never count as an approver. */
    String requester();

    /** Everybody whose signature never counts as an approval: the requester, and of a review also who asked for what is reviewed. */
    default Set<String> parties() {
        return Set.of(requester());
    }

    /** When it was written. Approvals are signatures over it, so none can be older: what bounds its age bounds theirs. */
    Instant created();

    /** Until when the document may be accepted. */
    Instant expires();

    /** What decision tables demanded when it was written, beyond every rule. */
    Demand demand();

    /** The same document with another demand; whoever signed this has not signed that. */
    ChangeDocument withDemand(Demand other);

    /** From when on deputies of an approver group count: when half of the time is over in which it may be accepted. */
    default Instant deputiesFrom() {
        return created().plus(Duration.between(created(), expires()).dividedBy(2));
    }

    /** Names of the nodes that have something to do. */
    Set<String> nodes();

    byte[] toJson();

    String payloadType();

    /** Reads a document of any of these kinds; any other payload type is refused. */
    static ChangeDocument parse(String payloadType, byte[] payload) {
        return switch (payloadType) {
            case PayloadType.DEPLOYMENT -> Deployment.parse(payload);
            case PayloadType.PAUSE -> Pause.parse(payload);
            case PayloadType.RESUME -> Resume.parse(payload);
            case PayloadType.DECOMMISSION -> Decommission.parse(payload);
            case PayloadType.MODEL -> Model.parse(payload);
            case PayloadType.SKIP -> Skip.parse(payload);
            case PayloadType.ADMISSION -> NodeAdmission.parse(payload);
            case PayloadType.RETIREMENT -> NodeRetirement.parse(payload);
            case PayloadType.PROMOTION -> ImagePromotion.parse(payload);
            case PayloadType.REVIEW -> EmergencyReview.parse(payload);
            default -> throw new ContractException("payloadType",
                    "must be " + PayloadType.DEPLOYMENT + ", " + PayloadType.PAUSE + ", " + PayloadType.RESUME + ", " + PayloadType.DECOMMISSION + ", " + PayloadType.MODEL + ", " + PayloadType.ADMISSION + ", " + PayloadType.RETIREMENT + ", " + PayloadType.PROMOTION + ", " + PayloadType.REVIEW + " or " + PayloadType.SKIP, payloadType);
        };
    }
}
