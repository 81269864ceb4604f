package org.zosgrid.workloads.rotation;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import org.zosgrid.bpmn.RotationProcesses;
import org.zosgrid.model.Changes;
import org.zosgrid.model.TrustRoots.Progress;
import org.zosgrid.workloads.step.NodeDelivery;

/**
 * Tells the processes of new trust roots what one node's receipts say, in a transaction of its own: whatever is the matter with a process, nodes get what
 * they lack. Telling twice does no harm.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class TellRotations {
    @Inject private Changes changes;
    @Inject private NodeDelivery delivery;
    @Inject private RotationProcesses processes;

    /** Nobody waits for a node that was cast out and struck from the inventory: it does not belong to those who must follow. */
    public void noLongerAwaited(String node) {
        processes.waiting().forEach(version -> processes.follows(version, node));
    }

    /** Under the node's lock, as receipts are taken: a refusal that is answered by sending again is never seen as the last word. */
    public void tell(String node) {
        for (long version : processes.waiting()) {
            changes.lockNode(node);
            Progress progress = delivery.standing(version, node);
            if (progress == Progress.IN_FORCE) {
                processes.follows(version, node);
            } else if (progress == Progress.REFUSED) {
                processes.refuses(version, node);
            }
        }
    }
}
