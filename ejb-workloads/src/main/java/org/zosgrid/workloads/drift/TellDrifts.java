package org.zosgrid.workloads.drift;

import jakarta.ejb.EJB;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.zosgrid.workloads.organisation.KnownOrganisations;

/** Tells the processes of drifts what became of them: what nodes said since, and whether another version took the place. Telling twice does no harm. */
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
public class TellDrifts {
    private static final Logger LOG = Logger.getLogger(TellDrifts.class.getName());

    @EJB private TellOneDrift one;
    @Inject private KnownOrganisations organisations;

    /** Throws nothing, and does nothing in a transaction of its own: the container gives a timer up that has failed twice. */
    @Schedule(hour = "*", minute = "*", second = "*/2", persistent = false, info = "tell what became of drifts")
    void all() {
        try {
            organisations.each(() -> one.open().forEach(this::tell));
        } catch (RuntimeException later) {
            LOG.log(Level.WARNING, "what became of drifts is told in a while", later);
        }
    }

    private void tell(long drift) {
        try {
            one.tell(drift);
        } catch (RuntimeException later) {
            LOG.log(Level.WARNING, "what became of drift " + drift + " is told in a while", later);
        }
    }
}
