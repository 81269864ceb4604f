package org.zosgrid.connector.zdb;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.ConfigProperty;
import jakarta.resource.spi.Connector;
import jakarta.resource.spi.ResourceAdapter;
import jakarta.resource.spi.ResourceAdapterInternalException;
import jakarta.resource.spi.TransactionSupport;
import jakarta.resource.spi.UnavailableException;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.transaction.xa.XAResource;
import org.jspecify.annotations.Nullable;

/**
 * The adapter to the nodes' stores as the container runs it: reads its configuration at the start, starts a reader for each node when a listener is
 * activated, follows the inventory while nodes come and go, and ends all readers when the listener is deactivated.
 */
@Connector(
        displayName = "Zero-DB",
        description = "Connections to the stores of the nodes, and delivery of what is appended to them",
        vendorName = "zosgrid",
        eisType = "Zero-DB",
        version = "0.1",
        transactionSupport = TransactionSupport.TransactionSupportLevel.NoTransaction)
public final class ZdbResourceAdapter implements ResourceAdapter {
    private static final Logger LOG = Logger.getLogger(ZdbResourceAdapter.class.getName());
    /** Longer than a wait for news; a reader that is connecting to a silent node ends later, without delivering anything. */
    private static final Duration STOP = Duration.ofSeconds(3);
    /** A node that joins is heard after this time at the latest. */
    private static final Duration FOLLOW = Duration.ofSeconds(1);

    /** A listener of an application: its factory and what it asked for, by identity. */
    private record Listener(MessageEndpointFactory factory, ActivationSpec activation) {}

    private final Map<Listener, NodeReaders> readers = new ConcurrentHashMap<>();
    private @Nullable String inventory;
    private @Nullable String tlsDirectory;
    private @Nullable String ledger;
    private @Nullable String ledgerPassword;
    private @Nullable BootstrapContext server;
    private @Nullable Nodes nodes;
    private @Nullable Timer clock;

    public @Nullable String getInventory() {
        return inventory;
    }

    @ConfigProperty(description = "path of the JSON file that lists the nodes and their addresses")
    public void setInventory(@Nullable String inventory) {
        this.inventory = inventory;
    }

    public @Nullable String getTlsDirectory() {
        return tlsDirectory;
    }

    @ConfigProperty(description = "directory with certificate.pem, key.pem and authority.pem for the management network")
    public void setTlsDirectory(@Nullable String tlsDirectory) {
        this.tlsDirectory = tlsDirectory;
    }

    public @Nullable String getLedger() {
        return ledger;
    }

    @ConfigProperty(description = "HOST:PORT of the Zero-DB that keeps the ledger's tiles; may be absent")
    public void setLedger(@Nullable String ledger) {
        this.ledger = ledger;
    }

    public @Nullable String getLedgerPassword() {
        return ledgerPassword;
    }

    @ConfigProperty(description = "path of the file with the password of that store's namespaces")
    public void setLedgerPassword(@Nullable String ledgerPassword) {
        this.ledgerPassword = ledgerPassword;
    }

    @Override
    public void start(BootstrapContext context) throws ResourceAdapterInternalException {
        nodes = Nodes.read(inventory, tlsDirectory, ledger, ledgerPassword);
        server = context;
    }

    @Override
    public void stop() {
        synchronized (this) {
            if (clock != null) {
                clock.cancel();
                clock = null;
            }
        }
        List.copyOf(readers.keySet()).forEach(each -> endpointDeactivation(each.factory(), each.activation()));
    }

    Nodes nodes() throws ResourceException {
        if (nodes == null) {
            throw new jakarta.resource.spi.IllegalStateException("the adapter to the nodes' stores has not been started");
        }
        return nodes;
    }

    @Override
    public void endpointActivation(MessageEndpointFactory factory, ActivationSpec activation) throws ResourceException {
        if (!(activation instanceof RecordActivation wanted) || server == null) {
            throw new jakarta.resource.NotSupportedException("this adapter delivers to a RecordListener once it is started (asked for by: " + activation + ")");
        }
        wanted.validate();
        String namespace = String.valueOf(wanted.getNamespace());
        Optional<TransactionSynchronizationRegistry> transactions = Optional.ofNullable(server.getTransactionSynchronizationRegistry());
        NodeReaders started = new NodeReaders(nodes(), namespace, factory, transactions, server.getWorkManager());
        readers.put(new Listener(factory, activation), started);
        try {
            started.follow();
            followInventory(server);
        } catch (ResourceException refused) {
            endpointDeactivation(factory, activation);
            throw refused;
        }
    }

    /** One clock for all listeners, from the first activation on. */
    private synchronized void followInventory(BootstrapContext context) throws UnavailableException {
        if (clock != null) {
            return;
        }
        Timer fresh = context.createTimer();
        fresh.schedule(new TimerTask() {
            @Override
            public void run() {
                readers.values().forEach(ZdbResourceAdapter::follow);
            }
        }, FOLLOW.toMillis(), FOLLOW.toMillis());
        clock = fresh;
    }

    /** Throws nothing: a timer whose task throws is over. */
    private static void follow(NodeReaders each) {
        try {
            each.follow();
        } catch (ResourceException | RuntimeException later) {
            LOG.log(Level.WARNING, "readers follow the inventory again in a while", later);
        }
    }

    @Override
    public void endpointDeactivation(MessageEndpointFactory factory, ActivationSpec activation) {
        NodeReaders ending = readers.remove(new Listener(factory, activation));
        if (ending != null) {
            ending.end(STOP);
        }
    }

    /** None: a record that was appended cannot be in doubt. */
    @Override
    public XAResource[] getXAResources(ActivationSpec[] activations) {
        return new XAResource[0];
    }
}
