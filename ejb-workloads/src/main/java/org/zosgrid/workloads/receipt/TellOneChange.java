package org.zosgrid.workloads.receipt;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import org.zosgrid.model.Change;
import org.zosgrid.model.Changes;
import org.zosgrid.model.Dispatch;
import org.zosgrid.workloads.step.NodeDelivery;

/** {@link TellAgain} for one change and one node, in a transaction of its own. */
@Stateless
public class TellOneChange {
    @Inject private Changes changes;
    @Inject private NodeAnswers answers;
    @Inject private NodeDelivery delivery;

    /** Tells what a node has answered; what it could not take for want of a proof is sealed and sent again. */
    public void tell(long id, String node) {
        changes.lockNode(node);
        Change change = changes.lock(id);
        Dispatch asked = answers.asked(change, node);
        if (delivery.lacksProofs(node, asked.digest())) {
            delivery.sendAgain(change, asked);
        } else {
            answers.tell(change, node);
        }
    }
}
