/**
 * The Redis serialization protocol as Zero-DB speaks it, and a small client.
 *
 * <p>Plain Java, shared by the store's server, the control plane's adapter and the command line. Every length a peer names is bounded before anything
 * is allocated. Start reading at {@link org.zosgrid.zdb.client.ZdbClient}.
 */
@NullMarked
package org.zosgrid.zdb.client;

import org.jspecify.annotations.NullMarked;
