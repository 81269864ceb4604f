package org.zosgrid.workloads.promotion;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.zosgrid.bpmn.UnavailableException;
import org.zosgrid.model.Changes;
import org.zosgrid.workloads.node.Inventory;
import org.zosgrid.workloads.step.NodeDelivery;
import org.zosgrid.workloads.trust.Trust;

/** {@link DeliverRevocations} for one node, in a transaction of its own: one node that is away must not undo what another has got. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class RevokeOnOneNode {
    @Inject private Changes changes;
    @Inject private NodeDelivery delivery;
    @Inject private Inventory inventory;
    @Inject private Trust trust;

    /** Those of the trust root that can be reached and lack any. */
    public List<String> nodes() {
        Set<String> reachable = inventory.names();
        return trust.root().nodes().keySet().stream().filter(reachable::contains).filter(node -> !due(node).isEmpty()).toList();
    }

    /** Sends what is due; returns why the node does not take it, if it is away. What it has taken is kept. */
    public Optional<String> deliver(String node) {
        changes.lockNode(node);
        try {
            due(node).forEach(id -> delivery.revoke(id, node));
            return Optional.empty();
        } catch (UnavailableException away) {
            return Optional.of(String.valueOf(away.getMessage()));
        }
    }

    private List<Long> due(String node) {
        return changes.revocationsFor(node, NodeDelivery.LACKS_PROOFS);
    }
}
