package org.zosgrid.workloads.view;

import java.util.List;

/** Whether the parts of the system answer. */
public record Health(List<Part> parts) {
    /** One part: the database, the workflow engine, the ledger's store. */
    public record Part(String name, boolean good, String message) {}

    public Health {
        parts = List.copyOf(parts);
    }

    /** Whether the control plane itself can work: others may be away for a while. */
    public boolean ready() {
        return parts.stream().filter(part -> part.name().equals("database") || part.name().equals("workflow engine")).allMatch(Part::good);
    }
}
