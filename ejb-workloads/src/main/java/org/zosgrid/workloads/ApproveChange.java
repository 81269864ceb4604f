package org.zosgrid.workloads;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Instant;
import org.zosgrid.bpmn.ChangeProcesses;
import org.zosgrid.contract.Fault;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.envelope.Signature;
import org.zosgrid.contract.trust.TrustRoot;
import org.zosgrid.model.Approval;
import org.zosgrid.model.Change;
import org.zosgrid.model.Changes;
import org.zosgrid.workloads.RefusedException.Kind;
import org.zosgrid.workloads.trust.Trust;
import org.zosgrid.workloads.view.ChangeView;

/** Takes an approval: a signature over exactly the bytes that the requester signed, by somebody whose seat is open. */
@Stateless
public class ApproveChange {
    @Inject private Trust trust;
    @Inject private OpenChange open;
    @Inject private Standing standing;
    @Inject private Changes changes;
    @Inject private DecisionLog decisions;
    @Inject private ChangeProcesses processes;
    @Inject private ChangeViews views;

    /** @throws RefusedException INVALID, FORBIDDEN, NOT_FOUND or CONFLICT */
    public ChangeView approve(Caller caller, String name, long version, Signature signature) {
        Change change = open.lock(name, version);
        open.mayDecide(caller, change);
        TrustRoot root = trust.root();
        if (root.person(signature.keyId()).filter(caller.person()::equals).isEmpty()) {
            throw new RefusedException(Kind.FORBIDDEN, "An approval is given by the caller's own key", new Fault("keyid", "must be a key of " + caller.person(), signature.keyId().hex()));
        }
        if (changes.approvals(change.id()).stream().anyMatch(each -> each.person().equals(caller.person()))) {
            throw new RefusedException(Kind.CONFLICT, "A person counts once", new Fault("person", "has approved it already", caller.person()));
        }
        Envelope signed = Documents.envelope(change);
        Envelope approval = new Envelope(signed.payloadType(), signed.payload(), java.util.List.of(signature));
        if (!root.approvals(approval.verifiedBy(root::key), Documents.document(change), Instant.now()).people().contains(caller.person())) {
            throw new RefusedException(Kind.INVALID, "The approval does not count",
                    new Fault("sig", "must be a valid signature by an approver's key over the bytes with the digest " + change.digest(), ""));
        }
        changes.add(new Approval(change.id(), caller.person(), signature.keyId().hex(), signature.bytes(), Instant.now()));
        decisions.append("approved", change, caller.person());
        if (!processes.approved(change.processInstance().orElseThrow(), caller.person(), standing.missing(change))) {
            throw new RefusedException(Kind.CONFLICT, "No seat is open", new Fault("person", "has no open seat in this approval", caller.person()));
        }
        return views.of(change);
    }
}
