package org.zosgrid.workloads.emergency;

import jakarta.ejb.EJB;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.zosgrid.workloads.organisation.KnownOrganisations;

/** Follows emergencies: tells people when half of one is over, writes down that nodes have ended it, and asks for its review until there is one. */
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
public class FollowEmergencies {
    private static final Logger LOG = Logger.getLogger(FollowEmergencies.class.getName());

    @EJB private FollowOneEmergency one;
    @Inject private KnownOrganisations organisations;

    /** Throws nothing, and does nothing in a transaction of its own: the container gives a timer up that has failed twice. */
    @Schedule(hour = "*", minute = "*", second = "*/3", persistent = false, info = "follow emergency changes")
    void all() {
        try {
            organisations.each(() -> one.open().forEach(this::follow));
        } catch (RuntimeException later) {
            LOG.log(Level.WARNING, "emergencies are followed in a while", later);
        }
    }

    private void follow(long change) {
        try {
            one.follow(change);
        } catch (RuntimeException later) {
            LOG.log(Level.WARNING, "the emergency of change " + change + " is followed in a while", later);
        }
    }
}
