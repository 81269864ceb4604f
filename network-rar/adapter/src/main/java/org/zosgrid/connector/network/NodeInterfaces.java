package org.zosgrid.connector.network;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.CommException;
import jakarta.resource.spi.ResourceAdapterInternalException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.inventory.FollowedInventory;
import org.zosgrid.contract.inventory.NodeAddress;
import org.zosgrid.contract.transport.ManagementIdentity;
import org.zosgrid.contract.transport.ManagementTls;
import org.zosgrid.node.api.CheckpointRequest;
import org.zosgrid.node.api.Cosigning;
import org.zosgrid.node.api.LinkState;
import org.zosgrid.node.api.NodeApiClient;
import org.zosgrid.node.api.NodeApiException;
import org.zosgrid.node.api.NodeOperations;
import org.zosgrid.node.api.NodeStatus;
import org.zosgrid.node.api.Room;
import org.zosgrid.node.api.RouteStatus;
import org.zosgrid.node.api.TerminalFrames;
import org.zosgrid.node.api.WorkloadUsage;

/**
 * The interfaces of all nodes. One for the whole adapter; safe for use by many threads.
 *
 * @param tls who we are to nodes; made once, since that takes longer than a handshake
 * @param clients one for each node that was asked, with the connections that it keeps
 */
record NodeInterfaces(FollowedInventory nodes, SSLContext tls, Map<NodeAddress, NodeApiClient> clients) {
    /** As node-api has it. What is no name never gets into a request. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,36}");

    /** Reads what the adapter's properties name; every fault is told, not only the first. */
    static NodeInterfaces read(@Nullable String inventory, @Nullable String tlsDirectory) throws ResourceAdapterInternalException {
        List<String> faults = new ArrayList<>();
        Optional<FollowedInventory> nodes = read("inventory", inventory, FollowedInventory::new, faults);
        Optional<SSLContext> tls = read("tlsDirectory", tlsDirectory, directory -> ManagementTls.context(ManagementIdentity.read(directory)), faults);
        if (!faults.isEmpty()) {
            throw new ResourceAdapterInternalException("the adapter to the nodes' networks cannot start: " + String.join("; ", faults));
        }
        return new NodeInterfaces(nodes.orElseThrow(), tls.orElseThrow(), new ConcurrentHashMap<>());
    }

    private static <T> Optional<T> read(String property, @Nullable String value, Function<Path, T> reader, List<String> faults) {
        if (value == null || value.isBlank()) {
            faults.add(property + ": must be a path (is not set)");
            return Optional.empty();
        }
        try {
            return Optional.of(reader.apply(Path.of(value)));
        } catch (RuntimeException wrong) {
            faults.add(property + ": " + wrong.getMessage() + " (is: " + value + ")");
            return Optional.empty();
        }
    }

    List<String> names() {
        return nodes.newest().nodes().stream().map(NodeAddress::name).toList();
    }

    NodeReport status(String node) throws ResourceException {
        NodeStatus status = ask(node, NodeOperations::status);
        return new NodeReport(status.node(), status.release(), status.uptimeSeconds(), status.overlayAddress(), status.trustRootVersion(),
                room(status.capacity()), status.reserved().stream().map(NodeInterfaces::room).toList(), new NodeReport.Storage(status.storage().capacityBytes(), status.storage().freeBytes()),
                status.workloads().stream().map(each -> new NodeReport.Workload(each.deployment(), each.name(), each.state(), each.address(), each.message())).toList(),
                status.links().stream().map(NodeInterfaces::link).toList(), status.images());
    }

    private static NodeReport.Link link(LinkState link) {
        return new NodeReport.Link(link.peer(), link.up(), Optional.ofNullable(link.roundTripMicros()).map(micros -> Duration.of(micros, ChronoUnit.MICROS)), link.problem());
    }

    private static NodeReport.Room room(Room room) {
        return new NodeReport.Room(room.deployment(), room.cpuMillis(), room.memoryBytes());
    }

    List<Route> routes(String node) throws ResourceException {
        return ask(node, NodeOperations::routes).stream().map(NodeInterfaces::route).toList();
    }

    Route expose(String node, String deployment, String route) throws ResourceException {
        checkName("deployment", deployment);
        checkName("route", route);
        return route(ask(node, interfaces -> interfaces.expose(deployment, route)));
    }

    void withdraw(String node, String deployment, String route) throws ResourceException {
        checkName("deployment", deployment);
        checkName("route", route);
        ask(node, interfaces -> {
            interfaces.withdraw(deployment, route);
            return route;
        });
    }

    String logs(String node, String deployment, String machine) throws ResourceException {
        checkName("deployment", deployment);
        checkName("machine", machine);
        return ask(node, interfaces -> interfaces.logs(deployment, machine));
    }

    Usage usage(String node, String deployment, String machine) throws ResourceException {
        checkName("deployment", deployment);
        checkName("machine", machine);
        WorkloadUsage taken = ask(node, interfaces -> interfaces.usage(deployment, machine));
        return new Usage(Instant.ofEpochMilli(taken.atMillis()), Duration.ofNanos(taken.cpuNanos()), Duration.ofNanos(taken.throttledNanos()), taken.memoryBytes(), taken.memoryPeakBytes(),
            taken.processes(), taken.receivedBytes(), taken.sentBytes());
    }

    Cosignature cosign(String node, String checkpoint, long from, List<byte[]> consistency) throws ResourceException {
        return switch (ask(node, interfaces -> interfaces.cosign(new CheckpointRequest(checkpoint, from, consistency)))) {
            case Cosigning.Signed signed -> new Cosignature.Given(signed.lines());
            case Cosigning.StandsAt stands -> new Cosignature.StandsAt(stands.size());
        };
    }

    byte[] openTerminal(String node, byte[] request) throws ResourceException {
        return ask(node, interfaces -> interfaces.openTerminal(request));
    }

    void typeInto(String node, String session, List<byte[]> frames) throws ResourceException {
        checkName("session", session);
        ask(node, interfaces -> {
            interfaces.typeInto(session, frames);
            return session;
        });
    }

    Shown readTerminal(String node, String session, long from) throws ResourceException {
        checkName("session", session);
        TerminalFrames frames = ask(node, interfaces -> interfaces.readTerminal(session, from));
        return new Shown(frames.frames(), frames.ended());
    }

    boolean closeTerminal(String node, String session) throws ResourceException {
        checkName("session", session);
        return ask(node, interfaces -> interfaces.closeTerminal(session));
    }

    private <T> T ask(String node, Function<NodeOperations, T> question) throws ResourceException {
        NodeOperations interfaces;
        try {
            interfaces = clients.computeIfAbsent(nodes.node(node), address -> NodeApiClient.keepingConnections(address, tls));
        } catch (ContractException unknown) {
            throw new ResourceException(unknown.getMessage(), unknown);
        }
        try {
            return question.apply(interfaces);
        } catch (NodeApiException failed) {
            if (failed.status() / 100 == 4) {
                throw new NodeRefusedException(String.valueOf(failed.getMessage()));
            }
            throw new CommException(failed.getMessage(), failed);
        }
    }

    private static void checkName(String what, String name) throws NodeRefusedException {
        if (!NAME.matcher(name).matches()) {
            throw new NodeRefusedException(what + ": must be 1 to 36 of a-z, 0-9 and '-' (is: " + name + ")");
        }
    }

    private static Route route(RouteStatus status) {
        return new Route(status.deployment(), status.route(), status.host(), status.backend(), status.active());
    }
}
