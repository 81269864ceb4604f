package org.zosgrid.workloads.node;

import jakarta.ejb.EJB;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.zosgrid.contract.inventory.NodeInventory;
import org.zosgrid.workloads.organisation.KnownOrganisations;

/**
 * Makes the inventory be what sealed admissions and retirements say, on every server, and tells their processes what became of their nodes. Of nodes that no
 * such document is about, the inventory says what its operator wrote.
 */
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
public class FollowNodes {
    private static final Logger LOG = Logger.getLogger(FollowNodes.class.getName());

    @EJB private FollowOneNode one;
    @Inject private Inventory inventory;
    @Inject private KnownOrganisations organisations;

    private String trouble = "";

    /** Throws nothing, and does nothing in a transaction of its own: the container gives a timer up that has failed twice. */
    @Schedule(hour = "*", minute = "*", second = "*/2", persistent = false, info = "nodes that come and go")
    void all() {
        try {
            NodeInventory now = inventory.newest();
            AtomicReference<NodeInventory> wanted = new AtomicReference<>(now);
            organisations.each(() -> wanted.updateAndGet(one::inventory));
            NodeInventory next = wanted.get();
            if (!next.equals(now) && !next.nodes().isEmpty()) {
                inventory.replace(next);
            }
            trouble = "";
        } catch (RuntimeException later) {
            if (!trouble.equals(String.valueOf(later.getMessage()))) {
                trouble = String.valueOf(later.getMessage());
                LOG.log(Level.WARNING, "the inventory is brought up to date in a while", later);
            }
        }
        try {
            organisations.each(() -> one.waiting().forEach(this::tell));
        } catch (RuntimeException later) {
            LOG.log(Level.WARNING, "what became of nodes is told in a while", later);
        }
    }

    private void tell(long change) {
        try {
            one.tell(change);
        } catch (RuntimeException later) {
            LOG.log(Level.WARNING, "what became of the node of change " + change + " is told in a while", later);
        }
    }
}
