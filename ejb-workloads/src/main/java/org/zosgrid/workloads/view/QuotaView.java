package org.zosgrid.workloads.view;

import java.util.Optional;

/** What the caller's organisation may have at once, and has. */
public record QuotaView(String organisation, Line deployments, Line cpuMillis, Line memoryBytes) {
    /** @param limit empty: there is none */
    public record Line(long used, Optional<Long> limit) {}
}
