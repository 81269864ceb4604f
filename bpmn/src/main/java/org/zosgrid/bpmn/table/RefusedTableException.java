package org.zosgrid.bpmn.table;

import java.util.List;
import java.util.stream.Collectors;

/** A table has findings, and is not saved. */
public final class RefusedTableException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient List<TableFinding> findings;

    public RefusedTableException(List<TableFinding> findings) {
        super(findings.stream().map(TableFinding::toString).collect(Collectors.joining("\n")));
        this.findings = List.copyOf(findings);
    }

    public List<TableFinding> findings() {
        return findings;
    }
}
