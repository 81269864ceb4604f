package org.zosgrid.bpmn.model;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects findings, each once, in the order in which they are found. */
final class Findings {
    private final Set<Finding> all = new LinkedHashSet<>();

    void add(Rule rule, String element, String name, String wrong, String right) {
        all.add(new Finding(element, name, rule, wrong, right));
    }

    void add(Rule rule, Node node, String wrong, String right) {
        add(rule, node.id(), node.name(), wrong, right);
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    boolean has(Rule rule) {
        return all.stream().anyMatch(finding -> finding.rule() == rule);
    }

    List<Finding> list() {
        return new ArrayList<>(all);
    }
}
