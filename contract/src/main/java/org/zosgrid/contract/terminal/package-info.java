/**
 * A terminal into a machine, from the person's end to the node's: how keys are agreed on, and how what is typed and shown is sealed.
 *
 * <p>Whoever carries it in between, the control plane above all, can drop it, delay it and see how long it is; and nothing else. Start reading at {@link
 * org.zosgrid.contract.terminal.TerminalOffer} (the person's end) and {@link org.zosgrid.contract.terminal.TerminalAnswer} (the node's).
 */
@NullMarked
package org.zosgrid.contract.terminal;

import org.jspecify.annotations.NullMarked;
