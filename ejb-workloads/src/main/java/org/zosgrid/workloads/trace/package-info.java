/**
 * Tells a collector of traces how a change went, from the request that submitted it to the last receipt of a node: OpenTelemetry, by the server's own MicroProfile Telemetry.
 *
 * <p>The server makes the span of each request. {@link org.zosgrid.workloads.trace.DecisionTraces} adds one for each entry of the ledger about a change, in the trace of the request that
 * submitted it, which lasts from the entry before: so a trace shows what was waited for.
 */
@NullMarked
package org.zosgrid.workloads.trace;

import org.jspecify.annotations.NullMarked;
