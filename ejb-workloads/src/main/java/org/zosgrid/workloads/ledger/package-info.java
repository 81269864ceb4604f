/**
 * The ledger as a tiled Merkle log in the control plane's own Zero-DB.
 *
 * <p>Entries are appended to PostgreSQL in the transactions of the decisions that they record. Here they are brought into tiles once they are committed, and roots
 * and proofs are read from tiles, each of which is verified. What the store lost or changed is made again from the entries. Tiles are durable before the size that
 * they reach is written down, and only such a size is ever signed.
 */
@NullMarked
package org.zosgrid.workloads.ledger;

import org.jspecify.annotations.NullMarked;
