package org.zosgrid.workloads.rotation;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.zosgrid.bpmn.UnavailableException;
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

    /** Sends what is due, as far as the node takes it now; returns why it does not, if it is away. What it has taken is kept. */
    public Optional<String> deliver(String node) {
        changes.lockNode(node);
        try {
            delivery.bringForward(node);
            return Optional.empty();
        } catch (UnavailableException away) {
            return Optional.of(String.valueOf(away.getMessage()));
        }
    }
}
