package org.zosgrid.contract.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.zosgrid.contract.ContractException;

/**
 * Proof that an entry stands in the ledger, verified offline (C2SP tlog-proof).
 *
 * @param index the entry's index
 * @param path the inclusion proof, hashes of 32 bytes from the bottom up
 * @param checkpoint the signed note
 */
public record TlogProof(long index, List<byte[]> path, String checkpoint) {
    private static final String HEADER = "c2sp.org/tlog-proof@v1";
    private static final int MAX_PATH = 63;

    public TlogProof {
        path = List.copyOf(path);
    }

    /** The proof for one entry of a tree, in a checkpoint signed now. */
    public static TlogProof of(LedgerTree tree, long index, LedgerKey key, Instant now) {
        return new TlogProof(index, tree.inclusionProof(index), Checkpoint.of(tree, key).sign(key, now));
    }

    public String toText() {
        StringBuilder text = new StringBuilder(HEADER).append('\n').append("index ").append(index).append('\n');
        path.forEach(hash -> text.append(Base64.getEncoder().encodeToString(hash)).append('\n'));
        return text.append('\n').append(checkpoint).toString();
    }

    public static TlogProof parse(String text) {
        int gap = text.indexOf("\n\n");
        if (gap < 0 || !text.startsWith(HEADER + "\n")) {
            throw new ContractException("proof", "must begin with the line " + HEADER + " and hold a checkpoint after an empty line");
        }
        List<String> lines = new ArrayList<>(text.substring(0, gap).lines().skip(1).limit(MAX_PATH + 3L).toList());
        if (!lines.isEmpty() && lines.getFirst().startsWith("extra ")) {
            lines.removeFirst();
        }
        if (lines.isEmpty() || !lines.getFirst().matches("index (0|[1-9][0-9]{0,17})")) {
            throw new ContractException("proof.index", "must be a line 'index N'");
        }
        long index = Long.parseLong(lines.removeFirst().substring("index ".length()));
        if (lines.size() > MAX_PATH) {
            throw new ContractException("proof.path", "must not have more than " + MAX_PATH + " hashes", lines.size() + " or more");
        }
        List<byte[]> path = new ArrayList<>();
        for (String line : lines) {
            byte[] hash;
            try {
                hash = Base64.getDecoder().decode(line);
            } catch (IllegalArgumentException broken) {
                hash = new byte[0];
            }
            if (hash.length != 32) {
                throw new ContractException("proof.path", "must be hashes of 32 bytes in base64, one a line", line);
            }
            path.add(hash);
        }
        return new TlogProof(index, path, text.substring(gap + 2));
    }

    /** Checks the checkpoint's signatures and that the entry stands at the index; returns the checkpoint. */
    public Checkpoint verify(byte[] entry, LedgerKeys keys) {
        Checkpoint signed = Checkpoint.verify(checkpoint, keys);
        if (!MerkleTree.verifyInclusion(MerkleTree.leafHash(entry), index, signed.size(), path, signed.root())) {
            throw new ContractException("proof", "does not lead from this entry to the checkpoint's root hash", "index " + index + " of " + signed.size());
        }
        return signed;
    }
}
