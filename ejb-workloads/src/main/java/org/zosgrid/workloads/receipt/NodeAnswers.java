package org.zosgrid.workloads.receipt;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.zosgrid.bpmn.ChangeProcesses;
import org.zosgrid.bpmn.NodeAnswer;
import org.zosgrid.contract.document.Receipt;
import org.zosgrid.contract.document.Receipt.Outcome;
import org.zosgrid.model.Change;
import org.zosgrid.model.ChangeKind;
import org.zosgrid.model.Changes;
import org.zosgrid.model.Dispatch;
import org.zosgrid.model.NodeReceipt;
import org.zosgrid.model.NodeReceipts;
import org.zosgrid.workloads.step.NodeDelivery;

/** Tells processes what nodes have answered, from the receipts that are kept. Telling twice does no harm: a process that does not wait does not hear. */
@ApplicationScoped
public class NodeAnswers {
    @Inject private Changes changes;
    @Inject private NodeReceipts receipts;
    @Inject private ChangeProcesses processes;
    @Inject private NodeDelivery delivery;

    /** What was sent last to a node because of a change. */
    public Dispatch asked(Change change, String node) {
        return changes.dispatch(change.id(), node, Dispatch.WITHDRAWAL).or(() -> changes.dispatch(change.id(), node, Dispatch.CONTRACT)).orElseThrow();
    }

    /** What a node said last of what was sent to it because of a change; the caller holds the change's lock. */
    public void tell(Change change, String node) {
        Dispatch asked = asked(change, node);
        if (delivery.lacksProofs(node, asked.digest())) {
            return; // it is sealed again and sent again, and the node answers again
        }
        List<NodeReceipt> said = receipts.of(node, asked.digest());
        for (NodeReceipt receipt : said.reversed()) {
            Optional<NodeAnswer> answer = answer(change, asked, receipt);
            if (answer.isPresent()) {
                String why = node + ": " + (receipt.reason().isEmpty() ? receipt.message() : receipt.reason() + ": " + receipt.message());
                processes.nodeAnswered(change.processInstance().orElseThrow(), node, answer.get(), why);
                return;
            }
        }
    }

    /** That there is nothing to remove is what a removal wanted; that nothing runs, what a pause did. */
    private static Optional<NodeAnswer> answer(Change change, Dispatch asked, NodeReceipt receipt) {
        boolean pause = change.kind() == ChangeKind.PAUSE || change.kind() == ChangeKind.RESUME && asked.purpose().equals(Dispatch.WITHDRAWAL);
        boolean removal = change.kind() == ChangeKind.DECOMMISSION || asked.purpose().equals(Dispatch.WITHDRAWAL);
        return switch (Outcome.valueOf(receipt.outcome().toUpperCase(Locale.ROOT))) {
            case ACCEPTED, REPAIRED, DRIFTED -> Optional.empty();
            case RUNNING -> Optional.of(NodeAnswer.RUNNING);
            case PAUSED -> Optional.of(NodeAnswer.PAUSED);
            // It was over before it ran everywhere.
            case REMOVED -> Optional.of(receipt.reason().equals(Receipt.EMERGENCY_OVER) && !removal ? NodeAnswer.FAILED : NodeAnswer.REMOVED);
            case FAILED -> Optional.of(NodeAnswer.FAILED);
            case REFUSED -> Optional.of(switch (receipt.reason()) {
                case "nothing-to-remove", "not-running" -> pause ? NodeAnswer.PAUSED : removal ? NodeAnswer.REMOVED : NodeAnswer.REFUSED;
                default -> NodeAnswer.REFUSED;
            });
        };
    }
}
