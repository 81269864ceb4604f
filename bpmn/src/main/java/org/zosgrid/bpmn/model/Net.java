package org.zosgrid.bpmn.model;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The places of a model where a token can be: on a flow, in a node that is under way, and in a boundary event that does not interrupt and has not yet
 * happened.
 */
final class Net {
    /**
     * A place.
     *
     * @param flow that leads to the node, for a token on it
     * @param node that the token is in or comes to
     * @param scope that the node stands in
     */
    record Place(@Nullable Flow flow, Node node, Scope scope) {}

    private final List<Place> places = new ArrayList<>();
    private final Map<String, Integer> flows = new HashMap<>();
    private final Map<String, Integer> nodes = new HashMap<>();
    private final Map<Scope, Place> owners = new java.util.IdentityHashMap<>();
    private final Map<String, BitSet> insides = new HashMap<>();
    private final Map<String, List<Node>> boundaries = new HashMap<>();
    private final Map<String, List<Flow>> outgoing = new HashMap<>();
    private final Map<String, int[]> incoming = new HashMap<>();

    Net(Model model) {
        add(model.scope());
    }

    private void add(Scope scope) {
        for (Flow flow : scope.flows()) {
            flows.put(flow.id(), places.size());
            places.add(new Place(flow, scope.node(flow.target()).orElseThrow(), scope));
        }
        for (Node node : scope.nodes()) {
            int place = places.size();
            nodes.put(node.id(), place);
            places.add(new Place(null, node, scope));
            boundaries.put(node.id(), scope.boundariesOf(node));
            outgoing.put(node.id(), scope.from(node));
            incoming.put(node.id(), scope.to(node).stream().mapToInt(flow -> flows.get(flow.id())).toArray());
            BitSet inside = new BitSet();
            if (node.inner() != null) {
                owners.put(node.scope(), places.get(place));
                int first = places.size();
                add(node.scope());
                inside.set(first, places.size());
            }
            insides.put(node.id(), inside);
        }
    }

    Place place(int index) {
        return places.get(index);
    }

    /** A token on a flow. */
    int on(Flow flow) {
        return flows.get(flow.id());
    }

    /** A token in a node, or in a boundary event that may still happen. */
    int in(Node node) {
        return nodes.get(node.id());
    }

    /** Places inside a sub-process, at any depth. */
    BitSet inside(Node node) {
        return insides.get(node.id());
    }

    /** Everything that is gone when a node is left: itself, what is in it, and events on it. */
    BitSet all(Node node) {
        BitSet all = (BitSet) inside(node).clone();
        all.set(in(node));
        boundariesOf(node).forEach(boundary -> all.set(in(boundary)));
        return all;
    }

    List<Node> boundariesOf(Node node) {
        return boundaries.get(node.id());
    }

    List<Flow> from(Node node) {
        return outgoing.get(node.id());
    }

    /** Places of flows that lead to a node. */
    int[] to(Node node) {
        return incoming.get(node.id());
    }

    /** The sub-process that a scope is the inside of. */
    Optional<Place> owner(Scope scope) {
        return Optional.ofNullable(owners.get(scope));
    }

    /** Steps of the change that are under way. */
    List<Node> steps(State state) {
        return state.marks().stream().mapToObj(places::get).filter(place -> place.flow() == null && place.node().kind() == Node.Kind.TASK && place.node().act().isStep()).map(Place::node).toList();
    }

    IntStream marked(State state) {
        return state.marks().stream();
    }
}
