package org.zosgrid.workloads.rotation;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.List;
import org.zosgrid.model.Changes;
import org.zosgrid.model.TrustRoots;
import org.zosgrid.workloads.step.NodeDelivery;

/** {@link DeliverTrustRoots} for one node, in a transaction of its own: one node that is away must not undo what another has got. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class DeliverToOneNode {
    @Inject private TrustRoots roots;
    @Inject private Changes changes;
    @Inject private NodeDelivery delivery;

    /** Everybody who was to get any version. */
    public List<String> nodes() {
        return roots.nodes();
    }

    /** @throws org.zosgrid.bpmn.UnavailableException if the node's store does not answer */
    public void deliver(String node) {
        changes.lockNode(node);
        delivery.bringForward(node);
    }
}
