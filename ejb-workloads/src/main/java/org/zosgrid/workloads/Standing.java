package org.zosgrid.workloads;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.zosgrid.contract.admission.Accepted;
import org.zosgrid.contract.admission.Accepted.State;
import org.zosgrid.contract.admission.Requirements;
import org.zosgrid.contract.document.ChangeDocument;
import org.zosgrid.contract.document.Deployment;
import org.zosgrid.contract.policy.Approvals;
import org.zosgrid.contract.trust.TrustRoot;
import org.zosgrid.model.Change;
import org.zosgrid.model.ChangeState;
import org.zosgrid.model.Changes;
import org.zosgrid.workloads.trust.Trust;

/** What nodes take for the version that is there, as far as this side knows: by it they measure the next change, and so it is told here early. */
@ApplicationScoped
public class Standing {
    @Inject private Changes changes;
    @Inject private Trust trust;

    /** The version that was sealed last under a name, as a node that accepted everything would hold it. */
    public Optional<Accepted> last(String name) {
        return changes.lastSealed(name).map(this::accepted).map(each -> each.at(Instant.now()));
    }

    private Accepted accepted(Change change) {
        Optional<Deployment> deployment = Documents.deployment(change);
        if (deployment.isPresent()) {
            Accepted accepted = Accepted.of(deployment.get(), change.digest());
            return change.state() == ChangeState.COMPENSATED ? accepted.withdrawn() : accepted;
        }
        // A removal that not every node has done leaves the own policy of the version that is there in force.
        Optional<Deployment> current = changes.current(change.name()).flatMap(Documents::deployment);
        return new Accepted(change.version(), change.digest(), current.isEmpty() ? State.REMOVED : state(change), current);
    }

    private static State state(Change change) {
        return switch (change.kind()) {
            case DEPLOYMENT, DECOMMISSION, MODEL, SKIP, ADMISSION, RETIREMENT, PROMOTION, REVIEW -> State.RUNNING;
            case PAUSE -> State.PAUSED;
            case RESUME -> change.state() == ChangeState.COMPENSATED ? State.PAUSED : State.RESUMED;
        };
    }

    /** Every rule that a change must satisfy. */
    public Requirements requirements(ChangeDocument document) {
        return Requirements.of(trust.root(), document, last(document.name()));
    }

    /** Approvals as they are before anybody has given one. */
    public Approvals nobody(ChangeDocument document) {
        return trust.root().approvals(Set.of(), document);
    }

    /** What the approvals so far lack of what the rules and the document demand. A change whose approval was opened by an earlier release may be held to groups that its document does not name. */
    public List<String> missing(Change change) {
        Approvals approvals = approvals(change);
        ChangeDocument document = Documents.document(change);
        List<String> missing = new ArrayList<>(requirements(document).missing(approvals));
        Set<String> more = change.demandedGroups();
        more.removeAll(document.demand().groups());
        missing.addAll(missing(more, approvals));
        return missing;
    }

    /** Groups of which nobody has approved. */
    public static List<String> missing(Set<String> groups, Approvals approvals) {
        return groups.stream().filter(group -> approvals.groups().values().stream().noneMatch(held -> held.contains(group)))
                .map(group -> "somebody of " + group + " must have approved, says the decision table").toList();
    }

    /** Who approved a change so far, for which groups. */
    public Approvals approvals(Change change) {
        TrustRoot root = trust.root();
        return root.approvals(Documents.approved(change, changes.approvals(change.id())).verifiedBy(root::key), Documents.document(change), Instant.now());
    }
}
