package org.zosgrid.node.core0;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.zosgrid.contract.document.Deployment;
import org.zosgrid.contract.document.GatewayRoute;
import org.zosgrid.contract.document.Machine;
import org.zosgrid.contract.trust.OverlayAddress;
import org.zosgrid.contract.trust.TrustRoot;
import org.zosgrid.node.api.NodeApiException;
import org.zosgrid.node.api.RouteStatus;
import org.zosgrid.node.gateway.WebGateway;
import org.zosgrid.node.zdb.Namespace;

/**
 * A gateway node's routes. Which may be open is said by accepted contracts alone, and so is where they lead: the backend's address follows from the
 * trust root and the document. Which of them are open is asked for by the control plane, and remembered.
 */
final class Routes {
    private static final byte[] OPEN = "open".getBytes(StandardCharsets.US_ASCII);

    private final String node;
    private final Supplier<TrustRoot> root;
    private final DesiredState desired;
    private final Namespace log;
    private final Optional<WebGateway> gateway;

    Routes(String node, Supplier<TrustRoot> root, DesiredState desired, Namespace log, Optional<WebGateway> gateway) {
        this.node = node;
        this.root = root;
        this.desired = desired;
        this.log = log;
        this.gateway = gateway;
    }

    /** A route that a contract allows on this node. */
    private record Allowed(Deployment deployment, GatewayRoute route, InetSocketAddress backend) {
        String key() {
            return deployment.name() + "/" + route.name();
        }
    }

    synchronized RouteStatus expose(String deployment, String route) {
        Allowed allowed = allowed().stream()
                .filter(each -> each.key().equals(deployment + "/" + route))
                .findFirst()
                .orElseThrow(() -> new NodeApiException(403, "no contract that " + node + " has accepted authorises the route '" + route + "' of '" + deployment + "'"));
        log.write(bytes(allowed.key()), OPEN);
        reconcile();
        return status(allowed);
    }

    synchronized void withdraw(String deployment, String route) {
        byte[] key = bytes(deployment + "/" + route);
        if (log.get(key).isPresent()) {
            log.delete(key);
        }
        reconcile();
    }

    synchronized List<RouteStatus> status() {
        return allowed().stream().map(this::status).toList();
    }

    /** Makes the gateway's table what it should be; a route whose contract is gone is closed and forgotten. */
    synchronized void reconcile() {
        if (gateway.isEmpty()) {
            return;
        }
        List<Allowed> allowed = allowed();
        Set<String> keys = new HashSet<>(allowed.stream().map(Allowed::key).toList());
        for (Namespace.Scanned each : log.scan(0, Integer.MAX_VALUE)) {
            if (!keys.contains(new String(each.key(), StandardCharsets.UTF_8))) {
                log.delete(each.key());
            }
        }
        Set<String> open = new HashSet<>();
        for (Allowed each : allowed) {
            if (log.get(bytes(each.key())).isPresent()) {
                open.add(each.route().host());
                gateway.get().activate(each.route().host(), each.backend());
            }
        }
        gateway.get().routes().keySet().stream().filter(host -> !open.contains(host)).forEach(gateway.get()::withdraw);
    }

    private RouteStatus status(Allowed each) {
        return new RouteStatus(each.deployment().name(), each.route().name(), each.route().host(),
                "[" + each.backend().getAddress().getHostAddress() + "]:" + each.backend().getPort(), gateway.isPresent() && gateway.get().routes().containsKey(each.route().host()));
    }

    private List<Allowed> allowed() {
        List<Allowed> all = new ArrayList<>();
        for (Deployment deployment : desired.deployments()) {
            for (GatewayRoute route : deployment.gateways()) {
                if (route.node().equals(node) && root.get().nodes().keySet().containsAll(deployment.nodes())) {
                    all.add(new Allowed(deployment, route, backend(deployment, route)));
                }
            }
        }
        return all;
    }

    private InetSocketAddress backend(Deployment deployment, GatewayRoute route) {
        Machine machine = deployment.machines().stream().filter(each -> each.name().equals(route.machine())).findFirst().orElseThrow();
        return new InetSocketAddress(OverlayAddress.ofMachine(root.get().nodes().get(machine.node()).key(), deployment.name(), machine.name()), route.port());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
