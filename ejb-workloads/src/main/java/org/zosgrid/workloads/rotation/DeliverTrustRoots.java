package org.zosgrid.workloads.rotation;

import jakarta.ejb.EJB;
import jakarta.ejb.EJBException;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.zosgrid.bpmn.UnavailableException;
import org.zosgrid.model.TrustRoots;

/**
 * Sends each node the versions of the trust root that it lacks, until its receipts say that it has them: also those that leave a node out, to that node, so
 * that it knows. A node that is away is tried again, for ever; what it refuses stays refused, and `zos trust list` shows it.
 */
@Singleton
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class DeliverTrustRoots {
    private static final Logger LOG = Logger.getLogger(DeliverTrustRoots.class.getName());

    @Inject private TrustRoots roots;
    @EJB private DeliverToOneNode one;
    @EJB private KeepTrustRoots files;

    /** Nodes that were away the last time: it is told once that they are. */
    private final Map<String, String> away = new ConcurrentHashMap<>();

    @Schedule(hour = "*", minute = "*", second = "*/2", persistent = false, info = "bring nodes to the newest trust root")
    void all() {
        for (String node : roots.nodes()) {
            try {
                one.deliver(node);
                away.remove(node);
            } catch (UnavailableException absent) {
                absent(node, absent);
            } catch (RuntimeException later) {
                if (later instanceof EJBException wrapped && wrapped.getCausedByException() instanceof UnavailableException absent) {
                    absent(node, absent);
                } else {
                    LOG.log(Level.WARNING, "the trust root is sent to " + node + " again in a while", later);
                }
            }
        }
        try {
            files.keep();
        } catch (RuntimeException later) {
            LOG.log(Level.WARNING, "the trust root is written down in a file again in a while", later);
        }
    }

    private void absent(String node, UnavailableException why) {
        String message = String.valueOf(why.getMessage());
        if (!message.equals(away.put(node, message))) {
            LOG.warning(node + " does not take the newest trust root yet: " + message);
        }
    }
}
