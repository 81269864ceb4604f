package org.zosgrid.workloads.step;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.zosgrid.bpmn.InvalidChangeException;
import org.zosgrid.bpmn.Sealing;
import org.zosgrid.contract.Digests;
import org.zosgrid.contract.document.ChangeDocument;
import org.zosgrid.contract.document.Decommission;
import org.zosgrid.contract.document.Deployment;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.ledger.LedgerEntry;
import org.zosgrid.contract.ledger.SealedContract;
import org.zosgrid.contract.trust.TrustRoot;
import org.zosgrid.model.Change;
import org.zosgrid.model.ChangeState;
import org.zosgrid.model.Changes;
import org.zosgrid.model.Dispatch;
import org.zosgrid.workloads.DecisionLog;
import org.zosgrid.workloads.Documents;
import org.zosgrid.workloads.trust.Trust;

/** Seals: the envelope with all its signatures, an entry of the ledger about it, and the proof that the entry stands there. */
@ApplicationScoped
public class ChangeSealing implements Sealing {
    @Inject private Changes changes;
    @Inject private DecisionLog decisions;
    @Inject private Trust trust;

    @Override
    public List<String> seal(long id) {
        Change change = changes.lock(id);
        Envelope approved = Documents.approved(change, changes.approvals(id));
        ChangeDocument document = Documents.document(change);
        countsAgain(change, document, approved);
        List<String> nodes = nodes(document);
        long index = decisions.append(LedgerEntry.SEALED, change, approved.signatures().size() + " signatures");
        byte[] contract = new SealedContract(approved.toJson(), decisions.entry(index), decisions.proof(index)).toJson();
        change.seal(contract, document instanceof Decommission ? ChangeState.REMOVING : ChangeState.PROVISIONING);
        for (String node : nodes) {
            changes.add(new Dispatch(id, node, Dispatch.CONTRACT, Digests.sha256Hex(contract), contract));
        }
        return nodes;
    }

    private void countsAgain(Change change, ChangeDocument document, Envelope approved) {
        if (!Instant.now().isBefore(document.expires())) {
            throw new InvalidChangeException("expires: lies in the past (is: " + document.expires() + ")");
        }
        Set<String> people = new TreeSet<>(trust.root().people(TrustRoot.APPROVER, approved.verifiedBy(trust.root()::key)));
        people.remove(document.requester());
        int quorum = change.quorum().orElseThrow(() -> new InvalidChangeException("approvals: were never opened"));
        if (people.size() < quorum) {
            throw new InvalidChangeException("approvals: " + quorum + " people must have signed these bytes, and " + people.size() + " have: " + String.join(", ", people));
        }
    }

    /** Machines before gateways. Who runs the version before must hear of this one too, even if it leaves them out. */
    private List<String> nodes(ChangeDocument document) {
        Set<String> gateways = new TreeSet<>();
        Set<String> nodes = new TreeSet<>();
        if (document instanceof Deployment deployment) {
            deployment.gateways().forEach(route -> gateways.add(route.node()));
            nodes.addAll(deployment.nodes());
        }
        changes.running(document.name()).ifPresent(before -> {
            changes.dispatches(before.id()).forEach(dispatch -> nodes.add(dispatch.node()));
            Documents.deployment(before).ifPresent(deployment -> deployment.gateways().forEach(route -> gateways.add(route.node())));
        });
        List<String> ordered = new ArrayList<>(nodes);
        ordered.sort(Comparator.comparing((String node) -> gateways.contains(node)).thenComparing(Comparator.naturalOrder()));
        return ordered;
    }
}
