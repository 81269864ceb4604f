package org.zosgrid.workloads.node;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.zosgrid.bpmn.ChangeProcesses;
import org.zosgrid.bpmn.ChangeProcesses.NodeMilestone;
import org.zosgrid.bpmn.RotationProcesses;
import org.zosgrid.contract.document.NodeAdmission;
import org.zosgrid.contract.inventory.NodeInventory;
import org.zosgrid.model.Change;
import org.zosgrid.model.ChangeState;
import org.zosgrid.model.Changes;
import org.zosgrid.model.TrustRoots;
import org.zosgrid.model.TrustRoots.Progress;
import org.zosgrid.workloads.Documents;
import org.zosgrid.workloads.step.NodesThatComeAndGo;
import org.zosgrid.workloads.trust.Trust;

/** {@link FollowNodes} for one node, in a transaction of its own. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class FollowOneNode {
    @Inject private Changes changes;
    @Inject private NodesThatComeAndGo nodes;
    @Inject private ChangeProcesses processes;
    @Inject private RotationProcesses rotations;
    @Inject private TrustRoots roots;
    @Inject private Trust trust;
    @Inject private Inventory inventory;

    /** The inventory as the newest sealed document about each node wants it. A node that retires stays until the trust root has left it out. */
    public NodeInventory inventory(NodeInventory now) {
        Map<String, Change> newest = new LinkedHashMap<>();
        changes.ofNodes().forEach(change -> newest.put(change.name(), change));
        NodeInventory next = now;
        for (Change change : newest.values()) {
            if (Documents.document(change) instanceof NodeAdmission admission) {
                next = change.state() == ChangeState.FAILED && !nodes.named(change.name()) ? next.without(change.name()) : next.with(admission.inventoried());
            } else if (change.state() == ChangeState.RETIRED) {
                next = next.without(change.name());
            }
        }
        return next;
    }

    /** Changes that wait for something to happen to their node. */
    public List<Long> waiting() {
        return changes.waitingOfNodes();
    }

    /** Tells the process of an admission or a retirement what its node has come to. */
    public void tell(long id) {
        Change change = changes.lock(id);
        String instance = change.processInstance().orElseThrow();
        if (change.state() == ChangeState.ADMITTING && Documents.document(change) instanceof NodeAdmission admission) {
            if (nodes.named(admission)) {
                processes.nodeHasCome(instance, NodeMilestone.IN_ROOT);
            } else {
                change.say("the trust root must name it with the key " + admission.verificationKey().id().hex() + " for " + String.join(", ", admission.capabilities()));
            }
        } else if (change.state() == ChangeState.RETIRING) {
            retire(change, instance);
        }
    }

    private void retire(Change change, String instance) {
        if (changes.lastSealed(change.name()).filter(last -> last.version() > change.version()).isPresent()) {
            processes.nodeHasCome(instance, NodeMilestone.CALLED_OFF);
            return;
        }
        Set<String> left = nodes.left(change.name());
        if (!left.isEmpty()) {
            change.say("left on it: " + String.join(", ", left));
            return;
        }
        change.say("nothing is left on it; the next trust root must leave it out");
        processes.nodeHasCome(instance, NodeMilestone.EMPTY);
        if (!nodes.named(change.name()) && hasHeard(change.name())) {
            processes.nodeHasCome(instance, NodeMilestone.OUT_OF_ROOT);
        }
    }

    /** Whether the node knows that it is cast out, or nobody waits any more for it to say so. Struck from the inventory it could not be told; of one that is dead, its operator strikes it by hand. */
    private boolean hasHeard(String node) {
        long version = trust.root().version();
        return !inventory.names().contains(node) || !rotations.waiting().contains(version) || roots.standing(version).stream()
                .anyMatch(each -> each.node().equals(node) && (each.progress() == Progress.IN_FORCE || each.progress() == Progress.REFUSED));
    }
}
