package org.zosgrid.node.zdb;

import java.util.Arrays;

/** A key as a map needs it. The array is never changed after it was handed over. */
record Key(byte[] bytes) {
    @Override
    public boolean equals(Object other) {
        return other instanceof Key that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
