package org.zosgrid.workloads.emergency;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.zosgrid.contract.Fault;
import org.zosgrid.contract.admission.Admission;
import org.zosgrid.contract.document.ChangeDocument;
import org.zosgrid.contract.document.Deployment;
import org.zosgrid.contract.document.EmergencyReview;
import org.zosgrid.contract.ledger.LedgerEntry;
import org.zosgrid.model.Change;
import org.zosgrid.model.Changes;
import org.zosgrid.model.Emergencies;
import org.zosgrid.model.Emergency;
import org.zosgrid.workloads.DecisionLog;
import org.zosgrid.workloads.Documents;
import org.zosgrid.workloads.Standing;
import org.zosgrid.workloads.trust.Trust;

/** Which emergency changes and reviews may come, asked when one comes in, when it is verified, planned and sealed; and what is written down of each. */
@ApplicationScoped
public class EmergencyChanges {
    @Inject private Changes changes;
    @Inject private Emergencies emergencies;
    @Inject private Standing standing;
    @Inject private Trust trust;
    @Inject private DecisionLog decisions;

    @Inject
    @ConfigProperty(name = "zos.workflow.review-patience")
    private Duration patience;

    /** What stands against a document, of emergencies. */
    public List<Fault> faults(ChangeDocument document) {
        return switch (document) {
            case Deployment deployment -> deployment.emergency().isPresent() ? emergency(deployment, Instant.now()) : List.of();
            case EmergencyReview review -> review(review);
            default -> List.of();
        };
    }

    private List<Fault> emergency(Deployment deployment, Instant now) {
        List<Fault> faults = new ArrayList<>();
        deployment.workflow().ifPresent(name -> faults.add(new Fault("workflow", "must be left out of an emergency change, which has a process of its own", name)));
        Admission.emergencyFault(trust.root(), deployment, standing.last(deployment.name()), now).ifPresent(why -> faults.add(new Fault("emergency", why, deployment.emergency().orElseThrow().until().toString())));
        for (Emergency each : emergencies.unreviewed(deployment.name())) {
            each.overdueAt(patience).filter(at -> !now.isBefore(at)).ifPresent(at -> {
                long version = changes.get(each.change()).version();
                faults.add(new Fault("emergency", "must wait until version " + version + " was reviewed, an emergency that ended at " + each.endedAt().orElseThrow() + " ('zos review " + deployment.name() + " " + version
                        + "'); what is not urgent goes the usual way", deployment.emergency().orElseThrow().reason()));
            });
        }
        return faults;
    }

    private List<Fault> review(EmergencyReview review) {
        Optional<Change> subject = subject(review);
        Optional<Emergency> emergency = subject.flatMap(change -> emergencies.of(change.id()));
        if (subject.isEmpty() || emergency.isEmpty()) {
            return List.of(new Fault("subjectVersion", "must be a version of " + review.subject() + " that was sealed as an emergency", Long.toString(review.subjectVersion())));
        }
        Deployment reviewed = Documents.deployment(subject.get()).orElseThrow();
        List<Fault> faults = new ArrayList<>();
        if (!review.digest().equals(subject.get().digest())) {
            faults.add(new Fault("digest", "must be that of the emergency, " + subject.get().digest(), review.digest()));
        }
        if (!review.askedBy().equals(reviewed.requester())) {
            faults.add(new Fault("askedBy", "must be who asked for the emergency, " + reviewed.requester(), review.askedBy()));
        }
        if (review.environment() != reviewed.environment()) {
            faults.add(new Fault("environment", "must be that of the emergency, " + reviewed.environment(), review.environment().toString()));
        }
        if (emergency.get().endedAt().isEmpty()) {
            faults.add(new Fault("subjectVersion", "must have ended; it stands until " + emergency.get().until() + " or until another version takes its place", Long.toString(review.subjectVersion())));
        }
        return faults;
    }

    private Optional<Change> subject(EmergencyReview review) {
        return changes.find(review.subject(), review.subjectVersion());
    }

    /** An emergency was sealed: from now on something is owed of it. */
    public void sealed(Change change, ChangeDocument document) {
        if (document instanceof Deployment deployment) {
            deployment.emergency().ifPresent(emergency -> emergencies.add(new Emergency(change.id(), change.name(), Instant.now(), emergency.until())));
        }
    }

    /** A review was sealed: it stands from now on, in the place of any before it. */
    public void reviewed(Change change) {
        EmergencyReview review = (EmergencyReview) Documents.document(change);
        Change subject = changes.lock(subject(review).orElseThrow().id());
        emergencies.of(subject.id()).orElseThrow().reviewed(change.id(), Instant.now());
        decisions.append(LedgerEntry.REVIEWED, subject, review.verdict() + ", by " + change.name() + " version " + change.version() + " of " + change.requester() + ": " + review.findings());
    }

    /** From when on no other emergency of the deployment may come. */
    public Optional<Instant> overdueAt(Emergency emergency) {
        return emergency.overdueAt(patience);
    }
}
