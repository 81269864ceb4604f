package org.zosgrid.contract.envelope;

import java.util.Arrays;
import org.zosgrid.contract.key.KeyId;

/** One signature of an envelope: which key is said to have made it, and the composite signature's bytes. */
public record Signature(KeyId keyId, byte[] bytes) {
    public Signature {
        bytes = bytes.clone();
    }

    @Override
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Signature that && keyId.equals(that.keyId) && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return 31 * keyId.hashCode() + Arrays.hashCode(bytes);
    }
}
