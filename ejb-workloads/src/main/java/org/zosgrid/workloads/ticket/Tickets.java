package org.zosgrid.workloads.ticket;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.zosgrid.bpmn.ChangeProcesses;
import org.zosgrid.model.Change;
import org.zosgrid.model.ChangeKind;
import org.zosgrid.model.ChangeState;
import org.zosgrid.model.ChangeTicket;
import org.zosgrid.model.ChangeTickets;
import org.zosgrid.model.Changes;
import org.zosgrid.model.Rejection;
import org.zosgrid.workloads.Backoff;
import org.zosgrid.workloads.DecisionLog;
import org.zosgrid.workloads.mail.Notices;

/** What is to be done about tickets, and what became of it: each call a transaction of its own, none of which lasts while the other system is waited for. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class Tickets {
    /** Longer than the other system may take for everything that is asked at once. */
    private static final Duration HOLD = Duration.ofMinutes(5);

    private static final Backoff PAUSE = new Backoff(Duration.ofSeconds(10), Duration.ofHours(1));

    @Inject private ChangeTickets tickets;
    @Inject private Changes changes;
    @Inject private DecisionLog decisions;
    @Inject private ChangeProcesses processes;
    @Inject private Notices notices;
    @Inject private TicketSettings settings;

    /** A ticket and what its change is now. */
    public record Due(long change, Optional<String> reference, String answer, TicketSystem.Text text, boolean ended, boolean successful, String state) {}

    /** Notes down that a change wants a ticket, in the caller's transaction. */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public void want(Change change) {
        if (settings.on() && tickets.find(change.id()).isEmpty()) {
            tickets.add(new ChangeTicket(change.id(), Instant.now()));
        }
    }

    /**
     * Notes down that a model wants a ticket with this text; one that there is already keeps its own. In the caller's transaction.
     *
     * @return what the other system calls it; empty before it is there
     */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public Optional<String> want(Change change, String summary) {
        Optional<ChangeTicket> there = tickets.find(change.id());
        if (there.isEmpty()) {
            tickets.add(new ChangeTicket(change.id(), summary, Instant.now()));
        }
        return there.flatMap(ChangeTicket::reference);
    }

    /** The ticket that is due for longest; nobody else gets it meanwhile. */
    public Optional<Due> take() {
        Instant now = Instant.now();
        return tickets.take(now, now.plus(HOLD)).map(ticket -> due(ticket, changes.get(ticket.change())));
    }

    private static Due due(ChangeTicket ticket, Change change) {
        boolean successful = switch (change.state()) {
            case RUNNING, PAUSED, REMOVED, IN_FORCE, DONE, ADMITTED, RETIRED -> true;
            // A retirement is superseded when it is called off, anything else after it was done.
            case SUPERSEDED -> change.kind() != ChangeKind.RETIREMENT;
            default -> false;
        };
        String called = change.name() + " version " + change.version();
        return new Due(change.id(), ticket.reference(), ticket.answer(),
                new TicketSystem.Text("zos-" + change.digest(), ticket.summary().isEmpty() ? change.kind() + " of " + called : ticket.summary() + " (" + called + ")",
                        change.requester() + " submitted the " + change.kind() + " of " + called + " at " + change.submittedAt() + ". The document's digest is " + change.digest()
                                + ". Whoever approves it signs the document itself; an answer in this ticket is no approval, a refusal ends the change."),
                !change.state().open(), successful, change.state() + (change.message().isEmpty() ? "" : ": " + change.message()));
    }

    /** The other system has the ticket; it is asked again in a while. */
    public void known(long change, String reference) {
        tickets.find(change).orElseThrow().known(reference, Instant.now().plus(settings.pause()));
    }

    public void failed(long change, String why) {
        ChangeTicket ticket = tickets.find(change).orElseThrow();
        ticket.failed(why, Instant.now().plus(PAUSE.after(ticket.attempts() + 1, RandomGenerator.getDefault())));
    }

    /** How it ended is told; there is nothing more to do. */
    public void ended(long change) {
        tickets.find(change).orElseThrow().end(Instant.now());
    }

    /**
     * It was refused there: a change that waits for approvals ends, and the ledger says by which ticket.
     *
     * @param called what people call it there
     */
    public void refused(long id, String called) {
        Change change = changes.lock(id);
        tickets.find(id).orElseThrow().answered(TicketSystem.Answer.REFUSED.name());
        if (change.state() != ChangeState.APPROVAL) {
            return; // too late, or too early: what was approved by signatures is not undone by a ticket
        }
        String who = "ticket " + called;
        changes.add(new Rejection(id, who, "refused there", Instant.now()));
        decisions.append("rejected", change, who + ": refused there");
        if (!processes.rejected(change.processInstance().orElseThrow(), who, "refused there")) {
            throw new IllegalStateException(change.name() + " version " + change.version() + " waits for approvals, and its process does not");
        }
    }

    /**
     * It was agreed to there: whoever has not approved yet is told so, and nothing else happens.
     *
     * @param called what people call it there
     */
    public void agreed(long id, String called) {
        tickets.find(id).orElseThrow().answered(TicketSystem.Answer.AGREED.name());
        Change change = changes.get(id);
        if (change.state() == ChangeState.APPROVAL) {
            notices.agreedElsewhere(change, called);
        }
    }
}
