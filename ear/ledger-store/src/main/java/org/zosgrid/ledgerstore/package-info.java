/**
 * The control plane's own Zero-DB as a process: it keeps the tiles of the ledger, on loopback, and nothing else.
 *
 * <p>It lives exactly as long as the process that started it: when its standard input ends, however that came about, it stops. It is a process of its own and
 * not a part of the server's, because the server's class path is shared with the application and the adapters, which carry their own copies of our classes.
 */
@NullMarked
package org.zosgrid.ledgerstore;

import org.jspecify.annotations.NullMarked;
