package org.zosgrid.node.core0;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.zosgrid.contract.admission.Resources;
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

    /** So many contracts' machines are started before it is waited for the first of them. */
    private static final int TOGETHER = 8;

    private final NodeConfig config;
    private final Supplier<TrustRoot> root;
    private final DesiredState desired;
    private final Contracts contracts;
    private final Capacity capacity;
    private final Receipts receipts;
    private final Machines machines;
    private final Routes routes;
    /** The last outcome reported under a name. */
    private final Map<String, String> reported = new HashMap<>();
    /** By contract: how often in a row it could not be reached. */
    private final Map<String, Attempts> failures = new HashMap<>();
    /** By contract: what had to be started again since this process began. */
    private final Map<String, Repairs> repairs = new HashMap<>();
    private String wall = "";

    Reconciler(NodeConfig config, Supplier<TrustRoot> root, DesiredState desired, Contracts contracts, Capacity capacity, Receipts receipts, Machines machines, Routes routes) {
        this.config = config;
        this.root = root;
        this.desired = desired;
        this.contracts = contracts;
        this.capacity = capacity;
        this.receipts = receipts;
        this.machines = machines;
        this.routes = routes;
    }

    /** Remembers what was reported before the start. */
    void recover() {
        for (Receipt receipt : receipts.all()) {
            switch (receipt.outcome()) {
                case RUNNING, PAUSED, FAILED, REMOVED, DRIFTED -> reported.put(receipt.contract(), news(receipt.contractDigest(), receipt.outcome(), receipt.reason()));
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
        Set<String> wanted = desired.all().stream().map(Desired::contract).collect(Collectors.toSet());
        repairs.keySet().retainAll(wanted);
        failures.keySet().retainAll(wanted);
        // What people wait for comes before what runs anyhow.
        List<Desired> all = desired.all().stream().sorted(Comparator.comparing(this::ran)).toList();
        for (int from = 0; from < all.size(); from += TOGETHER) {
            List<Desired> some = all.subList(from, Math.min(all.size(), from + TOGETHER));
            Map<String, Start> starts = start(some);
            for (Desired each : some) {
                settled &= switch (each.accepted().state()) {
                    case RUNNING, RESUMED -> run(each, each.deployment().orElseThrow(), Optional.ofNullable(starts.get(each.contract())));
                    case PAUSED -> paused(each, each.deployment().orElseThrow());
                    case REMOVED -> removed(each);
                };
            }
        }
        machines.trimLogs();
        return settled;
    }

    /** Starts what has not run yet, before it is waited for any of it: while the first is being looked at, the others come up. */
    private Map<String, Start> start(List<Desired> some) {
        Map<String, Start> starts = new HashMap<>();
        for (Desired each : some) {
            switch (each.accepted().state()) {
                case RUNNING, RESUMED -> {
                    if (!ran(each)) {
                        starts.put(each.contract(), start(each, each.deployment().orElseThrow()));
                    }
                }
                case PAUSED, REMOVED -> {}
            }
        }
        return starts;
    }

    private Start start(Desired each, Deployment deployment) {
        try {
            if (desired.drifted(each.name())) {
                machines.letGo(deployment, machines.drift(deployment).stream().filter(Drift::isBeyondRepair).toList());
            }
            return new Start(machines.ensure(deployment, Set.of()), Optional.empty());
        } catch (RuntimeException failure) {
            return new Start(false, Optional.of(failure));
        }
    }

    /**
     * What came of starting a contract's machines.
     *
     * @param any whether anything was started
     */
    private record Start(boolean any, Optional<RuntimeException> failure) {}

    private boolean run(Desired each, Deployment deployment, Optional<Start> begun) {
        if (begun.isEmpty()) {
            return keep(each, deployment);
        }
        Start start = begun.get();
        return start.failure().isPresent() ? notStarted(each, start.failure().get()) : look(each, deployment, start.any());
    }

    /** Whether all of a contract that has not run yet answers by now. */
    private boolean look(Desired each, Deployment deployment, boolean startedJustNow) {
        try {
            List<WorkloadStatus> status = startedJustNow ? machines.statusSoon(deployment) : machines.status(deployment);
            if (allRun(status)) {
                failures.remove(each.contract());
                report(each, Receipt.Outcome.RUNNING, "", "", status);
                return true;
            }
            return failed(each, "not-healthy", shown(status), status);
        } catch (RuntimeException failure) {
            return notStarted(each, failure);
        }
    }

    private boolean notStarted(Desired each, RuntimeException failure) {
        LOG.log(System.Logger.Level.WARNING, "{0} version {1}: {2}", each.name(), each.accepted().version(), failure.getMessage());
        return failed(each, "not-started", String.valueOf(failure.getMessage()), List.of());
    }

    /** Whether it was said of this very contract that it runs here: what differs now has drifted. */
    private boolean ran(Desired each) {
        String last = reported.getOrDefault(each.name(), "");
        return last.startsWith(each.contract() + Receipt.Outcome.RUNNING) || last.startsWith(each.contract() + Receipt.Outcome.DRIFTED);
    }

    /**
     * What ended is started again, sooner or later, and told of; what somebody took away or changed is left as it is until people have decided. Everything else
     * of the contract goes on.
     */
    private boolean keep(Desired each, Deployment deployment) {
        Instant now = Instant.now();
        Repairs mending = repairs.computeIfAbsent(each.contract(), contract -> new Repairs());
        List<Drift> found = machines.drift(deployment);
        List<Drift> beyond = found.stream().filter(Drift::isBeyondRepair).toList();
        List<Drift> ended = found.stream().filter(drift -> !drift.isBeyondRepair()).toList();
        if (!beyond.isEmpty()) {
            drifted(each, beyond.getFirst().kind().toString(), sentences(beyond), machines.status(deployment));
        }
        if (!ended.isEmpty() || mending.blocked()) {
            if (!mending.due(now)) {
                return false;
            }
            mending.begin(now);
            if (mending.tooMany() && beyond.isEmpty() && !ended.isEmpty()) {
                drifted(each, "does-not-stay", sentences(ended) + "; it was started again " + Repairs.QUIETLY + " times in a row", machines.status(deployment));
            }
        }
        try {
            machines.ensure(deployment, beyond.stream().map(Drift::machine).collect(Collectors.toSet()));
            mending.blocked(false);
        } catch (RuntimeException failure) {
            LOG.log(System.Logger.Level.WARNING, "{0} version {1}: {2}", each.name(), each.accepted().version(), failure.getMessage());
            mending.blocked(true);
            if (mending.tooMany() && beyond.isEmpty()) {
                drifted(each, "cannot-start", String.valueOf(failure.getMessage()), machines.status(deployment));
            }
            return false;
        }
        return beyond.isEmpty() ? judge(each, deployment, mending, now) : true;
    }

    private boolean judge(Desired each, Deployment deployment, Repairs mending, Instant now) {
        List<WorkloadStatus> status = machines.status(deployment);
        List<String> lacking = Resources.of(deployment, config.name()).lacking(capacity.free(desired, config.name(), each.name()));
        if (contracts.lost(each.name())) {
            drifted(each, "contract-gone", "the contract in this node's own log is not there any more, or not the one that was accepted", status);
        } else if (!allRun(status)) {
            if (mending.silentTooLong(now)) {
                drifted(each, "not-healthy", shown(status), status);
            }
            return false;
        } else if (!lacking.isEmpty()) {
            drifted(each, "no-room", config.name() + " has less than its contracts need: " + String.join("; ", lacking), status);
        } else if (mending.well(now) || !desired.drifted(each.name())) {
            int times = mending.tell(now);
            if (times > 0) {
                receipts.write(each.name(), each.accepted().version(), each.contract(), Receipt.Outcome.REPAIRED, "ended", "started again " + (times == 1 ? "once" : times + " times") + "; everything answers", status);
            }
            report(each, Receipt.Outcome.RUNNING, "", "", status);
        }
        return true;
    }

    private void drifted(Desired each, String reason, String message, List<WorkloadStatus> status) {
        report(each, Receipt.Outcome.DRIFTED, reason, message, status);
    }

    private static boolean allRun(List<WorkloadStatus> status) {
        return status.stream().allMatch(workload -> workload.state().equals("running"));
    }

    private static String shown(List<WorkloadStatus> status) {
        return status.stream().map(workload -> workload.name() + " is " + workload.state() + ": " + workload.message()).toList().toString();
    }

    private static String sentences(List<Drift> found) {
        return found.stream().map(Drift::message).collect(Collectors.joining("; "));
    }

    private boolean failed(Desired each, String reason, String message, List<WorkloadStatus> status) {
        Instant now = Instant.now();
        boolean starting = !status.isEmpty() && status.stream().noneMatch(machine -> machine.state().equals("stopped"));
        if (failures.computeIfAbsent(each.contract(), contract -> new Attempts(now)).fail(now, starting)) {
            report(each, Receipt.Outcome.FAILED, reason, message, status);
        }
        return false;
    }

    private boolean paused(Desired each, Deployment deployment) {
        failures.remove(each.contract());
        machines.halt(deployment);
        report(each, Receipt.Outcome.PAUSED, "", "its machines stand still", machines.status(deployment));
        return true;
    }

    private boolean removed(Desired each) {
        String nothing = "nothing of it is left on " + config.name();
        Optional<Instant> over = desired.over(each);
        report(each, Receipt.Outcome.REMOVED, over.isPresent() ? Receipt.EMERGENCY_OVER : "", over.map(until -> "the emergency ended at " + until + ": ").orElse("") + nothing, List.of());
        return true;
    }

    private void report(Desired each, Receipt.Outcome outcome, String reason, String message, List<WorkloadStatus> status) {
        String news = news(each.contract(), outcome, reason);
        if (!news.equals(reported.put(each.name(), news))) {
            LOG.log(System.Logger.Level.INFO, "{0} version {1}: {2} {3}", each.name(), each.accepted().version(), outcome, message);
            receipts.write(each.name(), each.accepted().version(), each.contract(), outcome, reason, message, status);
            desired.said(outcome, each.name());
        }
    }

    /** What is told once: of drift also another reason. */
    private static String news(String contract, Receipt.Outcome outcome, String reason) {
        return contract + outcome + (outcome == Receipt.Outcome.DRIFTED ? reason : "");
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
