/**
 * The REST interface for programs in Java. The calls and what they carry are generated from the interface's own description at every build, in {@code org.zosgrid.client.rest};
 * here is what no generator knows: every request is signed by its caller (RFC 9421), or bears a token. Start reading at {@link org.zosgrid.client.ControlPlaneClient}.
 */
@NullMarked
package org.zosgrid.client;

import org.jspecify.annotations.NullMarked;
