/**
 * The {@code zos} command line: what people use to make keys, sign, approve and look; and what sets a whole system up on one machine.
 *
 * <p>It knows {@code contract} (documents, keys, proofs), the protocols ({@code flist}, {@code zdb-client}) and the REST interface. Servers and
 * nodes it starts as processes, never by import. Private keys are read here and never leave this process.
 *
 * <p>Start reading at {@link org.zosgrid.cli.Zos}, which lists the commands; the demo's story is told by {@code demo.Demo}.
 */
@NullMarked
package org.zosgrid.cli;

import org.jspecify.annotations.NullMarked;
