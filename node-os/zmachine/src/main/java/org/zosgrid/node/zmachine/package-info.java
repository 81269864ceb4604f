/**
 * Containers: runc on an overlay over a mounted image, with limits, in a network namespace somebody else made.
 *
 * <p>A container outlives this process: what is known of it stands with runc and in its directory, nothing in memory. Start reading at {@link
 * org.zosgrid.node.zmachine.ZMachines}.
 */
@NullMarked
package org.zosgrid.node.zmachine;

import org.jspecify.annotations.NullMarked;
