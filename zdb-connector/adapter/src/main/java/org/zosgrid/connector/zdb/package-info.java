/**
 * JCA adapter to the nodes' Zero-DB stores, over the management network's TLS.
 *
 * <p>Outbound, the application asks {@link org.zosgrid.connector.zdb.ZdbConnectionFactory} for a node's store and gets a handle on a pooled connection
 * to exactly that node. Inbound, one reader for each node of the inventory follows a namespace and gives every record, once and in order, to a {@link
 * org.zosgrid.connector.zdb.RecordListener}. The listener keeps the place in each log, in the transaction of the record; this adapter keeps no state
 * and cannot lose any.
 *
 * <p>The control plane's own Zero-DB, which keeps the ledger, is one more store: reached in the clear on loopback, with a password, and by keys.
 *
 * <p>It never looks into a record, and it never repeats an append whose outcome it does not know. The archive is deployed on its own and carries its
 * copies of {@code contract} and {@code zdb-client}, so none of their types crosses this door. Start reading at {@link
 * org.zosgrid.connector.zdb.ZdbResourceAdapter}, then {@code ZdbManagedConnection} (outbound) and {@code NodeReader} (inbound).
 */
@NullMarked
package org.zosgrid.connector.zdb;

import org.jspecify.annotations.NullMarked;
