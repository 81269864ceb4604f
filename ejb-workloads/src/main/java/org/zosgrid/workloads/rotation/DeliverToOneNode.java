package org.zosgrid.workloads.rotation;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import org.zosgrid.model.Changes;
import org.zosgrid.workloads.step.NodeDelivery;

/** {@link DeliverTrustRoots} for one node, in a transaction of its own. */
@Stateless
public class DeliverToOneNode {
    @Inject private Changes changes;
    @Inject private NodeDelivery delivery;

    /** @throws org.zosgrid.bpmn.UnavailableException if the node's store does not answer */
    public void deliver(String node) {
        changes.lockNode(node);
        delivery.bringForward(node);
    }
}
