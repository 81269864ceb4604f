package org.zosgrid.workloads;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.zosgrid.contract.document.Deployment;
import org.zosgrid.contract.document.EmergencyReview;
import org.zosgrid.model.Approval;
import org.zosgrid.model.Change;
import org.zosgrid.model.Changes;
import org.zosgrid.model.Emergencies;
import org.zosgrid.model.Emergency;
import org.zosgrid.workloads.emergency.EmergencyChanges;
import org.zosgrid.workloads.view.EmergencyView;

/** Shows which versions were emergencies, and what was found of them. */
@Stateless
public class ShowEmergencies {
    private static final int MOST = 500;

    @Inject private Emergencies emergencies;
    @Inject private EmergencyChanges rules;
    @Inject private Changes changes;

    /** Those first that nobody has reviewed, then the youngest first; at most {@value #MOST}. */
    public List<EmergencyView> list() {
        return emergencies.all(MOST).stream().map(this::view).toList();
    }

    private EmergencyView view(Emergency emergency) {
        Change change = changes.get(emergency.change());
        Deployment deployment = Documents.deployment(change).orElseThrow();
        Optional<Change> standing = emergency.review().stream().mapToObj(changes::get).findFirst();
        Optional<Change> underWay = changes.open(EmergencyReview.name(change.name())).filter(open -> Documents.document(open) instanceof EmergencyReview review && review.subjectVersion() == change.version());
        return new EmergencyView(change.name(), change.version(), change.state().toString(), change.requester(), changes.approvals(change.id()).stream().map(Approval::person).toList(), deployment.environment().toString(),
                deployment.emergency().orElseThrow().reason(), change.digest(), emergency.sealedAt(), emergency.until(), emergency.endedAt(), emergency.reviewedAt(), rules.overdueAt(emergency),
                standing.or(() -> underWay).map(ShowEmergencies::review));
    }

    private static EmergencyView.Review review(Change change) {
        EmergencyReview review = (EmergencyReview) Documents.document(change);
        return new EmergencyView.Review(change.name(), change.version(), change.state().toString(), change.requester(), review.verdict().toString(), review.findings());
    }
}
