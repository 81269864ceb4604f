/**
 * A private network for each deployment, and the wall around everything.
 *
 * <p>The wall is one nftables table that lets through what is named and drops the rest; it is written as a whole, in one transaction, from what is
 * wanted. Works in whichever network namespace the process is in. Start reading at {@link org.zosgrid.node.znet.Wall} and {@link
 * org.zosgrid.node.znet.PrivateNetworks}.
 */
@NullMarked
package org.zosgrid.node.znet;

import org.jspecify.annotations.NullMarked;
