/** Benchmarks: each its own command, each against a named peer or goal, each on real parts. No timing is asserted anywhere. */
@NullMarked
package org.zosgrid.cli.bench;

import org.jspecify.annotations.NullMarked;
