package org.zosgrid.contract.trust;

import java.util.Set;
import java.util.TreeSet;
import org.zosgrid.contract.key.KeyId;

/**
 * A node that belongs to the system.
 *
 * @param key signs its receipts and its overlay handshakes, and gives it its overlay address
 * @param capabilities what it may be used for: {@code compute}, {@code gateway}
 */
public record TrustedNode(KeyId key, Set<String> capabilities) {
    public TrustedNode {
        capabilities = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(capabilities));
    }
}
