package org.zosgrid.workloads.view;

import java.util.List;

/** Whether the parts of the system answer. */
public record Health(List<Part> parts) {
    /** One part: the database, the workflow engine, the hub, a node. */
    public record Part(String name, boolean good, String message) {}

    public Health {
        parts = List.copyOf(parts);
    }

    /** Whether the control plane itself can work: nodes and hub may be away for a while. */
    public boolean ready() {
        return parts.stream().filter(part -> part.name().equals("database") || part.name().equals("workflow engine")).allMatch(Part::good);
    }
}
