package org.zosgrid.workloads.engine;

import jakarta.ejb.EJB;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import java.sql.SQLException;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Says to the servers that share the database that this one lives, and takes over what dead ones had begun, and what this one has lost sight of. */
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
public class Presence {
    private static final Logger LOG = Logger.getLogger(Presence.class.getName());

    @EJB private WorkflowEngine engine;

    /** Whether it failed the last time: it is told once. Timers of a singleton come one after the other. */
    private boolean troubled;

    /** Throws nothing: the container gives a timer up that has failed twice. */
    @Schedule(hour = "*", minute = "*", second = "*/3", persistent = false, info = "live among the other servers")
    void tell() {
        try {
            engine.tellOthers();
            engine.serveCustomers();
            int freed = engine.standIn();
            int forgotten = engine.giveBackForgotten();
            troubled = false;
            if (freed > 0) {
                LOG.info(freed + " jobs go on here that a server had begun which is not seen any more");
            }
            if (forgotten > 0) {
                LOG.info(forgotten + " jobs are given back that were locked for this server while the database was away");
            }
        } catch (SQLException | RuntimeException later) {
            LOG.log(troubled ? Level.FINE : Level.WARNING, "other servers hear of this one in a while", later);
            troubled = true;
        }
    }
}
