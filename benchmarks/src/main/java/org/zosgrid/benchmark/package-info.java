/**
 * What {@code zos bench workflow} compares the control plane with: the same engine with the same diagrams on the same PostgreSQL, and steps that do nothing. A program of its own, shipped
 * with nothing. Start reading at {@link org.zosgrid.benchmark.EmptyEngine}.
 */
@NullMarked
package org.zosgrid.benchmark;

import org.jspecify.annotations.NullMarked;
