/**
 * The transparency log's formats (C2SP): RFC 6962 tree, tiles, signed checkpoints, offline proofs. Every checkpoint is signed twice, Ed25519 and ML-DSA-44.
 *
 * <p>Start reading at {@link org.zosgrid.contract.ledger.LedgerTree}; {@link org.zosgrid.contract.ledger.TiledTree} is the one that is kept.
 */
@NullMarked
package org.zosgrid.contract.ledger;

import org.jspecify.annotations.NullMarked;
