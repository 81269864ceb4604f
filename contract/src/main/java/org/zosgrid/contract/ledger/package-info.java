/** The transparency log's formats (C2SP): RFC 6962 tree, signed checkpoints, offline proofs. Every checkpoint is signed twice, Ed25519 and ML-DSA-44. */
@NullMarked
package org.zosgrid.contract.ledger;

import org.jspecify.annotations.NullMarked;
