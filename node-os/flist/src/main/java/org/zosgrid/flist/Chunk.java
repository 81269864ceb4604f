package org.zosgrid.flist;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;

/**
 * A piece of a file's content.
 *
 * @param fingerprint SHA-256 of the plain bytes, in hex
 * @param length plain bytes, 1 to {@value #MAX_BYTES}
 */
public record Chunk(String fingerprint, int length) {
    public static final int MAX_BYTES = 512 << 10;

    private static final int LEVEL = 6;

    /** Compresses content for the hub. */
    public static byte[] pack(byte[] plain) {
        return Zstd.compress(plain, LEVEL);
    }

    /** Unpacks what a hub sent and checks it; whatever is not exactly the named content is refused. */
    public static byte[] unpack(byte[] packed, String fingerprint) {
        try {
            // The library reads the first byte of an empty array.
            long size = packed.length == 0 ? 0 : Zstd.getFrameContentSize(packed);
            if (size <= 0 || size > MAX_BYTES) {
                throw new FlistException("chunk " + fingerprint + " must unpack to 1 to " + MAX_BYTES + " bytes (is: " + size + ")");
            }
            byte[] plain = Zstd.decompress(packed, (int) size);
            return verified(plain, fingerprint);
        } catch (ZstdException broken) {
            throw new FlistException("chunk " + fingerprint + " does not unpack: " + broken.getMessage());
        }
    }

    /** The content, if it has this fingerprint. */
    public static byte[] verified(byte[] plain, String fingerprint) {
        String found = Fingerprint.hex(plain);
        if (!found.equals(fingerprint)) {
            throw new FlistException("chunk " + fingerprint + " has other content: its fingerprint is " + found);
        }
        return plain;
    }
}
