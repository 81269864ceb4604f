package org.zosgrid.workloads.step;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.Logger;
import org.zosgrid.bpmn.Approval;
import org.zosgrid.bpmn.ChangeFacts;
import org.zosgrid.bpmn.InvalidChangeException;
import org.zosgrid.bpmn.QuorumTable;
import org.zosgrid.bpmn.Seats;
import org.zosgrid.contract.admission.Requirements;
import org.zosgrid.contract.document.ChangeDocument;
import org.zosgrid.contract.document.Deployment;
import org.zosgrid.contract.document.Emergency;
import org.zosgrid.contract.document.EmergencyReview;
import org.zosgrid.contract.document.ImagePromotion;
import org.zosgrid.model.Change;
import org.zosgrid.model.ChangeKind;
import org.zosgrid.model.Changes;
import org.zosgrid.workloads.Documents;
import org.zosgrid.workloads.Standing;
import org.zosgrid.workloads.mail.Notices;
import org.zosgrid.workloads.ticket.Tickets;
import org.zosgrid.workloads.trust.Trust;

/** Seats for everybody in an approver group but the requester. What must be approved by whom is said by rules that every node asks for itself. */
@ApplicationScoped
public class ChangeApproval implements Approval {
    private static final Logger LOG = Logger.getLogger(ChangeApproval.class.getName());
    private static final long MIB = 1 << 20;

    @Inject private Changes changes;
    @Inject private Trust trust;
    @Inject private Standing standing;
    @Inject private Notices notices;
    @Inject private QuorumTable table;
    @EJB private Tickets tickets;

    @Override
    public ChangeFacts facts(long id) {
        Change change = changes.get(id);
        if (Documents.document(change) instanceof ImagePromotion promotion) {
            return new ChangeFacts(change.kind().toString(), promotion.environment().toString(), true, 0, 0L);
        }
        if (Documents.document(change) instanceof EmergencyReview review) {
            return new ChangeFacts(change.kind().toString(), review.environment().toString(), true, 0, 0L);
        }
        return facts(change.kind(), Documents.deployment(change).or(() -> changes.current(change.name()).flatMap(Documents::deployment)));
    }

    /** What the decision table sees; where nothing is known of what it is about, the worst. */
    public static ChangeFacts facts(ChangeKind kind, Optional<Deployment> subject) {
        return new ChangeFacts(
                kind.toString(),
                subject.map(deployment -> deployment.environment().toString()).orElse("production"),
                subject.map(deployment -> !deployment.gateways().isEmpty()).orElse(true),
                subject.map(deployment -> deployment.machines().size()).orElse(0),
                subject.map(deployment -> deployment.machines().stream().mapToLong(machine -> machine.memory().bytes() / MIB).sum()).orElse(0L));
    }

    @Override
    public Seats open(long id, int demanded) {
        return open(id, demanded, Set.of());
    }

    /** Whatever table a model asks, the one named {@code quorum} is asked too: nobody gets by with less by choosing a model. Of an emergency the trust root's rule alone is asked. */
    @Override
    public Seats open(long id, int demanded, Set<String> groups) {
        Change change = changes.lock(id);
        ChangeDocument document = Documents.document(change);
        Requirements requirements = standing.requirements(document);
        Set<String> people = mayApprove(document);
        Optional<Emergency> emergency = document instanceof Deployment deployment ? deployment.emergency() : Optional.empty();
        int quorum = quorum(emergency.isPresent() ? demanded : Math.max(demanded, table.people(facts(id))), requirements);
        Instant now = Instant.now();
        List<String> lacking = Standing.missing(groups, trust.root().approvals(trust.root().keys().keySet(), document));
        if (!lacking.isEmpty()) {
            throw new InvalidChangeException("approvals: are out of reach even if everybody but the requester approves: " + String.join("; ", lacking));
        }
        obstacle(document, requirements, quorum, now).ifPresent(obstacle -> {
            throw new InvalidChangeException(obstacle);
        });
        Instant due = emergency.map(Emergency::until).filter(document.expires()::isAfter).orElse(document.expires());
        change.openApproval(quorum, groups, due);
        tickets.want(change);
        notices.assigned(change, List.copyOf(people), quorum, due);
        return new Seats(List.copyOf(people), quorum, now.plus(Duration.between(now, due).dividedBy(emergency.isPresent() ? 4 : 2)), due);
    }

    /** Everybody in an approver group but the requester, and of a review also but who asked for the emergency. */
    public Set<String> mayApprove(ChangeDocument document) {
        Set<String> people = new TreeSet<>(trust.root().approvers());
        people.removeAll(document.parties());
        return people;
    }

    /** How many people must approve, however little the decision table demands. */
    public static int quorum(int demanded, Requirements requirements) {
        return Math.max(demanded, least(requirements));
    }

    /** Why a change can never be approved in time, if it cannot. */
    public Optional<String> obstacle(ChangeDocument document, Requirements requirements, int quorum, Instant now) {
        if (!requirements.arePossible()) {
            return Optional.of("approvals: no rule of the trust root that demands approvals matches this class of change, so every node would refuse it");
        }
        List<String> missing = requirements.missing(trust.root().approvals(trust.root().keys().keySet(), document));
        if (!missing.isEmpty()) {
            return Optional.of("approvals: are out of reach even if everybody but the requester approves: " + String.join("; ", missing));
        }
        Set<String> people = mayApprove(document);
        if (people.size() < quorum) {
            return Optional.of("approvals: " + quorum + " people must approve it, and only " + people.size() + " may: " + String.join(", ", people));
        }
        if (requirements.opensAt(now).filter(opens -> opens.isBefore(document.expires())).isEmpty()) {
            return Optional.of("windows: the time windows of all rules are not open at once before it expires, at " + document.expires());
        }
        return Optional.empty();
    }

    /** No fewer people than this can satisfy every rule; whether those who approve do is asked with each approval. */
    private static int least(Requirements requirements) {
        return requirements.demanded().stream()
                .mapToInt(each -> each.rule().require().leastPeople())
                .reduce(1, Math::max);
    }

    @Override
    public Optional<Instant> opensAt(long id, Instant now) {
        Change change = changes.lock(id);
        Optional<Instant> opens = standing.requirements(Documents.document(change)).opensAt(now);
        if (!opens.equals(Optional.of(now))) {
            change.say("it is approved, and waits for its time window, which opens " + opens.map(at -> "at " + at).orElse("never"));
        }
        return opens;
    }

    @Override
    public void remind(long id) {
        Change change = changes.get(id);
        LOG.warning(change.name() + " version " + change.version() + " has waited for approvals for half its time; it expires at " + change.expiresAt());
        notices.remind(change);
    }
}
