package org.zosgrid.workloads;

import jakarta.ejb.Stateless;
import org.zosgrid.workloads.view.Health;

/** Asks every part of the system whether it answers. */
@Stateless
public class ReportHealth {
    public Health health() {
        throw new UnsupportedOperationException();
    }
}
