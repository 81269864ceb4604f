/**
 * Keeps a ticket about each change in the system where an enterprise's people look for one: ServiceNow or Jira, behind {@link org.zosgrid.workloads.ticket.TicketSystem}, which is all that a connector
 * must be able to do.
 *
 * <p>A ticket is noted down in the transaction that opens a change's approval ({@link org.zosgrid.workloads.ticket.Tickets}). {@link org.zosgrid.workloads.ticket.KeepTickets} then opens it there, asks
 * what is thought of it, and tells how it ended; whatever fails is tried again.
 *
 * <p>A "no" from there ends a change that waits for approvals, as an approver's does. A "yes" has the approvers reminded, and nothing more: the login of a bridge is nobody's signature, and nothing in
 * this package can make one.
 */
@NullMarked
package org.zosgrid.workloads.ticket;

import org.jspecify.annotations.NullMarked;
