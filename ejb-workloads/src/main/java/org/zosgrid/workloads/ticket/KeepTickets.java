package org.zosgrid.workloads.ticket;

import jakarta.ejb.EJB;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.zosgrid.model.CurrentOrganisation;
import org.zosgrid.workloads.organisation.KnownOrganisations;

/** Opens tickets, asks what is thought of them, and tells how they ended; one after the other, for each organisation in turn. */
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
public class KeepTickets {
    private static final Logger LOG = Logger.getLogger(KeepTickets.class.getName());

    /** Of one organisation in a row: then it is the next one's turn. */
    private static final int MOST = 50;

    @EJB private Tickets tickets;
    @Inject private TicketSettings settings;
    @Inject private KnownOrganisations organisations;

    /** For whom it failed the last time: it is told once. Timers of a singleton come one after the other. */
    private final Set<String> troubled = new HashSet<>();

    /** Throws nothing: the container gives a timer up that has failed twice. */
    @Schedule(hour = "*", minute = "*", second = "*/2", persistent = false, info = "keep tickets about changes")
    void all() {
        organisations.each(this::keepAll);
    }

    private void keepAll() {
        if (!settings.on()) {
            return;
        }
        try {
            boolean more = true;
            for (int kept = 0; more && kept < MOST; kept++) {
                Optional<Tickets.Due> due = tickets.take();
                // A system that fails is left alone until the next time.
                more = due.isPresent() && keep(due.get());
            }
            troubled.remove(CurrentOrganisation.name());
        } catch (RuntimeException later) {
            LOG.log(troubled.add(CurrentOrganisation.name()) ? Level.WARNING : Level.FINE, "tickets of the organisation " + CurrentOrganisation.name() + " are kept in a while", later);
        }
    }

    /** Returns whether the other system did as it was asked. */
    private boolean keep(Tickets.Due due) {
        try {
            TicketSystem system = settings.connect();
            String reference = due.reference().isPresent() ? due.reference().get() : system.open(due.text());
            tickets.known(due.change(), reference);
            if (due.ended()) {
                system.close(reference, due.successful(), due.text().title() + " is " + due.state());
                tickets.ended(due.change());
            } else {
                act(due, reference, system);
            }
            return true;
        } catch (IOException failed) {
            LOG.warning("the ticket about " + due.text().title() + " is tried again: " + failed.getMessage());
            tickets.failed(due.change(), String.valueOf(failed.getMessage()));
            return false;
        }
    }

    /** Each answer is acted on once. */
    private void act(Tickets.Due due, String reference, TicketSystem system) throws IOException {
        TicketSystem.Answer answer = system.answer(reference);
        if (answer.name().equals(due.answer())) {
            return;
        }
        switch (answer) {
            case NONE -> {}
            case REFUSED -> tickets.refused(due.change(), system.called(reference));
            case AGREED -> {
                system.remark(reference, "Noted. Approvers were told; this answer is no approval, which is a signature.");
                tickets.agreed(due.change(), system.called(reference));
            }
        }
    }
}
