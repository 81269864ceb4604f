package org.zosgrid.node.core0;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.key.SigningKey;
import org.zosgrid.contract.ledger.LedgerKey;
import org.zosgrid.contract.transport.ManagementIdentity;
import org.zosgrid.contract.transport.ManagementTls;
import org.zosgrid.contract.trust.TrustRoot;
import org.zosgrid.contract.trust.TrustRootStore;
import org.zosgrid.node.api.NodeApiServer;
import org.zosgrid.node.gateway.WebGateway;
import org.zosgrid.node.planetary.Planetary;
import org.zosgrid.node.planetary.PlanetaryConfig;
import org.zosgrid.node.zdb.AccessPolicy;
import org.zosgrid.node.zdb.Mode;
import org.zosgrid.node.zdb.Namespace;
import org.zosgrid.node.zdb.ZdbConfig;
import org.zosgrid.node.zdb.ZdbServer;
import org.zosgrid.node.znet.PrivateNetworks;
import org.zosgrid.node.znet.Wall;

/**
 * A node: its store, its overlay, its gateway, its interface, and the loop that reads contracts and makes them true. Everything listens on exactly the
 * addresses of the configuration.
 */
public final class Node implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Node.class.getName());
    private static final int ROUND_MILLIS = 5_000;
    private static final int UNSETTLED_MILLIS = 300;
    private static final String USAGE = """
            usage: node --config FILE             run the node (started by boot, which verifies the release first)
                   node --config FILE --teardown  end every container, remove each mount, network and rule that this node made; what containers wrote stays. It must not run
            """;

    private final Semaphore news = new Semaphore(0);
    private final NodeConfig config;
    private final ZdbServer store;
    private final Planetary planetary;
    private final Optional<WebGateway> gateway;
    private final NodeApiServer api;
    private final Images images;
    private final Machines machines;
    private final Contracts contracts;
    private final Reconciler reconciler;
    private final Terminals terminals;
    private final DesiredState desired;
    private volatile boolean closed;

    private Node(NodeConfig config) {
        this.config = config;
        TrustRootStore roots = trustRoots(config);
        SigningKey identity = SigningKey.read(config.identity(), Optional.empty());
        SSLContext tls = ManagementTls.context(ManagementIdentity.read(config.management().tls()));

        this.store = ZdbServer.start(new ZdbConfig(config.state().resolve("zdb"), List.of(controlPlaneListener(config, tls)), Optional.empty()));
        Namespace contractLog = OwnLog.open(store.store(), "contracts");
        Receipts receipts = new Receipts(OwnLog.open(store.store(), "receipts"), identity, config.name());
        this.desired = new DesiredState(InstantSource.system());
        Capacity capacity = Capacity.of(config.capacity());
        this.contracts = new Contracts(contractLog, receipts, roots, config.name(), desired, capacity);
        contracts.recover();
        Optional<CheckpointWitness> witness = config.witness().map(file ->
                new CheckpointWitness(witnessKey(config.name(), file), OwnLog.open(store.store(), "cosigned"), contracts::root, contracts::seen));

        PrivateNetworks.forward();
        this.planetary = Planetary.start(overlay(config, contracts.root(), identity));
        this.gateway = config.gateway().map(WebGateway::start);
        this.images = new Images(config.state(), contracts::root, config.hub());
        this.machines = new Machines(config.name(), config.state(), contracts::root, images, new PrivateNetworks(config.name(), config.state()));
        machines.recover();
        images.recover();
        Routes routes = new Routes(config.name(), contracts::root, desired, store.store().createIfAbsent("routes", Mode.USER), gateway);
        this.reconciler = new Reconciler(config, contracts::root, desired, contracts, capacity, receipts, machines, routes);
        reconciler.recover();

        this.terminals = new Terminals(config.name(), identity, contracts::root, desired, machines::terminal);
        this.api = NodeApiServer.start(new Operations(config.name(), contracts::root, desired, capacity, store.store(), machines, routes, images, planetary, witness, terminals), tls,
                new InetSocketAddress(config.management().address(), config.management().apiPort()));
        contractLog.onChange(news::release);
    }

    public static void main(String[] arguments) throws IOException {
        List<String> words = List.of(arguments);
        int at = words.indexOf("--config");
        if (at < 0 || at + 1 >= words.size()) {
            System.err.print(USAGE);
            System.exit(words.contains("--help") ? 0 : 2);
        }
        NodeConfig config = NodeConfig.read(Path.of(words.get(at + 1)));
        if (words.contains("--teardown")) {
            teardown(config);
            return;
        }
        Node node = new Node(config);
        Thread loop = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            node.closed = true;
            node.news.release();
            join(loop);
            node.close();
        }));
        LOG.log(System.Logger.Level.INFO, "{0} is up, overlay address {1}", config.name(), node.planetary.address().getHostAddress());
        node.run();
    }

    /** Decides and reconciles whenever something is new, and every few seconds all the same: drift comes without a message. */
    private void run() {
        while (!closed) {
            boolean settled = false;
            try {
                contracts.decideNew();
                settled = reconciler.reconcile();
            } catch (RuntimeException failed) {
                LOG.log(System.Logger.Level.ERROR, "a round failed; the next one tries again", failed);
            }
            try {
                if (news.tryAcquire(settled ? untilNextRound() : UNSETTLED_MILLIS, TimeUnit.MILLISECONDS)) {
                    news.drainPermits();
                }
            } catch (InterruptedException stop) {
                return;
            }
        }
    }

    /** In milliseconds; an emergency ends on time. */
    private long untilNextRound() {
        return desired.nextEnd().map(end -> Math.clamp(Duration.between(Instant.now(), end).toMillis() + 1, 1, ROUND_MILLIS)).orElse(ROUND_MILLIS);
    }

    /** Stops the workloads and everything else; the next start makes them run again. */
    @Override
    public void close() {
        api.close();
        terminals.close();
        gateway.ifPresent(WebGateway::close);
        machines.stopAll();
        images.close();
        planetary.close();
        store.close();
        LOG.log(System.Logger.Level.INFO, "{0} is down", config.name());
    }

    private static void teardown(NodeConfig config) {
        TrustRootStore roots = trustRoots(config);
        Images images = new Images(config.state(), roots::newest, config.hub());
        new Machines(config.name(), config.state(), roots::newest, images, new PrivateNetworks(config.name(), config.state())).takeDown();
        images.recover();
        Wall.remove();
    }

    /** The control plane may append contracts and read receipts, and nothing else: not change or remove what is written. */
    private static ZdbConfig.Listener controlPlaneListener(NodeConfig config, SSLContext tls) {
        return new ZdbConfig.Listener(new InetSocketAddress(config.management().address(), config.management().storePort()),
                address -> ManagementTls.listen(tls, address), new AccessPolicy.Restricted(Set.of("contracts"), Set.of("receipts")));
    }

    private static PlanetaryConfig overlay(NodeConfig config, TrustRoot root, SigningKey identity) {
        List<PlanetaryConfig.Peer> peers = config.overlay().peers().stream()
                .map(peer -> new PlanetaryConfig.Peer(peer.node(), Optional.ofNullable(root.nodes().get(peer.node())).flatMap(node -> root.key(node.key()))
                        .orElseThrow(() -> new NodeException("overlay.peers: the trust root knows no node '" + peer.node() + "'")), peer.endpoint()))
                .toList();
        return new PlanetaryConfig(identity, config.overlay().listen(), peers, config.overlay().tun(), PlanetaryConfig.DEFAULT_MTU);
    }

    /** The pinned trust root and those that came after it; whether the newest is still valid, and none is missing, {@link Contracts#recover} says. */
    private static TrustRootStore trustRoots(NodeConfig config) {
        try {
            return TrustRootStore.open(config.state().resolve("trust-roots"), Envelope.parse(Files.readAllBytes(config.trustRoot())));
        } catch (IOException unreadable) {
            throw new NodeException("cannot read the trust root " + config.trustRoot() + ": " + unreadable.getMessage(), unreadable);
        }
    }

    /** Witnesses are asked by the node's name, and their lines carry it. */
    private static LedgerKey witnessKey(String node, Path file) {
        LedgerKey key = LedgerKey.read(file);
        if (!key.origin().equals(node)) {
            throw new NodeException("witness: the key in " + file + " must be of the name '" + node + "' (is: '" + key.origin() + "')");
        }
        return key;
    }

    private static void join(Thread loop) {
        try {
            loop.join(10_000);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
