package org.zosgrid.workloads.step;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.zosgrid.bpmn.InvalidChangeException;
import org.zosgrid.bpmn.Sealing;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.Fault;
import org.zosgrid.contract.admission.Admission;
import org.zosgrid.contract.admission.Admission.Verdict;
import org.zosgrid.contract.document.ChangeDocument;
import org.zosgrid.contract.document.Decommission;
import org.zosgrid.contract.document.Deployment;
import org.zosgrid.contract.document.EmergencyReview;
import org.zosgrid.contract.document.ImagePromotion;
import org.zosgrid.contract.document.Model;
import org.zosgrid.contract.document.NodeAdmission;
import org.zosgrid.contract.document.NodeRetirement;
import org.zosgrid.contract.document.Pause;
import org.zosgrid.contract.document.Resume;
import org.zosgrid.contract.document.Skip;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.ledger.LedgerEntry;
import org.zosgrid.model.Change;
import org.zosgrid.model.ChangeState;
import org.zosgrid.model.Changes;
import org.zosgrid.model.Dispatch;
import org.zosgrid.model.Ledger;
import org.zosgrid.workloads.DecisionLog;
import org.zosgrid.workloads.Documents;
import org.zosgrid.workloads.Standing;
import org.zosgrid.workloads.emergency.EmergencyChanges;
import org.zosgrid.workloads.health.Durations;
import org.zosgrid.workloads.organisation.QuotaOfOrganisation;
import org.zosgrid.workloads.trust.Trust;

/**
 * Seals: an entry of the ledger about the envelope with all its signatures. The proof that the entry stands there is made for each node when it is sent:
 * a node wants to see that the ledger has grown from where it stands.
 */
@ApplicationScoped
public class ChangeSealing implements Sealing {
    @Inject private Changes changes;
    @Inject private Ledger ledger;
    @Inject private DecisionLog decisions;
    @Inject private Trust trust;
    @Inject private Standing standing;
    @Inject private Durations durations;
    @Inject private NodesThatComeAndGo nodesThatCome;
    @Inject private ImagePromotions promotions;
    @Inject private QuotaOfOrganisation quota;
    @Inject private EmergencyChanges emergencies;

    @Override
    public List<String> seal(long id) {
        Change change = changes.lock(id);
        ledger.lock(); // what is judged by a trust root stands before the rotation that replaces it
        Envelope approved = Documents.approved(change, changes.approvals(id));
        ChangeDocument document = Documents.document(change);
        List<Fault> faults = new ArrayList<>(nodesThatCome.faults(document));
        faults.addAll(promotions.faults(document));
        faults.addAll(emergencies.faults(document));
        if (!faults.isEmpty()) {
            throw new InvalidChangeException(String.valueOf(new ContractException(faults).getMessage()));
        }
        asksAsANodeWould(change, document, approved);
        if (document instanceof Deployment deployment) {
            withinQuota(deployment);
        }
        List<String> nodes = nodes(document);
        long index = decisions.append(LedgerEntry.SEALED, change, sealedBy(change, document, approved));
        durations.took(Durations.Step.SUBMIT_TO_SEAL, Duration.between(change.submittedAt(), Instant.now()));
        change.seal(approved.toJson(), index, begun(document));
        emergencies.sealed(change, document);
        nodes.forEach(node -> changes.add(new Dispatch(id, node, Dispatch.CONTRACT)));
        return nodes;
    }

    /** With what the decision table demanded: so this, too, stands in the log that nobody can rewrite. */
    private static String sealedBy(Change change, ChangeDocument document, Envelope approved) {
        Set<String> groups = change.demandedGroups();
        return approved.signatures().size() + " signatures; approvals demanded: " + change.quorum().orElse(0) + (groups.isEmpty() ? "" : ", of each of " + String.join(", ", groups))
                + (document instanceof Deployment deployment ? deployment.emergency().map(each -> "; an emergency until " + each.until() + ": " + each.reason()).orElse("") : "");
    }

    private void withinQuota(Deployment deployment) {
        List<Fault> faults = quota.faults(deployment);
        if (!faults.isEmpty()) {
            throw new InvalidChangeException(String.valueOf(new ContractException(faults).getMessage()));
        }
    }

    private static ChangeState begun(ChangeDocument document) {
        return switch (document) {
            case Deployment deployment -> ChangeState.PROVISIONING;
            case Resume resume -> ChangeState.PROVISIONING;
            case Pause pause -> ChangeState.PAUSING;
            case Decommission removal -> ChangeState.REMOVING;
            case Model model -> ChangeState.SEALING;
            case Skip skip -> ChangeState.SEALING;
            case ImagePromotion promotion -> ChangeState.SEALING;
            case EmergencyReview review -> ChangeState.SEALING;
            case NodeAdmission admission -> ChangeState.ADMITTING;
            case NodeRetirement retirement -> ChangeState.RETIRING;
        };
    }

    private void asksAsANodeWould(Change change, ChangeDocument document, Envelope approved) {
        switch (Admission.approve(approved, trust.root(), standing.last(document.name()), Instant.now())) {
            case Verdict.No no -> throw new InvalidChangeException(no.reason() + ": " + no.message());
            case Verdict.Yes yes -> {
                List<String> missing = Standing.missing(change.demandedGroups(), standing.approvals(change));
                if (!missing.isEmpty()) {
                    throw new InvalidChangeException("approvals: " + String.join("; ", missing));
                }
                int quorum = change.quorum().orElseThrow(() -> new InvalidChangeException("approvals: were never opened"));
                Set<String> people = yes.approved().approvers();
                if (people.size() < quorum) {
                    throw new InvalidChangeException("approvals: " + quorum + " people must have signed these bytes, and " + people.size() + " have: " + String.join(", ", people));
                }
            }
        }
    }

    /** Machines before gateways. Who runs the version before must hear of this one too, even if it leaves them out; but of a node that no trust root names any more, nobody can hear anything. */
    private List<String> nodes(ChangeDocument document) {
        Set<String> gateways = new TreeSet<>();
        Set<String> nodes = new TreeSet<>();
        if (document instanceof Deployment deployment) {
            deployment.gateways().forEach(route -> gateways.add(route.node()));
            nodes.addAll(deployment.nodes());
        }
        changes.current(document.name()).ifPresent(before -> {
            changes.dispatches(before.id()).stream().map(Dispatch::node).filter(trust.root().nodes()::containsKey).forEach(nodes::add);
            Documents.deployment(before).ifPresent(deployment -> deployment.gateways().forEach(route -> gateways.add(route.node())));
        });
        List<String> ordered = new ArrayList<>(nodes);
        ordered.sort(Comparator.comparing((String node) -> gateways.contains(node)).thenComparing(Comparator.naturalOrder()));
        return ordered;
    }
}
