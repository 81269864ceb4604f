package org.zosgrid.workloads.receipt;

import jakarta.ejb.EJB;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.zosgrid.workloads.organisation.KnownOrganisations;

/**
 * Repeats what nodes have answered to processes that are under way. An answer may come while the transaction that begins to wait for it is rolled back and
 * done again, after a crash for instance: what is told once only would then be lost.
 */
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
public class TellAgain {
    private static final Logger LOG = Logger.getLogger(TellAgain.class.getName());

    @EJB private TellOneChange one;
    @Inject private KnownOrganisations organisations;

    /** Throws nothing, and does nothing in a transaction of its own: the container gives a timer up that has failed twice. */
    @Schedule(hour = "*", minute = "*", second = "*/5", persistent = false, info = "repeat what nodes have answered")
    void all() {
        try {
            organisations.each(() -> one.waiting().forEach((change, nodes) -> nodes.forEach(node -> tell(change, node))));
        } catch (RuntimeException later) {
            LOG.log(Level.WARNING, "what nodes have answered is told again in a while", later);
        }
    }

    private void tell(long change, String node) {
        try {
            one.tell(change, node);
        } catch (RuntimeException later) {
            LOG.log(Level.WARNING, "what " + node + " says of change " + change + " is told again in a while", later);
        }
    }
}
