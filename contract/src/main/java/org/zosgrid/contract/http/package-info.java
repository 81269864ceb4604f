/** Signed HTTP requests (RFC 9421): who calls the control plane proves it with their key, on every request. */
@NullMarked
package org.zosgrid.contract.http;

import org.jspecify.annotations.NullMarked;
