/**
 * Tells whoever watches this server how it is: MicroProfile Health at {@code /health/live}, {@code /health/ready} and {@code /health/started}, and what Prometheus collects
 * ({@link org.zosgrid.workloads.ReportMetrics}).
 *
 * <p>Live means that the process is worth keeping; ready, that it can work now. A database that is away makes it not ready, and a restart would not help: so it stays live.
 */
@NullMarked
package org.zosgrid.workloads.health;

import org.jspecify.annotations.NullMarked;
