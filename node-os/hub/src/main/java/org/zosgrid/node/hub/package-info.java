/**
 * The hub: keeps chunks, flists and signed images, and hands them out over HTTP.
 *
 * <p>Nobody needs to trust it: whoever fetches something checks it against a fingerprint or a signature. It checks what it is given all the same, so
 * that it never holds an image that cannot be mounted. Start reading at {@link org.zosgrid.node.hub.Hub}.
 */
@NullMarked
package org.zosgrid.node.hub;

import org.jspecify.annotations.NullMarked;
