package org.zosgrid.workloads.drift;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.zosgrid.bpmn.DriftProcesses;
import org.zosgrid.model.Change;
import org.zosgrid.model.Changes;
import org.zosgrid.model.Dispatch;
import org.zosgrid.model.Drift;
import org.zosgrid.model.Drifts;
import org.zosgrid.model.NodeReceipt;
import org.zosgrid.model.NodeReceipts;
import org.zosgrid.workloads.step.NodeDelivery;

/** {@link TellDrifts} for one drift, in a transaction of its own. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class TellOneDrift {
    private static final String RUNNING = "running";
    private static final List<String> IN_VAIN = List.of("refused", "failed", "drifted");

    @Inject private Drifts drifts;
    @Inject private Changes changes;
    @Inject private NodeReceipts receipts;
    @Inject private NodeDelivery delivery;
    @Inject private DriftProcesses processes;

    /** Drifts that have not ended. */
    public List<Long> open() {
        return drifts.open().stream().map(Drift::id).toList();
    }

    /** Tells the process what stands in the tables by now. */
    public void tell(long id) {
        Drift before = drifts.get(id);
        changes.lockNode(before.node());
        Change change = changes.lock(before.changeId());
        Drift drift = drifts.again(id);
        if (!drift.open()) {
            return;
        }
        if (!OpenDrift.MEANT_TO_RUN.contains(change.state())) {
            processes.replaced(id);
        } else if (runsAgain(change, drift)) {
            processes.well(id);
        } else {
            drift.repairId().ifPresent(repair -> answered(change, id, changes.dispatch(repair)));
        }
    }

    /** Whether the node has said so after it had said that it drifted, of whatever it was sent because of this version. */
    private boolean runsAgain(Change change, Drift drift) {
        return changes.dispatches(change.id()).stream().filter(each -> each.node().equals(drift.node()) && !each.purpose().equals(Dispatch.WITHDRAWAL))
                .flatMap(each -> receipts.of(drift.node(), each.digest()).stream())
                .anyMatch(receipt -> receipt.outcome().equals(RUNNING) && receipt.sequence() > drift.sequence());
    }

    private void answered(Change change, long drift, Dispatch repair) {
        if (repair.sequence().isEmpty()) {
            return; // it is on its way
        }
        if (delivery.lacksProofs(repair.node(), repair.digest())) {
            delivery.sendAgain(change, repair);
            return;
        }
        Optional<NodeReceipt> said = receipts.of(repair.node(), repair.digest()).stream().filter(receipt -> IN_VAIN.contains(receipt.outcome())).reduce((one, next) -> next);
        said.ifPresent(receipt -> processes.notMended(drift, receipt.node() + ": " + receipt.reason() + ": " + receipt.message()));
    }
}
