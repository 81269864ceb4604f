/** Benchmarks, each its own command, each against a named peer or goal. */
@NullMarked
package org.zosgrid.cli.bench;

import org.jspecify.annotations.NullMarked;
