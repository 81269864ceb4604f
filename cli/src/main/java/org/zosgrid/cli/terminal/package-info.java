/** What a person sees: steps with their time, progress bars, tables, or JSON. */
@NullMarked
package org.zosgrid.cli.terminal;

import org.jspecify.annotations.NullMarked;
