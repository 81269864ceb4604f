package org.zosgrid.connector.zdb;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import jakarta.resource.spi.work.Work;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import org.zosgrid.zdb.client.ZdbClient;

/**
 * Follows one namespace of one node and delivers what is appended, on a thread of the container, until it is told to stop.
 *
 * <p>Its life: connect; ask the listener where to go on; read and deliver, page by page; at the end of the log wait to be told of news. A node that is
 * away is connected to again, a listener that fails is asked again where to go on: nothing is skipped, and neither ends this loop.
 */
final class NodeReader implements Work {
    private static final Logger LOG = Logger.getLogger(NodeReader.class.getName());
    private static final int PAGE = 64;
    /** A record that comes after the log was read and before the wait began is not announced: it is found after this time at the latest. */
    private static final Duration WAIT = Duration.ofMillis(300);
    private static final Duration LONGEST_NODE_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_LISTENER_PAUSE = Duration.ofSeconds(10);

    private final Nodes nodes;
    private final String node;
    private final String namespace;
    private final MessageEndpointFactory listeners;
    private final Optional<TransactionSynchronizationRegistry> transactions;
    private final Backoff nodeTrouble;
    private final Backoff listenerTrouble;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    NodeReader(Nodes nodes, String node, String namespace, MessageEndpointFactory listeners, Optional<TransactionSynchronizationRegistry> transactions) {
        this.nodes = nodes;
        this.node = node;
        this.namespace = namespace;
        this.listeners = listeners;
        this.transactions = transactions;
        this.nodeTrouble = new Backoff("reading " + namespace + " of " + node, LONGEST_NODE_PAUSE);
        this.listenerTrouble = new Backoff("delivering " + namespace + " of " + node, LONGEST_LISTENER_PAUSE);
    }

    @Override
    public void run() {
        try {
            while (goesOn()) {
                try (StoreLink link = nodes.connect(node)) {
                    while (goesOn()) {
                        deliver(link);
                    }
                } catch (ResourceException | RuntimeException away) {
                    pause(nodeTrouble.failed(away));
                }
            }
        } finally {
            ended.countDown();
        }
    }

    /** Delivers until the listener fails; then the next call asks it again where to go on. */
    private void deliver(StoreLink link) {
        try (Endpoint listener = Endpoint.of(listeners, transactions)) {
            long next = listener.next(node);
            complainIfShorter(link, next);
            while (goesOn()) {
                long from = next;
                List<byte[]> page = link.ask(namespace, store -> store.read(from, PAGE));
                nodeTrouble.succeeded();
                for (byte[] record : page) {
                    if (!goesOn()) {
                        return;
                    }
                    listener.appended(node, next, record);
                    listenerTrouble.succeeded();
                    next++;
                }
                if (page.isEmpty()) {
                    listenerTrouble.succeeded();
                    link.ask(namespace, store -> store.awaitSet(WAIT));
                }
            }
        } catch (DeliveryException failed) {
            pause(listenerTrouble.failed(failed));
        }
    }

    /** A log only grows: if it is shorter than what was heard of it, somebody has replaced it. */
    private void complainIfShorter(StoreLink link, long heard) {
        long size = link.ask(namespace, ZdbClient::size);
        if (size < heard) {
            LOG.severe(() -> namespace + " of " + node + " must have at least the " + heard + " records that were heard of (has: " + size + "); waiting for more");
        }
    }

    /** Whose log it reads. */
    String node() {
        return node;
    }

    private boolean goesOn() {
        return stopping.getCount() > 0;
    }

    private void pause(Duration time) {
        try {
            stopping.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException containerEnds) {
            stopping.countDown();
        }
    }

    /** The container, or the deactivation, wants this thread back: it ends before the next record, or when the wait for news is over. */
    @Override
    public void release() {
        stopping.countDown();
    }

    @Override
    public String toString() {
        return "the reader of " + namespace + " of " + node;
    }

    /** Whether the thread has ended within the time. */
    boolean awaitEnd(Duration limit) {
        try {
            return ended.await(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
