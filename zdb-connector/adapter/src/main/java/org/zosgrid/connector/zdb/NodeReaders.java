package org.zosgrid.connector.zdb;

import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import jakarta.resource.spi.work.WorkException;
import jakarta.resource.spi.work.WorkManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.zosgrid.contract.inventory.NodeAddress;

/**
 * The readers of one listener: one for each node that the inventory lists. They follow the inventory: a node that comes gets a reader, a node that goes or
 * moves loses it. Ended once and for all by {@link #end}.
 */
final class NodeReaders {
    private static final Logger LOG = Logger.getLogger(NodeReaders.class.getName());

    /** A reader and where the node was when it began: a reader looks its node up again only when the connection breaks. */
    private record Placed(NodeAddress address, NodeReader reader) {}

    private final Nodes nodes;
    private final String namespace;
    private final MessageEndpointFactory listeners;
    private final Optional<TransactionSynchronizationRegistry> transactions;
    private final WorkManager threads;
    private final Map<String, Placed> running = new TreeMap<>();
    /** Released and perhaps not yet done with their last record. */
    private final List<NodeReader> ending = new ArrayList<>();
    private boolean ended;

    NodeReaders(Nodes nodes, String namespace, MessageEndpointFactory listeners, Optional<TransactionSynchronizationRegistry> transactions, WorkManager threads) {
        this.nodes = nodes;
        this.namespace = namespace;
        this.listeners = listeners;
        this.transactions = transactions;
        this.threads = threads;
    }

    /** Begins and ends readers until there is one for each node. A node that moved gets its new reader when the old one has ended: no record comes twice at once. */
    synchronized void follow() throws WorkException {
        if (ended) {
            return;
        }
        Set<NodeAddress> listed = new HashSet<>(nodes.inventory().newest().nodes());
        List.copyOf(running.values()).stream().filter(placed -> !listed.contains(placed.address())).forEach(this::release);
        ending.removeIf(reader -> reader.awaitEnd(Duration.ZERO));
        Set<String> leaving = ending.stream().map(NodeReader::node).collect(Collectors.toSet());
        for (NodeAddress node : listed) {
            if (!running.containsKey(node.name()) && !leaving.contains(node.name())) {
                NodeReader reader = new NodeReader(nodes, node.name(), namespace, listeners, transactions);
                threads.scheduleWork(reader);
                running.put(node.name(), new Placed(node, reader));
            }
        }
    }

    private void release(Placed placed) {
        placed.reader().release();
        running.remove(placed.address().name());
        ending.add(placed.reader());
    }

    /** Ends all of them, and waits for it; one that is connecting to a silent node ends later and delivers nothing more. */
    void end(Duration limit) {
        List<NodeReader> last;
        synchronized (this) {
            ended = true;
            List.copyOf(running.values()).forEach(this::release);
            last = List.copyOf(ending);
        }
        long until = System.nanoTime() + limit.toNanos();
        for (NodeReader reader : last) {
            if (!reader.awaitEnd(Duration.ofNanos(Math.max(0, until - System.nanoTime())))) {
                LOG.warning(() -> reader + " has not ended within " + limit.toSeconds() + " s; it delivers nothing more");
            }
        }
    }
}
