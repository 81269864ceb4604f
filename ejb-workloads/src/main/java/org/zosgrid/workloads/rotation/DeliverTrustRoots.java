package org.zosgrid.workloads.rotation;

import jakarta.ejb.EJB;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.zosgrid.workloads.organisation.KnownOrganisations;

/**
 * Sends each node the versions of the trust root that it lacks, until its receipts say that it has them: also those that leave a node out, to that node, so
 * that it knows. A node that is away is tried again, for ever; what it refuses stays refused, and {@code zos trust list} shows it.
 */
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
public class DeliverTrustRoots {
    private static final Logger LOG = Logger.getLogger(DeliverTrustRoots.class.getName());

    @EJB private DeliverToOneNode one;
    @EJB private TellRotations processes;
    @EJB private KeepTrustRoots files;
    @Inject private KnownOrganisations organisations;

    /** Nodes that were away the last time: it is told once that they are. */
    private final Map<String, String> away = new ConcurrentHashMap<>();

    /** Throws nothing, and does nothing in a transaction of its own: the container gives a timer up that has failed twice. */
    @Schedule(hour = "*", minute = "*", second = "*/2", persistent = false, info = "bring nodes to the newest trust root")
    void all() {
        try {
            organisations.each(this::current);
        } catch (RuntimeException later) {
            LOG.log(Level.WARNING, "nodes are brought to the newest trust root in a while", later);
        }
    }

    private void current() {
        List<String> nodes = one.nodes();
        nodes.forEach(this::bringForward);
        nodes.forEach(this::tell);
        one.gone().forEach(processes::noLongerAwaited);
        files.keep();
    }

    private void tell(String node) {
        try {
            processes.tell(node);
        } catch (RuntimeException later) {
            LOG.log(Level.WARNING, "the process of the trust root hears of " + node + " in a while", later);
        }
    }

    private void bringForward(String node) {
        try {
            Optional<String> absent = one.deliver(node);
            if (absent.isEmpty()) {
                away.remove(node);
            } else if (!absent.get().equals(away.put(node, absent.get()))) {
                LOG.warning(node + " does not take the newest trust root yet: " + absent.get());
            }
        } catch (RuntimeException later) {
            LOG.log(Level.WARNING, "the trust root is sent to " + node + " again in a while", later);
        }
    }
}
