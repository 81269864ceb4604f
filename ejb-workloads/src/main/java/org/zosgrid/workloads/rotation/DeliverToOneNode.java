package org.zosgrid.workloads.rotation;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.zosgrid.bpmn.UnavailableException;
import org.zosgrid.model.Changes;
import org.zosgrid.model.TrustRoots;
import org.zosgrid.workloads.node.Inventory;
import org.zosgrid.workloads.step.NodeDelivery;
import org.zosgrid.workloads.trust.Trust;

/** {@link DeliverTrustRoots} for one node, in a transaction of its own: one node that is away must not undo what another has got. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class DeliverToOneNode {
    @Inject private TrustRoots roots;
    @Inject private Changes changes;
    @Inject private NodeDelivery delivery;
    @Inject private Inventory inventory;
    @Inject private Trust trust;

    /** Everybody who was to get any version, but for nodes that were struck from the inventory since. */
    public List<String> nodes() {
        Set<String> reachable = inventory.names();
        return roots.nodes().stream().filter(reachable::contains).toList();
    }

    /** Nodes that no inventory and no trust root names any more: nobody waits for them. */
    public List<String> gone() {
        Set<String> known = inventory.names();
        known.addAll(trust.root().nodes().keySet());
        return roots.nodes().stream().filter(node -> !known.contains(node)).toList();
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
