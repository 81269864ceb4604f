package org.zosgrid.bpmn.model;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** How elements must be joined before the model can be played at all. */
final class Structure {
    private final Findings findings;

    Structure(Findings findings) {
        this.findings = findings;
    }

    void check(Model model) {
        check(model.scope(), new Node(model.id(), model.name(), Node.Kind.SUB_PROCESS, Act.NONE, null, java.util.Map.of(), List.of(), model.scope(), false, "", true, null, "", null, ""));
    }

    private void check(Scope scope, Node owner) {
        long starts = scope.nodes().stream().filter(node -> node.kind() == Node.Kind.START).count();
        if (starts != 1) {
            findings.add(Rule.STRUCTURE, owner, "there are " + starts + " start events in it", "there must be one");
        }
        scope.flows().forEach(flow -> ends(flow, scope));
        for (Node node : scope.nodes()) {
            node(node, scope);
            if (node.inner() != null) {
                check(node.scope(), node);
            }
        }
    }

    private void ends(Flow flow, Scope scope) {
        if (scope.node(flow.source()).isEmpty() || scope.node(flow.target()).isEmpty()) {
            findings.add(Rule.REFERENCE, flow.id(), flow.name(), "the flow leads from " + Grammar.shortened(flow.source()) + " to " + Grammar.shortened(flow.target()) + ", and not both are beside it",
                    "both must stand in the same process or sub-process as the flow");
        }
        scope.node(flow.source()).filter(source -> source.kind() != Node.Kind.EXCLUSIVE && flow.conditional()).ifPresent(source ->
                findings.add(Rule.STRUCTURE, flow.id(), flow.name(), "a condition stands on a flow out of " + source.id(), "conditions stand on flows out of exclusive gateways only"));
    }

    private void node(Node node, Scope scope) {
        int in = scope.to(node).size();
        int out = scope.from(node).size();
        switch (node.kind()) {
            case START -> count(node, in, 0, 0, out, 1, 1);
            case END, ERROR_END -> count(node, in, 1, MANY, out, 0, 0);
            case TASK, SUB_PROCESS, CATCH_TIMER, CATCH_MESSAGE -> count(node, in, 1, MANY, out, 1, 1);
            case PARALLEL -> count(node, in, 1, MANY, out, 1, MANY);
            case EXCLUSIVE -> {
                count(node, in, 1, MANY, out, 1, MANY);
                exclusive(node, scope.from(node));
            }
            case EVENT_GATEWAY -> {
                count(node, in, 1, MANY, out, 2, MANY);
                scope.from(node).stream().flatMap(flow -> scope.node(flow.target()).stream()).filter(next -> next.kind() != Node.Kind.CATCH_TIMER && next.kind() != Node.Kind.CATCH_MESSAGE).forEach(next ->
                        findings.add(Rule.STRUCTURE, node, "it leads to " + next.id(), "it must lead to catching events"));
            }
            case BOUNDARY_ERROR, BOUNDARY_TIMER, BOUNDARY_MESSAGE -> {
                count(node, in, 0, 0, out, 1, 1);
                boundary(node, scope);
            }
        }
    }

    private static final int MANY = ModelReader.MOST_ELEMENTS;

    private void count(Node node, int in, int leastIn, int mostIn, int out, int leastOut, int mostOut) {
        if (in < leastIn || in > mostIn) {
            findings.add(Rule.STRUCTURE, node, in + " flows lead to it", mostIn == 0 ? "none may" : "at least one must");
        }
        if (out < leastOut || out > mostOut) {
            findings.add(Rule.STRUCTURE, node, out + " flows lead out of it", mostOut == 0 ? "none may" : mostOut == 1 ? "one must; use a gateway for more" : "at least " + leastOut + " must");
        }
    }

    private void exclusive(Node node, List<Flow> out) {
        Set<String> ids = new HashSet<>(out.stream().map(Flow::id).toList());
        if (!node.otherwise().isEmpty() && !ids.contains(node.otherwise())) {
            findings.add(Rule.REFERENCE, node, "its default is " + Grammar.shortened(node.otherwise()), "it must be one of the flows out of it");
        }
        if (out.size() > 1 && node.otherwise().isEmpty()) {
            findings.add(Rule.STRUCTURE, node, "it has no default flow", "one of its flows must be the default, for when no condition holds");
        }
        for (Flow flow : out) {
            boolean other = flow.id().equals(node.otherwise()) || out.size() == 1;
            if (other == flow.conditional()) {
                findings.add(Rule.STRUCTURE, flow.id(), flow.name(), other ? "a condition stands on the only or default flow out of " + node.id() : "no condition stands on it",
                        other ? "it is taken when no other condition holds, and has none" : "each flow out of an exclusive gateway but the default has a condition");
            }
        }
    }

    private void boundary(Node node, Scope scope) {
        Node host = scope.node(node.attachedTo()).orElse(null);
        if (host == null || !host.kind().isActivity()) {
            findings.add(Rule.REFERENCE, node, "it sits on " + Grammar.shortened(node.attachedTo()), "it must sit on a block or a sub-process beside it");
            return;
        }
        if (node.kind() == Node.Kind.BOUNDARY_ERROR && !node.interrupting()) {
            findings.add(Rule.STRUCTURE, node, "it catches an error and does not interrupt", "an error interrupts: cancelActivity must be true or left out");
        }
        if (node.kind() == Node.Kind.BOUNDARY_TIMER && host.block() != null && AT_ONCE.contains(host.block())) {
            findings.add(Rule.STRUCTURE, node, "a timer sits on " + host.id() + ", which waits for nothing that it could interrupt", "a timer sits on a block that waits, or on a sub-process");
        }
    }

    private static final Set<Block> AT_ONCE = Set.of(Block.SEAL, Block.NOTIFY, Block.WEBHOOK);
}
