/**
 * Zero-DB from the command line: its program, started as a process of its own for serving and for work on its folders, and a connection to one that runs. Start
 * reading at {@link org.zosgrid.cli.store.StoreProgram}.
 */
@NullMarked
package org.zosgrid.cli.store;

import org.jspecify.annotations.NullMarked;
