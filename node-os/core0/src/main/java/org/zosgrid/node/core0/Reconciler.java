package org.zosgrid.node.core0;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.zosgrid.contract.document.Deployment;
import org.zosgrid.contract.document.GatewayRoute;
import org.zosgrid.contract.document.Machine;
import org.zosgrid.contract.document.Receipt;
import org.zosgrid.contract.document.WorkloadStatus;
import org.zosgrid.contract.trust.OverlayAddress;
import org.zosgrid.contract.trust.TrustRoot;
import org.zosgrid.node.core0.DesiredState.Desired;
import org.zosgrid.node.znet.Wall;
import org.zosgrid.node.znet.WallRules;

/**
 * Compares what the accepted contracts say with what is, and closes the gap; every step can be repeated. What changed is reported once, in a receipt:
 * everything runs, something failed, nothing is left.
 */
final class Reconciler {
    private static final System.Logger LOG = System.getLogger(Reconciler.class.getName());
    private static final int ATTEMPTS = 5;

    private final NodeConfig config;
    private final Supplier<TrustRoot> root;
    private final DesiredState desired;
    private final Receipts receipts;
    private final Machines machines;
    private final Routes routes;
    /** The last outcome reported under a name, and how often in a row it could not be reached. */
    private final Map<String, String> reported = new HashMap<>();
    private final Map<String, Integer> failures = new HashMap<>();
    private String wall = "";

    Reconciler(NodeConfig config, Supplier<TrustRoot> root, DesiredState desired, Receipts receipts, Machines machines, Routes routes) {
        this.config = config;
        this.root = root;
        this.desired = desired;
        this.receipts = receipts;
        this.machines = machines;
        this.routes = routes;
    }

    /** Remembers what was reported before the start. */
    void recover() {
        for (Receipt receipt : receipts.all()) {
            switch (receipt.outcome()) {
                case RUNNING, PAUSED, FAILED, REMOVED -> reported.put(receipt.contract(), receipt.contractDigest() + receipt.outcome());
                default -> {}
            }
        }
    }

    /** One round; returns whether everything is as it should be. */
    boolean reconcile() {
        raiseWall();
        machines.removeOthers(desired.kept());
        routes.reconcile();
        boolean settled = true;
        for (Desired each : desired.all()) {
            settled &= switch (each.accepted().state()) {
                case RUNNING, RESUMED -> run(each, each.deployment().orElseThrow());
                case PAUSED -> paused(each, each.deployment().orElseThrow());
                case REMOVED -> removed(each);
            };
        }
        machines.trimLogs();
        return settled;
    }

    private boolean run(Desired each, Deployment deployment) {
        try {
            machines.ensure(deployment);
            List<WorkloadStatus> status = machines.status(deployment);
            if (status.stream().allMatch(workload -> workload.state().equals("running"))) {
                failures.remove(each.name());
                report(each, Receipt.Outcome.RUNNING, "", "", status);
                return true;
            }
            return failed(each, "not-healthy", status.stream().map(workload -> workload.name() + " is " + workload.state() + ": " + workload.message()).toList().toString(), status);
        } catch (RuntimeException failure) {
            LOG.log(System.Logger.Level.WARNING, "{0} version {1}: {2}", each.name(), each.accepted().version(), failure.getMessage());
            return failed(each, "not-started", String.valueOf(failure.getMessage()), List.of());
        }
    }

    private boolean failed(Desired each, String reason, String message, List<WorkloadStatus> status) {
        int times = failures.merge(each.name(), 1, Integer::sum);
        if (times >= ATTEMPTS) {
            report(each, Receipt.Outcome.FAILED, reason, message, status);
        }
        return false;
    }

    private boolean paused(Desired each, Deployment deployment) {
        failures.remove(each.name());
        machines.halt(deployment);
        report(each, Receipt.Outcome.PAUSED, "", "its machines stand still", machines.status(deployment));
        return true;
    }

    private boolean removed(Desired each) {
        report(each, Receipt.Outcome.REMOVED, "", "nothing of it is left on " + config.name(), List.of());
        return true;
    }

    private void report(Desired each, Receipt.Outcome outcome, String reason, String message, List<WorkloadStatus> status) {
        String news = each.contract() + outcome;
        if (!news.equals(reported.put(each.name(), news))) {
            LOG.log(System.Logger.Level.INFO, "{0} version {1}: {2} {3}", each.name(), each.accepted().version(), outcome, message);
            receipts.write(each.name(), each.accepted().version(), each.contract(), outcome, reason, message, status);
        }
    }

    /** Only what accepted contracts ask for may pass; the table is written when it has to change. */
    private void raiseWall() {
        List<WallRules.Flow> inward = new ArrayList<>();
        List<WallRules.Flow> outward = new ArrayList<>();
        for (Deployment deployment : desired.deployments()) {
            if (!root.get().nodes().keySet().containsAll(deployment.nodes())) {
                // A newer trust root has cast one of its nodes out: nothing passes until a new version says where it runs.
                continue;
            }
            Map<String, Machine> byName = new HashMap<>();
            for (Machine machine : deployment.machines()) {
                byName.put(machine.name(), machine);
                if (machine.node().equals(config.name())) {
                    machine.ports().forEach(port -> outward.add(flow(config.name(), deployment, machine, port)));
                }
            }
            for (GatewayRoute route : deployment.gateways()) {
                Machine machine = byName.get(route.machine());
                if (machine.node().equals(config.name())) {
                    inward.add(flow(route.node(), deployment, machine, route.port()));
                }
                if (route.node().equals(config.name())) {
                    outward.add(flow(config.name(), deployment, machine, route.port()));
                }
            }
        }
        WallRules rules = new WallRules(
                config.interfaces().management(),
                new TreeSet<>(List.of(config.management().storePort(), config.management().apiPort())),
                config.interfaces().underlay(),
                config.overlay().listen().getPort(),
                config.overlay().peers().stream().map(NodeConfig.Peer::endpoint).toList(),
                config.overlay().tun(),
                config.gateway().map(listen -> new WallRules.PublicSide(config.interfaces().publicSide().orElseThrow(), listen.getPort())),
                inward,
                outward);
        if (!rules.toString().equals(wall)) {
            Wall.raise(rules);
            wall = rules.toString();
        }
    }

    private WallRules.Flow flow(String from, Deployment deployment, Machine machine, int port) {
        return new WallRules.Flow(OverlayAddress.ofNode(root.get().nodes().get(from).key()),
                OverlayAddress.ofMachine(root.get().nodes().get(machine.node()).key(), deployment.name(), machine.name()), port);
    }
}
