package org.zosgrid.model;

import java.util.Arrays;

/**
 * A size of the ledger of which every entry is committed and every tile is durable.
 *
 * @param size number of entries
 * @param root the root hash of the tree over them, 32 bytes
 */
public record TiledSize(long size, byte[] root) {
    public TiledSize {
        root = root.clone();
    }

    @Override
    public byte[] root() {
        return root.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TiledSize that && size == that.size && Arrays.equals(root, that.root);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(root);
    }
}
