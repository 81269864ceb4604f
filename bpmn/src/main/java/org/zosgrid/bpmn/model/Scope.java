package org.zosgrid.bpmn.model;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A process or a sub-process: what stands directly in it. */
record Scope(List<Node> nodes, List<Flow> flows) {
    Scope {
        nodes = List.copyOf(nodes);
        flows = List.copyOf(flows);
    }

    List<Flow> from(Node node) {
        return flows.stream().filter(flow -> flow.source().equals(node.id())).toList();
    }

    List<Flow> to(Node node) {
        return flows.stream().filter(flow -> flow.target().equals(node.id())).toList();
    }

    Optional<Node> node(String id) {
        return nodes.stream().filter(node -> node.id().equals(id)).findFirst();
    }

    List<Node> boundariesOf(Node node) {
        return nodes.stream().filter(each -> each.attachedTo().equals(node.id())).toList();
    }

    /** All nodes, those in sub-processes too. */
    Stream<Node> all() {
        return nodes.stream().flatMap(node -> Stream.concat(Stream.of(node), Stream.ofNullable(node.inner()).flatMap(Scope::all)));
    }

    /** All flows, those in sub-processes too. */
    Stream<Flow> allFlows() {
        return Stream.concat(flows.stream(), nodes.stream().flatMap(node -> Stream.ofNullable(node.inner()).flatMap(Scope::allFlows)));
    }
}
