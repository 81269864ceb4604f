/**
 * The control plane's REST interface, as a caller sees it: every request is signed with the caller's key, every answer is taken for what the control
 * plane claims and no more. What gets signed is always read from the bytes themselves.
 *
 * <p>Start reading at {@link org.zosgrid.cli.client.ControlPlane}. The commands, the demonstration and the benchmarks all use these classes.
 */
@NullMarked
package org.zosgrid.cli.client;

import org.jspecify.annotations.NullMarked;
