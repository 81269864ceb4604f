package org.zosgrid.bpmn.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Plays a model in every way: all situations that can come, from the start on. The order of steps, dead ends and what is never reached are read off them.
 * Exact for tokens, and on the safe side for conditions, which may turn out either way.
 */
final class Play {
    /** Most situations that are looked at. */
    static final int MOST_STATES = 50_000;

    /**
     * A move between situations that have numbers: there are many of them.
     *
     * @param to number of the situation afterwards
     */
    private record Step(int to, Node by, boolean waited) {}

    private final Model model;
    private final Net net;
    private final Findings findings;
    private final Moves moves;
    private final Map<State, Integer> numbers = new HashMap<>();
    private final List<State> states = new ArrayList<>();
    private final List<List<Step>> successors = new ArrayList<>();

    Play(Model model, Findings findings) {
        this.model = model;
        this.findings = findings;
        net = new Net(model);
        moves = new Moves(net, findings, model.scope().all().noneMatch(node -> node.act() == Act.PROVISION || node.act() == Act.HEAR_RUNNING));
    }

    /** Plays to the end, or until it is too much; once. */
    void run() {
        number(moves.first(model.scope()));
        for (int i = 0; i < states.size(); i++) {
            if (states.size() > MOST_STATES) {
                findings.add(Rule.COMPLEX, model.id(), model.name(), "there are more than " + MOST_STATES + " situations in which it can be", "it must be simpler: fewer elements beside each other");
                return;
            }
            successors.add(moves.from(states.get(i)).stream().map(move -> new Step(number(move.to()), move.by(), move.waited())).toList());
        }
        reachable();
        busy();
        if (!findings.has(Rule.TWICE) && !findings.has(Rule.UNCAUGHT)) {
            endless();
        }
    }

    private int number(State state) {
        return numbers.computeIfAbsent(state, fresh -> {
            states.add(fresh);
            return states.size() - 1;
        });
    }

    private void reachable() {
        model.scope().all().filter(node -> !moves.reached().contains(node.id())).forEach(node ->
                findings.add(Rule.REACHABLE, node, "nothing ever comes to it", "a path from the start, or an error that something can end with, must lead to it"));
    }

    /** Situations from which no end can be reached. */
    private void endless() {
        List<List<Integer>> before = new ArrayList<>();
        states.forEach(state -> before.add(new ArrayList<>()));
        for (int i = 0; i < states.size(); i++) {
            for (Step step : successors.get(i)) {
                before.get(step.to()).add(i);
            }
        }
        BitSet ends = new BitSet();
        Deque<Integer> next = new ArrayDeque<>();
        for (int i = 0; i < states.size(); i++) {
            if (states.get(i).isOver()) {
                ends.set(i);
                next.add(i);
            }
        }
        while (!next.isEmpty()) {
            for (int i : before.get(next.remove())) {
                if (!ends.get(i)) {
                    ends.set(i);
                    next.add(i);
                }
            }
        }
        // The smallest one shows best where it hangs.
        states.stream().filter(state -> !ends.get(number(state))).min(Comparator.comparingInt((State state) -> moves.from(state).isEmpty() ? 0 : 1).thenComparingInt(state -> state.marks().cardinality())).ifPresent(this::hangs);
    }

    private void hangs(State state) {
        for (Node node : net.marked(state).mapToObj(net::place).map(Net.Place::node).filter(node -> node.kind() != Node.Kind.SUB_PROCESS && !node.kind().isBoundary()).collect(Collectors.toCollection(ArrayList::new))) {
            findings.add(Rule.ENDS, node, node.kind() == Node.Kind.PARALLEL ? "it can wait for a path that never comes" : "once here, the process can never end",
                    node.kind() == Node.Kind.PARALLEL ? "it must join the paths that a parallel gateway opened, all of them and no others" : "a path from it must lead to an end");
        }
    }

    /** Loops in which nothing waits: the engine would never come to rest. What is left after taking away, again and again, whatever nothing leads to or leads nowhere. */
    private void busy() {
        List<int[]> steps = new ArrayList<>();
        List<Node> by = new ArrayList<>();
        for (int i = 0; i < states.size(); i++) {
            for (Step step : successors.get(i)) {
                if (!step.waited()) {
                    steps.add(new int[] {i, step.to()});
                    by.add(step.by());
                }
            }
        }
        BitSet left = new BitSet();
        left.set(0, states.size());
        trim(steps, left, 0);
        trim(steps, left, 1);
        Set<Node> spinning = new LinkedHashSet<>();
        for (int i = 0; i < steps.size(); i++) {
            if (left.get(steps.get(i)[0]) && left.get(steps.get(i)[1])) {
                spinning.add(by.get(i));
            }
        }
        spinning.forEach(node -> findings.add(Rule.BUSY, node, "it stands on a loop in which nothing waits", "a timer or approvals must stand on the loop"));
    }

    /** Takes away states that no step of those left begins in (side 0) or ends in (side 1), until none is left. */
    private static void trim(List<int[]> steps, BitSet left, int side) {
        Map<Integer, List<Integer>> neighbours = new HashMap<>();
        Map<Integer, Integer> count = new HashMap<>();
        for (int[] step : steps) {
            if (left.get(step[0]) && left.get(step[1])) {
                count.merge(step[side], 1, Integer::sum);
                neighbours.computeIfAbsent(step[1 - side], key -> new ArrayList<>()).add(step[side]);
            }
        }
        Deque<Integer> free = new ArrayDeque<>(left.stream().filter(state -> !count.containsKey(state)).boxed().toList());
        while (!free.isEmpty()) {
            int gone = free.remove();
            left.clear(gone);
            for (int neighbour : neighbours.getOrDefault(gone, List.of())) {
                if (count.merge(neighbour, -1, Integer::sum) == 0) {
                    free.add(neighbour);
                }
            }
        }
    }

    /** Situations in which the process rests: every token is in a node, or waits for others before a parallel gateway. */
    Set<Rest> rests() {
        Set<Rest> rests = new HashSet<>();
        for (State state : states) {
            Set<String> at = new TreeSet<>();
            boolean rest = net.marked(state).mapToObj(net::place).allMatch(place -> {
                if (place.flow() == null && !place.node().kind().isBoundary()) {
                    at.add(place.node().id());
                } else if (place.flow() != null) {
                    at.add("->" + place.node().id());
                }
                return place.flow() == null || place.node().kind() == Node.Kind.PARALLEL;
            });
            if (rest) {
                rests.add(new Rest(at, state.facts(), state.outcome()));
            }
        }
        return rests;
    }
}
