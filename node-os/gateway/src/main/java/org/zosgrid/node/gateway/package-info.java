/**
 * The web gateway: the only thing the internet reaches. It ends every connection and opens its own to the backend, over the overlay.
 *
 * <p>Built on the JDK's HTTP server and client, which parse and refuse what must be refused (requests with two lengths, folded headers, bad chunks); a
 * request is streamed, not kept. WebSockets and TLS towards the internet come later. Start reading at {@link org.zosgrid.node.gateway.WebGateway}.
 */
@NullMarked
package org.zosgrid.node.gateway;

import org.jspecify.annotations.NullMarked;
