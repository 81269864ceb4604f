package org.zosgrid.workloads.view;

import java.time.Instant;

/**
 * One version of a deployment in a line.
 *
 * @param kind {@code deployment}, {@code pause}, {@code resume} or {@code decommission}
 * @param state where it is: {@code verifying}, {@code approval}, {@code provisioning}, {@code running} and so on
 * @param message why it is there, or empty
 */
public record ChangeSummary(String name, long version, String kind, String state, String message, String requester, Instant submittedAt) {}
