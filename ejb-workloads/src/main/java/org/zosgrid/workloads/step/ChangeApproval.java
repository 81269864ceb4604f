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
import org.zosgrid.bpmn.Seats;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.Fault;
import org.zosgrid.contract.admission.Requirements;
import org.zosgrid.contract.document.ChangeDocument;
import org.zosgrid.contract.document.Demand;
import org.zosgrid.contract.document.Deployment;
import org.zosgrid.contract.document.Emergency;
import org.zosgrid.model.Change;
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

    @Inject private Changes changes;
    @Inject private Trust trust;
    @Inject private Standing standing;
    @Inject private Notices notices;
    @Inject private Facts facts;
    @Inject private Demands demands;
    @EJB private Tickets tickets;

    @Override
    public ChangeFacts facts(long id) {
        return facts.of(Documents.document(changes.get(id)));
    }

    @Override
    public Seats open(long id, int demanded) {
        return open(id, demanded, Set.of());
    }

    /**
     * Tables are asked again: what they say may have changed since the document was submitted, and a block of a model may demand more than anybody could know then. A document that does not bind it is
     * invalid. From here on nothing counts but what the document binds and the rules say. Whatever table a model asks, the one named {@code quorum} is asked too: nobody gets by with less by choosing a model.
     */
    @Override
    public Seats open(long id, int demanded, Set<String> groups) {
        Change change = changes.lock(id);
        ChangeDocument document = Documents.document(change);
        List<Fault> unbound = demands.unboundAtOpening(document, new Demand(demanded, groups));
        if (!unbound.isEmpty()) {
            throw new InvalidChangeException(String.valueOf(new ContractException(unbound).getMessage()));
        }
        Requirements requirements = standing.requirements(document);
        Set<String> people = seats(document);
        int quorum = quorum(requirements);
        Instant now = Instant.now();
        obstacle(document, requirements, quorum, now).ifPresent(obstacle -> {
            throw new InvalidChangeException(obstacle);
        });
        Optional<Emergency> emergency = document instanceof Deployment deployment ? deployment.emergency() : Optional.empty();
        Instant due = emergency.map(Emergency::until).filter(document.expires()::isAfter).orElse(document.expires());
        change.openApproval(quorum, document.demand().groups(), due);
        tickets.want(change);
        notices.assigned(change, List.copyOf(mayApprove(document)), quorum, due);
        // Of an emergency a quarter of the time is enough to be reminded; otherwise it is the moment from which on deputies count.
        Instant half = emergency.isPresent() ? now.plus(Duration.between(now, due).dividedBy(4)) : document.deputiesFrom();
        return new Seats(List.copyOf(people), quorum, half.isBefore(now) ? now : half, due);
    }

    /** Everybody in an approver group but the requester, and of a review also but who asked for the emergency. */
    public Set<String> mayApprove(ChangeDocument document) {
        Set<String> people = new TreeSet<>(trust.root().approvers());
        people.removeAll(document.parties());
        return people;
    }

    /** Who gets a seat: those who may approve, and deputies, who may from their time on. */
    private Set<String> seats(ChangeDocument document) {
        Set<String> people = new TreeSet<>(trust.root().approvers());
        people.addAll(trust.root().deputies());
        people.removeAll(document.parties());
        return people;
    }

    /** No fewer people than this can satisfy every rule and the document's demand; whether those who approve do is asked with each approval. */
    public static int quorum(Requirements requirements) {
        return requirements.demanded().stream()
                .mapToInt(each -> each.rule().require().leastPeople())
                .reduce(Math.max(1, requirements.demand().people()), Math::max);
    }

    /** Why a change can never be approved in time, if it cannot. */
    public Optional<String> obstacle(ChangeDocument document, Requirements requirements, int quorum, Instant now) {
        if (!requirements.arePossible()) {
            return Optional.of("approvals: no rule of the trust root that demands approvals matches this class of change, so every node would refuse it");
        }
        List<String> missing = requirements.missing(trust.root().approvals(trust.root().keys().keySet(), document, document.expires()));
        if (!missing.isEmpty()) {
            return Optional.of("approvals: are out of reach even if everybody but the requester approves: " + String.join("; ", missing));
        }
        Set<String> people = seats(document);
        if (people.size() < quorum) {
            return Optional.of("approvals: " + quorum + " people must approve it, and only " + people.size() + " may: " + String.join(", ", people));
        }
        if (requirements.opensAt(now).filter(opens -> opens.isBefore(document.expires())).isEmpty()) {
            return Optional.of("windows: the time windows of all rules are not open at once before it expires, at " + document.expires());
        }
        return Optional.empty();
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
        ChangeDocument document = Documents.document(change);
        Set<String> deputies = seats(document);
        deputies.retainAll(trust.root().deputies());
        notices.standIn(change, deputies, document.deputiesFrom());
        LOG.warning(change.name() + " version " + change.version() + " has waited for approvals for half its time; it expires at " + change.expiresAt());
        notices.remind(change);
    }
}
