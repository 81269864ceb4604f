package org.zosgrid.node.zdb;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A namespace in one file that any store can take in: see docs/formats/zdb-export.md. */
final class ExportFormat {
    static final byte[] MAGIC = {'Z', 'D', 'B', 'E', 'X', 'P', '0', '1'};
    static final int HEADER_LIMIT = 64 << 10;
    static final int RECORD = 14;

    static final byte VERSION = 1;
    static final byte DELETION = 2;
    static final byte END = 3;

    private ExportFormat() {}

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
