package org.zosgrid.contract.ledger;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.zosgrid.contract.ContractException;

/**
 * The state of a ledger at one size (C2SP tlog-checkpoint).
 *
 * @param origin the ledger's name
 * @param size number of entries
 * @param root the Merkle tree's root hash, 32 bytes
 */
public record Checkpoint(String origin, long size, byte[] root) {
    private static final byte[] SUBTREE_LABEL = "subtree/v1\n\0".getBytes(StandardCharsets.US_ASCII);
    private static final int MAX_NOTE = 1 << 20;
    private static final int MAX_LINES = 256;

    public Checkpoint {
        root = root.clone();
    }

    @Override
    public byte[] root() {
        return root.clone();
    }

    /** The three lines that are signed. */
    public String text() {
        return origin + "\n" + size + "\n" + Base64.getEncoder().encodeToString(root) + "\n";
    }

    /** A signed note: the text, an empty line, and the ledger's two signature lines. */
    public String sign(LedgerKey key, Instant now) {
        LedgerKeys verifiers = key.verifiers();
        byte[] curve = key.signEd25519(text().getBytes(StandardCharsets.UTF_8));
        long time = now.getEpochSecond();
        byte[] lattice = key.signMldsa44(cosignedMessage(key.origin(), time));
        byte[] timed = ByteBuffer.allocate(8 + lattice.length).putLong(time).put(lattice).array();
        return text() + "\n"
                + line(key.origin(), NoteKeys.id(key.origin(), NoteKeys.ED25519, verifiers.ed25519Key()), curve)
                + line(key.origin(), NoteKeys.id(key.origin(), NoteKeys.MLDSA44, verifiers.mldsa44Key()), timed);
    }

    /** Reads a signed note; both of the ledger's signatures must be there and verify, other lines are ignored. */
    public static Checkpoint verify(String note, LedgerKeys keys) {
        if (note.length() > MAX_NOTE) {
            throw new ContractException("checkpoint", "must not be longer than " + MAX_NOTE + " characters", note.length() + " characters");
        }
        int gap = note.lastIndexOf("\n\n");
        if (gap < 0) {
            throw new ContractException("checkpoint", "must be a signed note: text, an empty line, signature lines");
        }
        Checkpoint checkpoint = parse(note.substring(0, gap + 1));
        if (!checkpoint.origin.equals(keys.origin())) {
            throw new ContractException("checkpoint.origin", "must be " + keys.origin(), checkpoint.origin);
        }
        byte[] curveId = NoteKeys.id(keys.origin(), NoteKeys.ED25519, keys.ed25519Key());
        byte[] latticeId = NoteKeys.id(keys.origin(), NoteKeys.MLDSA44, keys.mldsa44Key());
        boolean curve = false;
        boolean lattice = false;
        List<String> lines = note.substring(gap + 2).lines().limit(MAX_LINES).toList();
        for (String line : lines) {
            String[] part = line.split(" ", 3);
            if (part.length != 3 || !part[0].equals("—") || !part[1].equals(keys.origin())) {
                continue;
            }
            byte[] bytes = decode(part[2]);
            if (bytes.length < 4) {
                continue;
            }
            byte[] signature = Arrays.copyOfRange(bytes, 4, bytes.length);
            if (!curve && Arrays.equals(bytes, 0, 4, curveId, 0, 4)) {
                curve = signature.length == 64 && NoteKeys.verifyEd25519(keys.ed25519Key(), checkpoint.text().getBytes(StandardCharsets.UTF_8), signature);
            } else if (!lattice && Arrays.equals(bytes, 0, 4, latticeId, 0, 4) && signature.length > 8) {
                long time = ByteBuffer.wrap(signature).getLong();
                lattice = NoteKeys.verifyMldsa44(
                        keys.mldsa44Key(), checkpoint.cosignedMessage(keys.origin(), time), Arrays.copyOfRange(signature, 8, signature.length));
            }
        }
        if (!curve || !lattice) {
            throw new ContractException("checkpoint.signatures", "must be the ledger's Ed25519 and ML-DSA-44 signatures, both",
                    (curve ? "Ed25519 verifies" : "no valid Ed25519") + ", " + (lattice ? "ML-DSA-44 verifies" : "no valid ML-DSA-44"));
        }
        return checkpoint;
    }

    private static Checkpoint parse(String text) {
        String[] lines = text.split("\n", -1);
        if (lines.length < 4) {
            throw new ContractException("checkpoint", "must begin with the lines origin, size and root hash");
        }
        if (!lines[1].matches("0|[1-9][0-9]{0,17}")) {
            throw new ContractException("checkpoint.size", "must be a decimal number", lines[1]);
        }
        byte[] root = decode(lines[2]);
        if (root.length != 32) {
            throw new ContractException("checkpoint.root", "must be 32 bytes in base64", lines[2]);
        }
        Checkpoint checkpoint = new Checkpoint(lines[0], Long.parseLong(lines[1]), root);
        if (!checkpoint.text().equals(text)) {
            throw new ContractException("checkpoint", "must have no extension lines and be in its canonical form");
        }
        return checkpoint;
    }

    /** What the ML-DSA-44 signature covers (C2SP tlog-cosignature): the whole tree, named by cosigner, time, origin, size and root. */
    private byte[] cosignedMessage(String cosigner, long time) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes(SUBTREE_LABEL);
        opaque(message, cosigner);
        message.writeBytes(ByteBuffer.allocate(8).putLong(time).array());
        opaque(message, origin);
        message.writeBytes(ByteBuffer.allocate(16).putLong(0).putLong(size).array());
        message.writeBytes(root);
        return message.toByteArray();
    }

    private static void opaque(ByteArrayOutputStream message, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 255) {
            throw new ContractException("checkpoint.origin", "must not be longer than 255 bytes", text);
        }
        message.write(bytes.length);
        message.writeBytes(bytes);
    }

    private static String line(String name, byte[] id, byte[] signature) {
        byte[] whole = ByteBuffer.allocate(4 + signature.length).put(id).put(signature).array();
        return "— " + name + " " + Base64.getEncoder().encodeToString(whole) + "\n";
    }

    private static byte[] decode(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException broken) {
            return new byte[0];
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Checkpoint that && origin.equals(that.origin) && size == that.size && Arrays.equals(root, that.root);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(root);
    }
}
