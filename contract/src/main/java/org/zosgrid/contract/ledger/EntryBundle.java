package org.zosgrid.contract.ledger;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.zosgrid.contract.ContractException;

/** The bytes of a tile of entries (C2SP tlog-tiles): each entry behind its length, two bytes, the higher first. */
public final class EntryBundle {
    /** Bytes of the longest entry. */
    public static final int MAX_ENTRY = 0xffff;

    private static final int LENGTH_BYTES = 2;

    private EntryBundle() {}

    static void write(ByteArrayOutputStream bundle, byte[] entry) {
        if (entry.length > MAX_ENTRY) {
            throw new ContractException("entry", "must not be longer than " + MAX_ENTRY + " bytes", entry.length + " bytes");
        }
        bundle.write(entry.length >> 8);
        bundle.write(entry.length);
        bundle.writeBytes(entry);
    }

    /**
     * The first entries of a bundle.
     *
     * @param count how many; further ones are not looked at
     * @throws ContractException if it ends before
     */
    public static List<byte[]> parse(byte[] bundle, int count) {
        List<byte[]> entries = new ArrayList<>(count);
        for (int at = 0; entries.size() < count; ) {
            int end = at + LENGTH_BYTES <= bundle.length ? at + LENGTH_BYTES + (bundle[at] & 0xff) * 256 + (bundle[at + 1] & 0xff) : Integer.MAX_VALUE;
            if (end > bundle.length) {
                throw new ContractException("bundle", "must hold " + count + " entries", "ends within the one at " + entries.size());
            }
            entries.add(Arrays.copyOfRange(bundle, at + LENGTH_BYTES, end));
            at = end;
        }
        return entries;
    }
}
