package org.zosgrid.node.core0;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.zosgrid.contract.admission.Resources;
import org.zosgrid.contract.document.Deployment;
import org.zosgrid.contract.document.ImageReference;
import org.zosgrid.contract.document.WorkloadStatus;
import org.zosgrid.contract.trust.TrustRoot;
import org.zosgrid.node.api.CheckpointRequest;
import org.zosgrid.node.api.Cosigning;
import org.zosgrid.node.api.LinkState;
import org.zosgrid.node.api.NodeApiException;
import org.zosgrid.node.api.NodeOperations;
import org.zosgrid.node.api.NodeStatus;
import org.zosgrid.node.api.Room;
import org.zosgrid.node.api.Storage;
import org.zosgrid.node.api.RouteStatus;
import org.zosgrid.node.api.TerminalFrames;
import org.zosgrid.node.api.WorkloadState;
import org.zosgrid.node.api.WorkloadUsage;
import org.zosgrid.node.planetary.LinkStatus;
import org.zosgrid.node.planetary.Planetary;
import org.zosgrid.node.zdb.Store;
import org.zosgrid.node.zmachine.Usage;

/** What the control plane may ask this node. */
final class Operations implements NodeOperations {
    private final Instant started = Instant.now();
    private final String node;
    private final Supplier<TrustRoot> root;
    private final DesiredState desired;
    private final Capacity capacity;
    private final Store store;
    private final Machines machines;
    private final Routes routes;
    private final Images images;
    private final Planetary planetary;
    private final Optional<CheckpointWitness> witness;
    private final Terminals terminals;

    Operations(String node, Supplier<TrustRoot> root, DesiredState desired, Capacity capacity, Store store, Machines machines, Routes routes, Images images, Planetary planetary,
            Optional<CheckpointWitness> witness, Terminals terminals) {
        this.node = node;
        this.root = root;
        this.desired = desired;
        this.capacity = capacity;
        this.store = store;
        this.machines = machines;
        this.routes = routes;
        this.images = images;
        this.planetary = planetary;
        this.witness = witness;
        this.terminals = terminals;
    }

    @Override
    public NodeStatus status() {
        List<WorkloadState> workloads = new ArrayList<>();
        for (Deployment deployment : desired.kept()) {
            for (WorkloadStatus each : machines.status(deployment)) {
                workloads.add(new WorkloadState(deployment.name(), each.name(), each.state(), each.address(), each.message()));
            }
        }
        String release = Operations.class.getPackage().getImplementationVersion();
        return new NodeStatus(node, release == null ? "development" : release, Duration.between(started, Instant.now()).toSeconds(), planetary.address().getHostAddress(),
                root.get().version(), room("", capacity.total()), desired.kept().stream().map(each -> room(each.name(), Resources.of(each, node))).toList(), storage(store), workloads, routes.status(), planetary.links().stream().map(Operations::link).toList(), images.kept());
    }

    /** What is reserved for a namespace is nobody else's, whether it is used or not. */
    static Storage storage(Store store) {
        return new Storage(store.capacity(), store.free());
    }

    private static LinkState link(LinkStatus link) {
        return new LinkState(link.peer(), link.up(), link.roundTrip().map(Operations::micros).orElse(null), link.problem().orElse(""));
    }

    private static Long micros(Duration roundTrip) {
        return roundTrip.toNanos() / 1000;
    }

    private static Room room(String deployment, Resources resources) {
        return new Room(deployment, resources.cpuMillis(), resources.memoryBytes());
    }

    @Override
    public String logs(String deployment, String machine) {
        return machines.logs(deployment, machine);
    }

    @Override
    public WorkloadUsage usage(String deployment, String machine) {
        Usage taken = machines.usage(deployment, machine).orElseThrow(() -> new NodeApiException(404, machine + " of " + deployment + " does not run on " + node));
        return new WorkloadUsage(System.currentTimeMillis(), taken.cpuNanos(), taken.throttledNanos(), taken.memoryBytes(), taken.memoryPeakBytes(), taken.processes(), taken.receivedBytes(),
                taken.sentBytes());
    }

    @Override
    public List<RouteStatus> routes() {
        return routes.status();
    }

    @Override
    public RouteStatus expose(String deployment, String route) {
        return routes.expose(deployment, route);
    }

    @Override
    public void withdraw(String deployment, String route) {
        routes.withdraw(deployment, route);
    }

    @Override
    public void prefetch(String reference) {
        images.prefetch(ImageReference.parse(reference));
    }

    @Override
    public Cosigning cosign(CheckpointRequest request) {
        return witness.orElseThrow(() -> new NodeApiException(404, node + " is no witness: its configuration names no witness key")).cosign(request);
    }

    @Override
    public byte[] openTerminal(byte[] request) {
        return terminals.open(request);
    }

    @Override
    public void typeInto(String session, List<byte[]> frames) {
        terminals.type(session, frames);
    }

    @Override
    public TerminalFrames readTerminal(String session, long from) {
        return terminals.read(session, from);
    }

    @Override
    public boolean closeTerminal(String session) {
        return terminals.end(session);
    }
}
