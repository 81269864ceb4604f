/**
 * System calls through {@code java.lang.foreign}, and the standard tools a node runs ({@code ip}, {@code nft}, {@code runc}).
 *
 * <p>The only module of a node that touches native memory. Everything above it is plain Java: a file descriptor is an {@link
 * org.zosgrid.node.linux.FileDescriptor}, a failed call a {@link org.zosgrid.node.linux.LinuxException} with the name of its errno.
 *
 * <p>Start reading at {@link org.zosgrid.node.linux.Linux}.
 */
@NullMarked
package org.zosgrid.node.linux;

import org.jspecify.annotations.NullMarked;
