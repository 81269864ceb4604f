package org.zosgrid.workloads.receipt;

import jakarta.ejb.EJB;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.zosgrid.model.Changes;
import org.zosgrid.model.Dispatch;

/**
 * Repeats what nodes have answered to processes that are under way. An answer may come while the transaction that begins to wait for it is rolled back and
 * done again, after a crash for instance: what is told once only would then be lost.
 */
@Singleton
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class TellAgain {
    private static final Logger LOG = Logger.getLogger(TellAgain.class.getName());

    @Inject private Changes changes;
    @EJB private TellOneChange one;

    @Schedule(hour = "*", minute = "*", second = "*/5", persistent = false, info = "repeat what nodes have answered")
    void all() {
        for (long change : changes.waitingForNodes()) {
            for (String node : changes.dispatches(change).stream().map(Dispatch::node).distinct().toList()) {
                try {
                    one.tell(change, node);
                } catch (RuntimeException later) {
                    LOG.log(Level.WARNING, "what " + node + " says of change " + change + " is told again in a while", later);
                }
            }
        }
    }
}
