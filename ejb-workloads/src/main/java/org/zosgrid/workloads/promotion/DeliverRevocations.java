package org.zosgrid.workloads.promotion;

import jakarta.ejb.EJB;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.zosgrid.workloads.organisation.KnownOrganisations;

/** Sends each node of the trust root the revocations that it has not been sent, until it has them. A node that is away is tried again, for ever. */
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
public class DeliverRevocations {
    private static final Logger LOG = Logger.getLogger(DeliverRevocations.class.getName());

    @EJB private RevokeOnOneNode one;
    @Inject private KnownOrganisations organisations;

    /** Nodes that were away the last time: it is told once that they are. */
    private final Map<String, String> away = new ConcurrentHashMap<>();

    /** Throws nothing, and does nothing in a transaction of its own: the container gives a timer up that has failed twice. */
    @Schedule(hour = "*", minute = "*", second = "*/3", persistent = false, info = "tell nodes of revoked promotions")
    void all() {
        try {
            organisations.each(() -> one.nodes().forEach(this::tell));
        } catch (RuntimeException later) {
            LOG.log(Level.WARNING, "nodes are told of revoked promotions in a while", later);
        }
    }

    private void tell(String node) {
        try {
            Optional<String> absent = one.deliver(node);
            if (absent.isEmpty()) {
                away.remove(node);
            } else if (!absent.get().equals(away.put(node, absent.get()))) {
                LOG.warning(node + " has not heard of every revoked promotion yet: " + absent.get());
            }
        } catch (RuntimeException later) {
            LOG.log(Level.WARNING, node + " is told of revoked promotions in a while", later);
        }
    }
}
