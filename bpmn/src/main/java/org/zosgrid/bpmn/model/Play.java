package org.zosgrid.bpmn.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
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

    private final Model model;
    private final Net net;
    private final Findings findings;
    private final Moves moves;
    private final Map<State, Integer> numbers = new HashMap<>();
    private final List<State> states = new ArrayList<>();
    private final List<List<Move>> successors = new ArrayList<>();

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
            List<Move> next = moves.from(states.get(i));
            successors.add(next);
            next.forEach(move -> number(move.to()));
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
            for (Move move : successors.get(i)) {
                before.get(number(move.to())).add(i);
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

    /** Loops in which nothing waits: the engine would never come to rest. */
    private void busy() {
        int[] entering = new int[states.size()];
        successors.forEach(next -> next.stream().filter(move -> !move.waited()).forEach(move -> entering[number(move.to())]++));
        Deque<Integer> free = new ArrayDeque<>();
        for (int i = 0; i < entering.length; i++) {
            if (entering[i] == 0) {
                free.add(i);
            }
        }
        while (!free.isEmpty()) {
            for (Move move : successors.get(free.remove())) {
                if (!move.waited() && --entering[number(move.to())] == 0) {
                    free.add(number(move.to()));
                }
            }
        }
        Set<Node> spinning = new HashSet<>();
        for (int i = 0; i < entering.length; i++) {
            for (Move move : entering[i] > 0 ? successors.get(i) : List.<Move>of()) {
                if (!move.waited() && entering[number(move.to())] > 0 && reaches(number(move.to()), i, entering)) {
                    spinning.add(move.by());
                    break;
                }
            }
            if (!spinning.isEmpty()) {
                break;
            }
        }
        spinning.forEach(node -> findings.add(Rule.BUSY, node, "it stands on a loop in which nothing waits", "a timer or approvals must stand on the loop"));
    }

    private boolean reaches(int from, int to, int[] left) {
        BitSet seen = new BitSet();
        Deque<Integer> next = new ArrayDeque<>(List.of(from));
        while (!next.isEmpty()) {
            int at = next.remove();
            if (at == to) {
                return true;
            }
            for (Move move : successors.get(at)) {
                int then = number(move.to());
                if (!move.waited() && left[then] > 0 && !seen.get(then)) {
                    seen.set(then);
                    next.add(then);
                }
            }
        }
        return false;
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
