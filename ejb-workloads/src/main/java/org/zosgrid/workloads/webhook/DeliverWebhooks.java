package org.zosgrid.workloads.webhook;

import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedExecutorDefinition;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.inject.Inject;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.zosgrid.model.CurrentOrganisation;
import org.zosgrid.workloads.organisation.KnownOrganisations;

/** Looks every second for subscriptions with something due. Each is served by a thread of its own, so that a slow receiver keeps nobody waiting but itself. */
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
@ManagedExecutorDefinition(name = DeliverWebhooks.COURIERS, maxAsync = DeliverWebhooks.MOST)
public class DeliverWebhooks {
    /** There may be as many subscriptions as there are threads. */
    public static final int MOST = 32;

    static final String COURIERS = "java:app/concurrent/webhook-couriers";

    private static final Logger LOG = Logger.getLogger(DeliverWebhooks.class.getName());

    @Resource(lookup = COURIERS) private ManagedExecutorService couriers;
    @EJB private Messages messages;
    @Inject private Courier courier;
    @Inject private KnownOrganisations organisations;

    /** Subscriptions that a thread of this server works on. */
    private final Set<Subscription> busy = ConcurrentHashMap.newKeySet();

    /** Whether it failed the last time: it is told once. Timers of a singleton come one after the other. */
    private boolean troubled;

    /** Each organisation numbers its own. */
    private record Subscription(String organisation, long id) {}

    /** Throws nothing: the container gives a timer up that has failed twice. */
    @Schedule(hour = "*", minute = "*", second = "*", persistent = false, info = "tell corporate systems of decisions")
    void all() {
        try {
            organisations.each(() -> messages.due().forEach(webhook -> begin(new Subscription(CurrentOrganisation.name(), webhook))));
            troubled = false;
        } catch (RuntimeException later) {
            LOG.log(troubled ? Level.FINE : Level.WARNING, "webhooks are served in a while: {0}", later.getMessage());
            troubled = true;
        }
    }

    private void begin(Subscription webhook) {
        if (!busy.add(webhook)) {
            return;
        }
        try {
            couriers.execute(() -> serve(webhook));
        } catch (RejectedExecutionException stopping) {
            busy.remove(webhook);
        }
    }

    private void serve(Subscription webhook) {
        try {
            CurrentOrganisation.run(webhook.organisation(), () -> courier.serve(webhook.id()));
        } catch (RuntimeException later) {
            LOG.log(Level.WARNING, "webhook " + webhook.id() + " is served again in a while", later);
        } finally {
            busy.remove(webhook);
        }
    }
}
