package org.zosgrid.contract.ledger;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
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

    public Checkpoint {
        root = root.clone();
    }

    @Override
    public byte[] root() {
        return root.clone();
    }

    /** The state of a whole tree, in the name of the ledger that the key belongs to. */
    public static Checkpoint of(LedgerTree tree, LedgerKey key) {
        return new Checkpoint(key.origin(), tree.size(), tree.root());
    }

    /** The three lines that are signed. */
    public String text() {
        return origin + "\n" + size + "\n" + Base64.getEncoder().encodeToString(root) + "\n";
    }

    /** A signed note: the text, an empty line, and the ledger's two signature lines. Witnesses append theirs. */
    public String sign(LedgerKey key, Instant now) {
        LedgerKeys verifiers = key.verifiers();
        return text() + "\n"
                + SignedNote.line(key.origin(), NoteKeys.id(key.origin(), NoteKeys.ED25519, verifiers.ed25519Key()), key.signEd25519(bytes(text())))
                + latticeLine(key, verifiers.mldsa44Key(), now.getEpochSecond());
    }

    /** A witness's two lines: that it has seen this checkpoint and knows nothing that contradicts it. */
    String cosign(LedgerKey witness, Instant now) {
        long time = now.getEpochSecond();
        WitnessKeys verifiers = witness.witnessVerifiers();
        byte[] curve = witness.signEd25519(bytes(timedText(time)));
        byte[] timed = ByteBuffer.allocate(8 + curve.length).putLong(time).put(curve).array();
        return SignedNote.line(witness.origin(), NoteKeys.id(witness.origin(), NoteKeys.COSIGNED_ED25519, verifiers.ed25519Key()), timed)
                + latticeLine(witness, verifiers.mldsa44Key(), time);
    }

    private String latticeLine(LedgerKey key, byte[] publicKey, long time) {
        byte[] lattice = key.signMldsa44(cosignedMessage(key.origin(), time));
        return SignedNote.line(key.origin(), NoteKeys.id(key.origin(), NoteKeys.MLDSA44, publicKey),
                ByteBuffer.allocate(8 + lattice.length).putLong(time).put(lattice).array());
    }

    /** Reads a signed note; both of the ledger's signatures must be there and verify, lines by others are ignored. */
    public static Checkpoint verify(String note, LedgerKeys keys) {
        SignedNote signed = SignedNote.parse(note);
        Checkpoint checkpoint = parse(signed.text());
        if (!checkpoint.origin.equals(keys.origin())) {
            throw new ContractException("checkpoint.origin", "must be " + keys.origin(), checkpoint.origin);
        }
        boolean curve = signed.by(keys.origin(), NoteKeys.id(keys.origin(), NoteKeys.ED25519, keys.ed25519Key()))
                .filter(signature -> NoteKeys.verifyEd25519(keys.ed25519Key(), bytes(checkpoint.text()), signature))
                .isPresent();
        boolean lattice = checkpoint.latticeVerifies(signed, keys.origin(), keys.mldsa44Key());
        if (!curve || !lattice) {
            throw new ContractException("checkpoint.signatures", "must be the ledger's Ed25519 and ML-DSA-44 signatures, both",
                    (curve ? "Ed25519 verifies" : "no valid Ed25519") + ", " + (lattice ? "ML-DSA-44 verifies" : "no valid ML-DSA-44"));
        }
        return checkpoint;
    }

    /** Whether a note carries both of a witness's signatures over this checkpoint, and both verify. */
    boolean isCosignedBy(SignedNote note, String witness, WitnessKeys keys) {
        return note.text().equals(text())
                && note.by(witness, NoteKeys.id(witness, NoteKeys.COSIGNED_ED25519, keys.ed25519Key()))
                        .filter(signature -> signature.length > 8 && NoteKeys.verifyEd25519(keys.ed25519Key(),
                                bytes(timedText(ByteBuffer.wrap(signature).getLong())), Arrays.copyOfRange(signature, 8, signature.length)))
                        .isPresent()
                && latticeVerifies(note, witness, keys.mldsa44Key());
    }

    private boolean latticeVerifies(SignedNote note, String name, byte[] key) {
        Optional<byte[]> found = note.by(name, NoteKeys.id(name, NoteKeys.MLDSA44, key));
        return found.filter(signature -> signature.length > 8 && NoteKeys.verifyMldsa44(key,
                        cosignedMessage(name, ByteBuffer.wrap(signature).getLong()), Arrays.copyOfRange(signature, 8, signature.length)))
                .isPresent();
    }

    /** Whether the two are of one history, as far as a proof says: the smaller is a prefix of the larger. */
    public boolean isConsistentWith(Checkpoint other, List<byte[]> proof) {
        if (!origin.equals(other.origin)) {
            return false;
        }
        Checkpoint smaller = size <= other.size ? this : other;
        Checkpoint larger = size <= other.size ? other : this;
        // The empty tree is a prefix of every tree, and there is nothing to prove.
        return smaller.size == 0 ? proof.isEmpty() : MerkleTree.verifyConsistency(smaller.size, smaller.root, larger.size, larger.root, proof);
    }

    /** Reads the three lines without any signature. */
    public static Checkpoint parse(String text) {
        String[] lines = text.split("\n", -1);
        if (lines.length < 4) {
            throw new ContractException("checkpoint", "must begin with the lines origin, size and root hash");
        }
        if (!lines[1].matches("0|[1-9][0-9]{0,17}")) {
            throw new ContractException("checkpoint.size", "must be a decimal number", lines[1]);
        }
        byte[] root = SignedNote.decode(lines[2]);
        if (root.length != 32) {
            throw new ContractException("checkpoint.root", "must be 32 bytes in base64", lines[2]);
        }
        Checkpoint checkpoint = new Checkpoint(lines[0], Long.parseLong(lines[1]), root);
        if (!checkpoint.text().equals(text)) {
            throw new ContractException("checkpoint", "must have no extension lines and be in its canonical form");
        }
        return checkpoint;
    }

    /** What an Ed25519 cosignature covers (C2SP tlog-cosignature). */
    private String timedText(long time) {
        return "cosignature/v1\ntime " + Long.toUnsignedString(time) + "\n" + text();
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
        byte[] bytes = bytes(text);
        if (bytes.length > 255) {
            throw new ContractException("checkpoint.origin", "must not be longer than 255 bytes", text);
        }
        message.write(bytes.length);
        message.writeBytes(bytes);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
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
