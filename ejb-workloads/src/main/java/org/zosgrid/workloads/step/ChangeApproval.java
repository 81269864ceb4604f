package org.zosgrid.workloads.step;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Logger;
import org.zosgrid.bpmn.Approval;
import org.zosgrid.bpmn.ChangeFacts;
import org.zosgrid.bpmn.InvalidChangeException;
import org.zosgrid.bpmn.Seats;
import org.zosgrid.contract.document.ChangeDocument;
import org.zosgrid.contract.document.Decommission;
import org.zosgrid.contract.document.Deployment;
import org.zosgrid.contract.trust.TrustRoot;
import org.zosgrid.model.Change;
import org.zosgrid.model.Changes;
import org.zosgrid.workloads.Documents;
import org.zosgrid.workloads.trust.Trust;

/** Seats for everybody with the role approver but the requester. The floor is the trust root's, and every node computes it for itself. */
@ApplicationScoped
public class ChangeApproval implements Approval {
    private static final Logger LOG = Logger.getLogger(ChangeApproval.class.getName());
    private static final long MIB = 1 << 20;

    @Inject private Changes changes;
    @Inject private Trust trust;

    @Override
    public ChangeFacts facts(long id) {
        Change change = changes.get(id);
        Optional<Deployment> subject = Documents.deployment(change).or(() -> changes.lastSealed(change.name()).flatMap(Documents::deployment));
        return new ChangeFacts(
                change.kind().toString(),
                subject.map(deployment -> deployment.environment().toString()).orElse("production"),
                subject.map(deployment -> !deployment.gateways().isEmpty()).orElse(true),
                subject.map(deployment -> deployment.machines().size()).orElse(0),
                subject.map(deployment -> deployment.machines().stream().mapToLong(machine -> machine.memory().bytes() / MIB).sum()).orElse(0L));
    }

    @Override
    public Seats open(long id, int demanded) {
        Change change = changes.lock(id);
        ChangeDocument document = Documents.document(change);
        List<String> people = new ArrayList<>(trust.root().holders(TrustRoot.APPROVER));
        people.remove(document.requester());
        int quorum = Math.max(demanded, Math.max(trust.root().roles().get(TrustRoot.APPROVER).threshold(), floor(document)));
        if (people.size() < quorum) {
            throw new InvalidChangeException("approvals: " + quorum + " people must approve it, and only " + people.size() + " may: " + String.join(", ", people));
        }
        Instant now = Instant.now();
        Instant due = document.expires();
        change.openApproval(quorum, due);
        return new Seats(people, quorum, now.plus(Duration.between(now, due).dividedBy(2)), due);
    }

    private int floor(ChangeDocument document) {
        return switch (document) {
            case Decommission removal -> trust.root().floors().decommission();
            case Deployment deployment -> changes.running(document.name()).isPresent() ? trust.root().floors().change() : trust.root().floors().create();
        };
    }

    @Override
    public void remind(long id) {
        Change change = changes.get(id);
        LOG.warning(change.name() + " version " + change.version() + " has waited for approvals for half its time; it expires at " + change.expiresAt());
    }
}
