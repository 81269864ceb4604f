package org.zosgrid.contract.pkcs11;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A token that is in a slot now.
 *
 * @param slot its place in the library's list of slots, from 0; not the same after another token was put in or out
 * @param label what its owner calls it; nothing keeps two tokens from having the same
 * @param serial what its maker calls it
 */
public record TokenDescription(int slot, String label, String serial) {
    private static final long INFO_BYTES = 208;
    private static final long SERIAL_AT = 80;
    private static final long FLAGS_AT = 96;
    private static final long INITIALIZED = 0x400;

    /** All tokens that have been set up, in the order of their slots. */
    public static List<TokenDescription> all(Path library) {
        Cryptoki cryptoki = Cryptoki.load(library);
        List<TokenDescription> all = new ArrayList<>();
        long[] slots = slots(cryptoki);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment info = arena.allocate(INFO_BYTES, 8);
            for (int i = 0; i < slots.length; i++) {
                // An empty slot answers that no token is present.
                if (cryptoki.call(Cryptoki.Function.GET_TOKEN_INFO, slots[i], info) == 0 && (info.get(Cryptoki.ULONG, FLAGS_AT) & INITIALIZED) != 0) {
                    all.add(new TokenDescription(i, text(info, 0, 32), text(info, SERIAL_AT, 16)));
                }
            }
        }
        return all;
    }

    /**
     * Finds the token that a person means.
     *
     * @param name a place in the library's list of slots, or a label
     * @throws TokenException if there is none, or several have the label
     */
    public static TokenDescription named(Path library, String name) {
        List<TokenDescription> all = all(library);
        boolean place = name.matches("[0-9]{1,9}");
        List<TokenDescription> found = all.stream().filter(each -> place ? each.slot == Integer.parseInt(name) : each.label.equals(name)).toList();
        if (found.size() > 1) {
            throw new TokenException("must be named by its slot, since " + found.size() + " tokens have the label '" + name + "': " + found);
        }
        return found.stream().findFirst().orElseThrow(() -> absent(place ? "in slot " + name : "with the label '" + name + "'", all, library));
    }

    /** Finds a token again by its maker's number and its label, wherever it is now. */
    public static TokenDescription again(Path library, String label, String serial) {
        List<TokenDescription> all = all(library);
        return all.stream()
                .filter(each -> each.label.equals(label) && each.serial.equals(serial))
                .findFirst()
                .orElseThrow(() -> absent("'" + label + "' with the serial number " + serial, all, library));
    }

    private static TokenException absent(String which, List<TokenDescription> all, Path library) {
        return new TokenException("is not there: " + library + " has no token " + which + "; it has " + (all.isEmpty() ? "none" : all.toString()));
    }

    static long[] slots(Cryptoki cryptoki) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment count = arena.allocate(Cryptoki.ULONG);
            cryptoki.demand("to count the slots", Cryptoki.Function.GET_SLOT_LIST, (byte) 0, MemorySegment.NULL, count);
            MemorySegment list = arena.allocate(Cryptoki.ULONG, Math.max(1, count.get(Cryptoki.ULONG, 0)));
            cryptoki.demand("to list the slots", Cryptoki.Function.GET_SLOT_LIST, (byte) 0, list, count);
            return list.asSlice(0, count.get(Cryptoki.ULONG, 0) * Cryptoki.ULONG.byteSize()).toArray(Cryptoki.ULONG);
        }
    }

    /** Fields of fixed length are padded with blanks. */
    private static String text(MemorySegment info, long at, long length) {
        return new String(info.asSlice(at, length).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8).strip();
    }

    @Override
    public String toString() {
        return "'" + label + "' in slot " + slot + " (serial number " + serial + ")";
    }
}
