/** Composite ML-DSA-65 + Ed25519 keys: a signature counts only when both halves verify. Private keys stay behind {@link org.zosgrid.contract.key.Signer}. */
@NullMarked
package org.zosgrid.contract.key;

import org.jspecify.annotations.NullMarked;
