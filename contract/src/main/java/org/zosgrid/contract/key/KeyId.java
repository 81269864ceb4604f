package org.zosgrid.contract.key;

import java.util.HexFormat;
import org.zosgrid.contract.ContractException;

/**
 * Names a key: the SHA-256 of its SubjectPublicKeyInfo.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record KeyId(String hex) implements Comparable<KeyId> {
    public KeyId {
        if (!hex.matches("[0-9a-f]{64}")) {
            throw new ContractException("keyid", "must be 64 lower-case hexadecimal digits", hex);
        }
    }

    /** The 32 bytes of the hash. */
    public byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }

    @Override
    public int compareTo(KeyId other) {
        return hex.compareTo(other.hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
