package org.zosgrid.workloads;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.zosgrid.bpmn.UnavailableException;
import org.zosgrid.connector.network.NodeReport;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.Fault;
import org.zosgrid.contract.admission.Accepted;
import org.zosgrid.contract.admission.Requirements;
import org.zosgrid.contract.admission.Resources;
import org.zosgrid.contract.document.Demand;
import org.zosgrid.contract.document.Deployment;
import org.zosgrid.contract.document.GatewayRoute;
import org.zosgrid.contract.document.Machine;
import org.zosgrid.contract.policy.ChangeClass;
import org.zosgrid.contract.policy.Kind;
import org.zosgrid.model.Changes;
import org.zosgrid.workloads.node.AskNodes;
import org.zosgrid.workloads.step.ChangeApproval;
import org.zosgrid.workloads.step.ChangeVerification;
import org.zosgrid.workloads.step.Demands;
import org.zosgrid.workloads.trust.Trust;
import org.zosgrid.workloads.view.PlanView;
import org.zosgrid.workloads.view.PlanView.Amount;
import org.zosgrid.workloads.view.PlanView.OnNode;

/**
 * Says what a deployment would change before anybody signs it: with the code that later verifies it, opens its approval and, on the node, decides on its room. So what
 * passes here is refused later only if something has changed meanwhile.
 */
@Stateless
public class PlanChange {
    /** Longer than a node needs that is only busy, and shorter than people wait for a plan. */
    private static final Duration NODES_LIMIT = Duration.ofSeconds(10);

    @Inject private Changes changes;
    @Inject private Trust trust;
    @Inject private Succession succession;
    @Inject private Standing standing;
    @Inject private ChangeVerification verification;
    @Inject private ChangeApproval approval;
    @Inject private Demands demands;
    @Inject private AskNodes ask;

    /**
     * @param document a deployment's JSON, as it would be signed
     * @throws RefusedException INVALID if it cannot be read
     */
    public PlanView plan(byte[] document) {
        Deployment deployment;
        try {
            deployment = Deployment.parse(document);
        } catch (ContractException unreadable) {
            throw new RefusedException(RefusedException.Kind.INVALID, "The document is not valid", unreadable.faults());
        }
        Instant now = Instant.now();
        Demand demand = demands.binding(deployment);
        Requirements requirements = standing.requirements(deployment.withDemand(deployment.demand().and(demand)));
        int quorum = ChangeApproval.quorum(requirements);
        List<String> faults = new ArrayList<>(faults(deployment, now));
        approval.obstacle(deployment, requirements, quorum, now).ifPresent(faults::add);
        List<OnNode> nodes = nodes(deployment, faults);
        return new PlanView(deployment.name(), deployment.version(), faults, kinds(deployment), quorum, List.copyOf(approval.mayApprove(deployment)),
                rules(requirements, deployment), demand, requirements.opensAt(now), nodes);
    }

    private List<String> faults(Deployment deployment, Instant now) {
        List<Fault> faults = new ArrayList<>();
        try {
            if (!isSubmitted(deployment)) {
                succession.check(deployment, now);
            }
        } catch (RefusedException refused) {
            faults.addAll(refused.faults());
        }
        try {
            faults.addAll(verification.faults(deployment));
        } catch (UnavailableException away) {
            faults.add(new Fault("machines", "images cannot be verified, the hub does not answer: " + away.getMessage(), ""));
        }
        return faults.stream().map(Fault::toString).toList();
    }

    /** Whether it is the very document that the workflow works on: then it does not stand in its own way. */
    private boolean isSubmitted(Deployment deployment) {
        return changes.open(deployment.name()).flatMap(Documents::deployment).filter(deployment::equals).isPresent();
    }

    private List<String> kinds(Deployment deployment) {
        return ChangeClass.of(deployment, standing.last(deployment.name()).flatMap(Accepted::current)).kinds().stream().sorted().map(Kind::toString).toList();
    }

    /** What is demanded when nobody has approved yet. */
    private List<String> rules(Requirements requirements, Deployment deployment) {
        return requirements.missing(standing.nobody(deployment));
    }

    private List<OnNode> nodes(Deployment deployment, List<String> faults) {
        Optional<Deployment> before = changes.current(deployment.name()).flatMap(Documents::deployment);
        Set<String> names = new TreeSet<>(deployment.nodes());
        before.ifPresent(old -> names.addAll(old.nodes()));
        // Another's node is not asked; that it is none of the trust root's, what is verified says already.
        Map<String, AskNodes.Answer> answers = ask.ask(names.stream().filter(trust.root().nodes()::containsKey).toList(), NODES_LIMIT);
        List<OnNode> nodes = new ArrayList<>();
        for (String node : names) {
            Resources asked = Resources.of(deployment, node);
            Optional<Resources> free = Optional.ofNullable(answers.get(node)).flatMap(answer -> free(node, answer, deployment.name(), faults));
            free.ifPresent(room -> asked.lacking(room).forEach(lack -> faults.add("nodes." + node + ": has no room for it: " + lack)));
            nodes.add(new OnNode(node, actions(before, deployment, node), amount(asked), free.map(PlanChange::amount)));
        }
        return nodes;
    }

    private static Optional<Resources> free(String node, AskNodes.Answer answer, String name, List<String> faults) {
        return switch (answer) {
            case AskNodes.Answer.Given given -> {
                NodeReport report = given.report();
                Resources others = report.reserved().stream().filter(each -> !each.deployment().equals(name)).map(PlanChange::resources).reduce(Resources.NONE, Resources::plus);
                yield Optional.of(resources(report.capacity()).minus(others));
            }
            case AskNodes.Answer.None none -> {
                faults.add("nodes." + node + ": does not answer: " + none.problem());
                yield Optional.empty();
            }
        };
    }

    private static List<String> actions(Optional<Deployment> before, Deployment after, String node) {
        List<String> actions = new ArrayList<>();
        Map<String, Machine> old = machines(before, node);
        Map<String, Machine> fresh = machines(Optional.of(after), node);
        fresh.forEach((name, machine) -> {
            if (!old.containsKey(name)) {
                actions.add("start machine " + name + " from " + machine.image());
            } else if (!old.get(name).withoutTerminal().equals(machine.withoutTerminal())) {
                actions.add("replace machine " + name + "; what it wrote is lost");
            }
            Set<String> looked = old.containsKey(name) ? old.get(name).terminal() : Set.of();
            if (!looked.equals(machine.terminal())) {
                actions.add("let " + (machine.terminal().isEmpty() ? "nobody" : String.join(", ", machine.terminal())) + " open terminals into " + name);
            }
        });
        old.keySet().stream().filter(name -> !fresh.containsKey(name)).forEach(name -> actions.add("remove machine " + name + " with what it wrote"));
        List<GatewayRoute> closed = routes(before, node);
        List<GatewayRoute> open = routes(Optional.of(after), node);
        open.stream().filter(route -> !closed.contains(route)).forEach(route -> actions.add("open " + route.host() + " to " + route.machine() + ":" + route.port()));
        closed.stream().filter(route -> !open.contains(route)).forEach(route -> actions.add("close " + route.host() + " to " + route.machine() + ":" + route.port()));
        return actions;
    }

    private static Map<String, Machine> machines(Optional<Deployment> deployment, String node) {
        Map<String, Machine> machines = new HashMap<>();
        deployment.ifPresent(each -> each.machines().stream().filter(machine -> machine.node().equals(node)).forEach(machine -> machines.put(machine.name(), machine)));
        return machines;
    }

    private static List<GatewayRoute> routes(Optional<Deployment> deployment, String node) {
        return deployment.map(each -> each.gateways().stream().filter(route -> route.node().equals(node)).toList()).orElse(List.of());
    }

    private static Resources resources(NodeReport.Room room) {
        return new Resources(room.cpuMillis(), room.memoryBytes());
    }

    private static Amount amount(Resources resources) {
        return new Amount(resources.cpuMillis(), resources.memoryBytes());
    }
}
