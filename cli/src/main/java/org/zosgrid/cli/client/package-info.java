/** The control plane's REST interface, as a caller sees it: every request signed with the caller's key. */
@NullMarked
package org.zosgrid.cli.client;

import org.jspecify.annotations.NullMarked;
