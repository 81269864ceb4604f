package org.zosgrid.bpmn.model;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.zosgrid.bpmn.Outcome;

/**
 * What can happen in a situation, by BPMN's rules for tokens. Conditions may turn out either way, every error may come, timers may fire at any moment they
 * could. Faults that a situation shows are found here; what would come after them is not played.
 */
final class Moves {
    /** The error of a step that a quorum has passed over. */
    private static final String SKIPPED = "skipped";

    private final Net net;
    private final Findings findings;
    private final boolean removes;
    private final Set<String> reached = new HashSet<>();

    private List<Move> moves = new ArrayList<>();

    /** @param removes whether the model is one of a removal, which has nothing to take back */
    Moves(Net net, Findings findings, boolean removes) {
        this.net = net;
        this.findings = findings;
        this.removes = removes;
    }

    State first(Scope process) {
        return started(new State(new BitSet(), 0, null), process);
    }

    private State started(State state, Scope scope) {
        Node start = scope.nodes().stream().filter(node -> node.kind() == Node.Kind.START).findFirst().orElseThrow();
        reached.add(start.id());
        return state.with(net.on(net.from(start).getFirst()));
    }

    /** Ids of the nodes that some token came to. */
    Set<String> reached() {
        return reached;
    }

    List<Move> from(State state) {
        moves = new ArrayList<>();
        net.marked(state).forEach(index -> {
            Net.Place place = net.place(index);
            if (place.flow() != null) {
                arrive(state, index, place);
            } else if (!place.node().kind().isBoundary()) {
                goOn(state, place);
            }
        });
        return moves;
    }

    private void arrive(State state, int from, Net.Place place) {
        Node node = place.node();
        State left = state.without(from);
        switch (node.kind()) {
            case EXCLUSIVE -> net.from(node).forEach(flow -> take(left, node, flow, false));
            case PARALLEL -> join(state, from, node);
            case END -> end(left, node);
            case ERROR_END -> raise(left, place, String.valueOf(node.error()), false);
            default -> begin(left, node);
        }
    }

    private void join(State state, int from, Node node) {
        int[] incoming = net.to(node);
        if (incoming[0] != from) {
            return;
        }
        State joined = state;
        for (int each : incoming) {
            if (!state.has(each)) {
                return;
            }
            joined = joined.without(each);
        }
        for (Flow flow : net.from(node)) {
            if (twice(joined, node, flow)) {
                return;
            }
            joined = joined.with(net.on(flow));
        }
        move(joined, node, false);
    }

    private void begin(State state, Node node) {
        if (state.has(net.in(node))) {
            findings.add(Rule.TWICE, node, "it can be under way twice at once", "one token at a time must come to it: do not lead two paths of a parallel gateway, or of an event that does not interrupt, to the same place");
            return;
        }
        State begun = node.kind() == Node.Kind.TASK ? acted(state, node) : state;
        begun = begun.with(net.in(node));
        for (Node boundary : net.boundariesOf(node)) {
            if (!boundary.interrupting()) {
                begun = begun.with(net.in(boundary));
            }
        }
        if (node.kind() == Node.Kind.SUB_PROCESS) {
            begun = started(begun, node.scope());
        }
        move(begun, node, false);
    }

    /** A step begins: what must be true for it is. */
    private State acted(State state, Node node) {
        for (Demand demand : node.act().demands()) {
            if (!demand.holds(state.facts())) {
                findings.add(demand.rule(), node, demand.wrong(), demand.right());
            }
        }
        if (node.act().isStep()) {
            for (Node other : net.steps(state)) {
                findings.add(Rule.ONE_AT_A_TIME, node, "it can run while " + other.id() + " does", "the one must come before the other");
            }
            if (state.outcome() != null) {
                findings.add(Rule.OUTCOME, node, "it can begin after the outcome " + state.outcome() + " was declared", "an outcome is declared when all steps are done");
            }
        }
        return state.facts(node.act().begun(state.facts()));
    }

    private void goOn(State state, Net.Place place) {
        Node node = place.node();
        switch (node.kind()) {
            case TASK -> {
                leave(state.facts(node.act().done(state.facts())), node, net.from(node).getFirst(), node.waits());
                node.errors().forEach(error -> raise(error.equals(SKIPPED) ? state.facts(node.act().skipped(state.facts())) : state, place, error, node.waits()));
            }
            case SUB_PROCESS -> {
                if (!state.marks().intersects(net.inside(node))) {
                    leave(state, node, net.from(node).getFirst(), false);
                }
            }
            case CATCH_TIMER, CATCH_MESSAGE -> heard(state.without(net.in(node)), node);
            case EVENT_GATEWAY -> net.from(node).forEach(flow -> heard(state.without(net.in(node)), net.place(net.on(flow)).node()));
            default -> throw new IllegalStateException("no token is in " + node.id());
        }
        net.boundariesOf(node).forEach(boundary -> happen(state, node, boundary));
    }

    private void heard(State state, Node node) {
        State acted = node.act() == Act.NONE ? state : acted(state, node);
        reached.add(node.id());
        take(acted.facts(node.act().done(acted.facts())), node, net.from(node).getFirst(), true);
    }

    /** A boundary event that is no error. */
    private void happen(State state, Node host, Node boundary) {
        if (boundary.kind() == Node.Kind.BOUNDARY_ERROR) {
            return;
        }
        if (boundary.interrupting()) {
            interrupt(state, host, boundary, true);
        } else if (state.has(net.in(boundary))) {
            take(state.without(net.in(boundary)), boundary, net.from(boundary).getFirst(), true);
        }
    }

    private void interrupt(State state, Node host, Node boundary, boolean waited) {
        // What was done for some nodes and not for all is not done.
        int lost = severalIn(state, host) ? Fact.HEALTHY.bit() | Fact.REMOVED.bit() | Fact.UNDONE.bit() : 0;
        reached.add(boundary.id());
        take(state.facts(state.facts() & ~lost).without(net.all(host)), boundary, net.from(boundary).getFirst(), waited);
    }

    private boolean severalIn(State state, Node host) {
        return host.several() || net.marked(state).filter(net.inside(host)::get).mapToObj(net::place).anyMatch(place -> place.flow() == null && place.node().several());
    }

    private void leave(State state, Node node, Flow flow, boolean waited) {
        take(state.without(net.all(node)), node, flow, waited);
    }

    /** An error looks for the nearest event that catches it. */
    private void raise(State state, Net.Place thrower, String code, boolean waited) {
        Optional<Net.Place> at = thrower.node().kind() == Node.Kind.ERROR_END ? net.owner(thrower.scope()) : Optional.of(thrower);
        while (at.isPresent()) {
            Node host = at.get().node();
            List<Node> catching = net.boundariesOf(host).stream().filter(boundary -> boundary.kind() == Node.Kind.BOUNDARY_ERROR && (boundary.error() == null || code.equals(boundary.error()))).toList();
            if (!catching.isEmpty()) {
                reached.add(thrower.node().id());
                catching.forEach(boundary -> interrupt(state, host, boundary, waited));
                return;
            }
            at = net.owner(at.get().scope());
        }
        findings.add(Rule.UNCAUGHT, thrower.node(), "nothing catches its error " + code, "a boundary event that catches " + code + ", or every error, must sit on it or on a sub-process around it");
    }

    private void end(State left, Node node) {
        Outcome.Stage outcome = node.outcome();
        State ended = outcome == null ? left : declared(left, node, outcome);
        if (ended.isOver() && ended.outcome() == null) {
            findings.add(Rule.OUTCOME, node, "the process can end here without an outcome", "the end must be the block " + Block.END.template() + " and say how the change ended");
        }
        move(ended, node, false);
    }

    private State declared(State state, Node node, Outcome.Stage outcome) {
        if (state.outcome() != null) {
            findings.add(Rule.OUTCOME, node, "it declares " + outcome + " and " + state.outcome() + " can have been declared before", "a run has one outcome");
        }
        for (Node step : net.steps(state)) {
            findings.add(Rule.OUTCOME, node, "it declares " + outcome + " and " + step.id() + " can still be under way", "an outcome is declared when all steps are done");
        }
        truth(state, node, outcome);
        return state.declared(outcome);
    }

    private void truth(State state, Node node, Outcome.Stage outcome) {
        int facts = state.facts();
        boolean sealed = Fact.SEALED.in(facts);
        boolean holds = switch (outcome) {
            case RUNNING -> sealed && Fact.HEALTHY.in(facts);
            case REMOVED, PAUSED -> sealed && Fact.REMOVED.in(facts);
            case IN_FORCE, DONE -> sealed && Fact.IN_FORCE.in(facts);
            case ADMITTED, RETIRED, PROMOTED, REVIEWED, SUPERSEDED -> false; // of nodes, images and reviews, which have processes of their own
            case COMPENSATED -> Fact.UNDONE.in(facts);
            case FAILED -> !sealed || removes;
            case INVALID, REJECTED, EXPIRED, WITHDRAWN -> !sealed;
            case PROVISIONING, EXPOSING, PAUSING, REMOVING, COMPENSATING -> false;
        };
        if (holds) {
            return;
        }
        boolean settled = Fact.HEALTHY.in(facts) || Fact.REMOVED.in(facts) || Fact.UNDONE.in(facts) || !sealed;
        if (settled) {
            findings.add(Rule.OUTCOME, node, "it declares " + outcome + ", and that can be untrue",
                    Fact.UNDONE.in(facts) ? "after a withdrawal the outcome is COMPENSATED" : sealed ? "RUNNING follows a provision, REMOVED a removal" : "nothing was sealed on a path to it: INVALID, REJECTED, EXPIRED, WITHDRAWN or FAILED");
        } else {
            findings.add(Rule.UNDO, node, "it declares " + outcome + ", and the change can be sealed by then without running or being withdrawn",
                    "after sealing, whatever goes wrong leads to the block " + Block.WITHDRAW.template() + " and then to COMPENSATED");
        }
    }

    private void take(State state, Node by, Flow flow, boolean waited) {
        if (!twice(state, by, flow)) {
            move(state.with(net.on(flow)), by, waited);
        }
    }

    private boolean twice(State state, Node by, Flow flow) {
        boolean twice = state.has(net.on(flow));
        if (twice) {
            findings.add(Rule.TWICE, by, "it can be passed twice before what follows it goes on", "one token at a time must come to it");
        }
        return twice;
    }

    private void move(State to, Node by, boolean waited) {
        reached.add(by.id());
        moves.add(new Move(to, by, waited));
    }
}
