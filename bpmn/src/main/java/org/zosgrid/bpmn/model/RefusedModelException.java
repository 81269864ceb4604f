package org.zosgrid.bpmn.model;

import java.util.List;
import java.util.stream.Collectors;

/** A model has findings, and is not deployed. */
public final class RefusedModelException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient List<Finding> findings;

    RefusedModelException(List<Finding> findings) {
        super(findings.stream().map(Finding::toString).collect(Collectors.joining("\n")));
        this.findings = List.copyOf(findings);
    }

    public List<Finding> findings() {
        return findings;
    }
}
