package org.zosgrid.bpmn.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.zosgrid.bpmn.QuorumTable;
import org.zosgrid.bpmn.condition.Condition;
import org.zosgrid.bpmn.condition.Subject;
import org.zosgrid.bpmn.condition.Variable;

/** Walks a customer's model as a change will go through it, before it does: conditions are asked as the engine will ask them. Ways that begin with an error or a timer on an activity are left out, nobody knows if they are taken. */
final class ApprovalsAhead {
    private final Subject subject;
    private final List<Asked> found = new ArrayList<>();

    private ApprovalsAhead(Subject subject) {
        this.subject = subject;
    }

    static List<Asked> of(Scope scope, Subject subject) {
        ApprovalsAhead ahead = new ApprovalsAhead(subject);
        ahead.walk(scope);
        return List.copyOf(ahead.found);
    }

    private void walk(Scope scope) {
        Set<String> seen = new HashSet<>();
        Deque<Node> next = new ArrayDeque<>(scope.nodes().stream().filter(node -> node.kind() == Node.Kind.START).toList());
        while (!next.isEmpty()) {
            Node node = next.remove();
            if (!seen.add(node.id())) {
                continue;
            }
            if (node.ofBlock().filter(Block.APPROVALS::equals).isPresent()) {
                found.add(new Asked(node.inputs().getOrDefault("table", QuorumTable.KEY), Integer.parseInt(node.inputs().getOrDefault("people", "1"))));
            }
            if (node.kind() == Node.Kind.SUB_PROCESS) {
                walk(node.scope());
            }
            taken(scope, node).forEach(flow -> scope.node(flow.target()).ifPresent(next::add));
        }
    }

    /** Of a gateway, the first flow whose condition holds; the one without a condition if none does. */
    private List<Flow> taken(Scope scope, Node node) {
        List<Flow> all = scope.from(node);
        if (node.kind() != Node.Kind.EXCLUSIVE) {
            return all;
        }
        List<Flow> taken = new ArrayList<>();
        for (Flow flow : all) {
            Optional<Condition> condition = flow.asked();
            if (condition.isPresent() && (condition.get().asks(Variable.AGE) || condition.get().asks(Variable.HOUR))) {
                taken.add(flow);
            } else if (condition.isPresent() && condition.get().holds(subject)) {
                taken.add(flow);
                return taken;
            }
        }
        all.stream().filter(flow -> flow.asked().isEmpty()).forEach(taken::add);
        return taken;
    }
}
