package org.zosgrid.workloads.receipt;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.zosgrid.model.Change;
import org.zosgrid.model.Changes;
import org.zosgrid.model.Dispatch;
import org.zosgrid.workloads.step.NodeDelivery;

/** {@link TellAgain} for one change and one node, in a transaction of its own. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class TellOneChange {
    @Inject private Changes changes;
    @Inject private NodeAnswers answers;
    @Inject private NodeDelivery delivery;

    /** Changes that nodes may have to answer for, each with those nodes. */
    public Map<Long, List<String>> waiting() {
        Map<Long, List<String>> waiting = new TreeMap<>();
        changes.waitingForNodes().forEach(id -> waiting.put(id, changes.dispatches(id).stream().map(Dispatch::node).distinct().toList()));
        return waiting;
    }

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
