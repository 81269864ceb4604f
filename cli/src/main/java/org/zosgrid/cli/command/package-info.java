/** One class per command, each only reads its options, calls what does the work, and prints. */
@NullMarked
package org.zosgrid.cli.command;

import org.jspecify.annotations.NullMarked;
