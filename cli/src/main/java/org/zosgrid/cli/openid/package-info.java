/**
 * Logs somebody in at an OpenID provider from a terminal: {@link org.zosgrid.cli.openid.OpenIdProvider} speaks its device flow (RFC 8628), in which the browser may run on another machine. The
 * tokens it gives are those that a control plane takes for reading and for setting it up, and never a signature.
 */
@NullMarked
package org.zosgrid.cli.openid;

import org.jspecify.annotations.NullMarked;
