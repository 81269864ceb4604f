/** The management network's TLS: version 1.3, X25519MLKEM768 only, ML-DSA-65 certificates on both sides. */
@NullMarked
package org.zosgrid.contract.transport;

import org.jspecify.annotations.NullMarked;
