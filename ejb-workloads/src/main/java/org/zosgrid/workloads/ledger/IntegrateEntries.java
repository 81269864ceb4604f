package org.zosgrid.workloads.ledger;

import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.zosgrid.workloads.organisation.KnownOrganisations;

/** Brings entries into tiles soon after they were committed, so that whoever needs a proof, or monitors, need not wait for the ledger to catch up. */
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
public class IntegrateEntries {
    private static final Logger LOG = Logger.getLogger(IntegrateEntries.class.getName());

    @Inject private TiledLedger ledger;
    @Inject private KnownOrganisations organisations;

    private String told = "";

    /** Nothing may be thrown from here: a timer that failed twice is never called again. What goes on failing is told once. */
    @Schedule(hour = "*", minute = "*", second = "*/5", persistent = false, info = "bring ledger entries into tiles")
    void integrate() {
        try {
            organisations.each(ledger::now);
            told = "";
        } catch (RuntimeException later) {
            String why = String.valueOf(later.getMessage());
            if (!why.equals(told)) {
                LOG.log(Level.WARNING, "ledger entries are brought into tiles later: {0}", why);
                told = why;
            }
        }
    }
}
