package org.zosgrid.workloads.step;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.zosgrid.bpmn.NodeLife;
import org.zosgrid.contract.Fault;
import org.zosgrid.contract.document.ChangeDocument;
import org.zosgrid.contract.document.Deployment;
import org.zosgrid.contract.document.NodeAdmission;
import org.zosgrid.contract.document.NodeRetirement;
import org.zosgrid.contract.ledger.LedgerEntry;
import org.zosgrid.contract.trust.TrustRoot;
import org.zosgrid.contract.trust.TrustedNode;
import org.zosgrid.model.Change;
import org.zosgrid.model.Changes;
import org.zosgrid.model.CurrentOrganisation;
import org.zosgrid.workloads.DecisionLog;
import org.zosgrid.workloads.Documents;
import org.zosgrid.workloads.mail.Notices;
import org.zosgrid.workloads.organisation.KnownOrganisations;
import org.zosgrid.workloads.trust.Trust;

/** What admissions and retirements find and leave: which nodes may come, which take nothing new, and what is left on one that goes. */
@ApplicationScoped
public class NodesThatComeAndGo implements NodeLife {
    @Inject private Changes changes;
    @Inject private Trust trust;
    @Inject private KnownOrganisations organisations;
    @Inject private DecisionLog decisions;
    @Inject private Notices notices;

    /** What stands against a document, of nodes: asked when it comes in, when it is verified and before it is sealed, since nodes come and go meanwhile. */
    public List<Fault> faults(ChangeDocument document) {
        List<Fault> faults = new ArrayList<>();
        TrustRoot root = trust.root();
        switch (document) {
            case Deployment deployment -> new TreeSet<>(deployment.nodes()).forEach(node -> changes.retirement(node).ifPresent(retirement ->
                    faults.add(new Fault("nodes." + node, "is being retired since version " + retirement.version() + " of it was sealed, and takes nothing new; name another node", node))));
            case NodeAdmission admission -> {
                own(admission.name(), faults);
                if (root.nodes().containsKey(admission.name()) && !named(admission)) {
                    faults.add(new Fault("name", "is the name of a node of the trust root already, with another key or for another use", admission.name()));
                }
                if (root.nodes().entrySet().stream().anyMatch(each -> !each.getKey().equals(admission.name()) && each.getValue().key().equals(admission.verificationKey().id()))) {
                    faults.add(new Fault("key", "is the key of another node", admission.verificationKey().id().hex()));
                }
            }
            case NodeRetirement retirement -> {
                own(retirement.name(), faults);
                changes.retirement(retirement.name()).ifPresent(before ->
                        faults.add(new Fault("name", "is being retired already since version " + before.version() + " of it was sealed", retirement.name())));
                if (!root.nodes().containsKey(retirement.name())) {
                    faults.add(new Fault("name", "must be a node of the trust root, as " + String.join(", ", root.nodes().keySet()), retirement.name()));
                }
            }
            default -> {}
        }
        return faults;
    }

    /** The inventory is one for all organisations: each may have it changed about its own nodes alone. */
    private void own(String node, List<Fault> faults) {
        if (!organisations.ownerOf(node).equals(CurrentOrganisation.name())) {
            faults.add(new Fault("name", "must be a node that the operator has given to this organisation", node));
        }
    }

    /** Whether the trust root in force names a node exactly as its admission does. */
    public boolean named(NodeAdmission admission) {
        TrustedNode node = trust.root().nodes().get(admission.name());
        return node != null && node.key().equals(admission.verificationKey().id()) && node.capabilities().equals(admission.capabilities());
    }

    /** Whether the trust root in force names a node of this name at all. */
    public boolean named(String node) {
        return trust.root().nodes().containsKey(node);
    }

    /** Names of the deployments that have something on a node, or are about to. */
    public Set<String> left(String node) {
        Set<String> left = new TreeSet<>();
        for (Change each : changes.onNodes()) {
            Documents.deployment(each).filter(deployment -> deployment.nodes().contains(node)).ifPresent(deployment -> left.add(deployment.name()));
        }
        return left;
    }

    @Override
    public void tellWhatIsLeft(long id) {
        Change change = changes.lock(id);
        Set<String> left = left(change.name());
        String text = left.isEmpty() ? "nothing is left on it" : "left on it: " + String.join(", ", left);
        decisions.append(LedgerEntry.RETIRING, change, text);
        Set<String> people = new TreeSet<>(trust.root().holders(TrustRoot.ROOT));
        people.add(change.requester());
        notices.say(change, people, "The node retires, and " + text + ". Move it by new versions that name other nodes, or remove it.");
    }
}
