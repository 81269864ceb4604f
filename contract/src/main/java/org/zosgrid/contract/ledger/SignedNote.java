package org.zosgrid.contract.ledger;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.zosgrid.contract.ContractException;

/**
 * A note and the lines below it (C2SP signed-note). Lines that are none of a signature are passed over, as the format demands.
 *
 * @param text what is signed, with its last newline
 * @param lines at most {@value #MAX_LINES}; further ones are not looked at
 */
record SignedNote(String text, List<Line> lines) {
    static final int MAX_LINES = 256;

    private static final int MAX_NOTE = 1 << 20;
    private static final int ID_BYTES = 4;

    /** One signature line: whose it says it is, the key's id and the signature. */
    record Line(String name, byte[] id, byte[] signature) {}

    static SignedNote parse(String note) {
        if (note.length() > MAX_NOTE) {
            throw new ContractException("checkpoint", "must not be longer than " + MAX_NOTE + " characters", note.length() + " characters");
        }
        int gap = note.lastIndexOf("\n\n");
        if (gap < 0) {
            throw new ContractException("checkpoint", "must be a signed note: text, an empty line, signature lines");
        }
        List<Line> lines = new ArrayList<>();
        for (String line : note.substring(gap + 2).lines().limit(MAX_LINES).toList()) {
            String[] part = line.split(" ", 3);
            if (part.length == 3 && part[0].equals("—")) {
                byte[] bytes = decode(part[2]);
                if (bytes.length > ID_BYTES) {
                    lines.add(new Line(part[1], Arrays.copyOf(bytes, ID_BYTES), Arrays.copyOfRange(bytes, ID_BYTES, bytes.length)));
                }
            }
        }
        return new SignedNote(note.substring(0, gap + 1), lines);
    }

    /** The signature by one key; of several, the first, so that a stranger's note costs one verification for each key. */
    Optional<byte[]> by(String name, byte[] id) {
        return lines.stream().filter(line -> line.name().equals(name) && Arrays.equals(line.id(), id)).map(Line::signature).findFirst();
    }

    static String line(String name, byte[] id, byte[] signature) {
        byte[] whole = ByteBuffer.allocate(ID_BYTES + signature.length).put(id).put(signature).array();
        return "— " + name + " " + Base64.getEncoder().encodeToString(whole) + "\n";
    }

    /** Empty where it is no base64. */
    static byte[] decode(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException broken) {
            return new byte[0];
        }
    }
}
