package org.zosgrid.workloads.model;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.zosgrid.bpmn.InvalidChangeException;
import org.zosgrid.bpmn.Tickets;
import org.zosgrid.bpmn.UnavailableException;
import org.zosgrid.model.Changes;
import org.zosgrid.workloads.ticket.TicketSettings;

/** The block "Open a change ticket": noted down, opened by the same code that keeps all tickets, and waited for. A change has one ticket. */
@ApplicationScoped
public class ModelTickets implements Tickets {
    @Inject private Changes changes;
    @Inject private TicketSettings settings;
    @EJB private org.zosgrid.workloads.ticket.Tickets tickets;

    @Override
    public String open(long id, String system, String summary, String key) {
        if (!settings.names().contains(system)) {
            throw new InvalidChangeException("system: there is no ticket system '" + system + "' any more");
        }
        return tickets.want(changes.get(id), summary).orElseThrow(() -> new UnavailableException("the ticket is not open yet"));
    }
}
