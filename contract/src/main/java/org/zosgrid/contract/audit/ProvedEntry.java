package org.zosgrid.contract.audit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import java.util.List;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.JsonObject;
import org.zosgrid.contract.StrictJson;
import org.zosgrid.contract.ledger.Checkpoint;
import org.zosgrid.contract.ledger.LedgerTree;
import org.zosgrid.contract.ledger.MerkleTree;

/**
 * A ledger entry and where it stands in the bundle's checkpoint.
 *
 * @param entry its bytes, as they were appended
 * @param path the inclusion proof, hashes of 32 bytes from the bottom up
 */
public record ProvedEntry(long index, byte[] entry, List<byte[]> path) {
    private static final int MAX_ENTRY = 16 << 10;
    private static final int MAX_PATH = 63;

    public ProvedEntry {
        entry = entry.clone();
        path = List.copyOf(path);
    }

    /** The proof for the tree's present size. */
    public static ProvedEntry of(LedgerTree tree, long index, byte[] entry) {
        return new ProvedEntry(index, entry, tree.inclusionProof(index));
    }

    @Override
    public byte[] entry() {
        return entry.clone();
    }

    void verify(Checkpoint checkpoint) {
        if (!MerkleTree.verifyInclusion(MerkleTree.leafHash(entry), index, checkpoint.size(), path, checkpoint.root())) {
            throw new ContractException("entries", "must be in the ledger of the checkpoint: the proof of the one at " + index + " does not lead to its root hash");
        }
    }

    static ProvedEntry read(JsonObject object) {
        long index = object.number("index", 0, Long.MAX_VALUE);
        byte[] entry = object.base64("entry", MAX_ENTRY);
        List<byte[]> path = object.texts("path", MAX_PATH, 44).stream().map(ProvedEntry::hash).toList();
        return new ProvedEntry(index, entry, path);
    }

    private static byte[] hash(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException broken) {
            throw new ContractException("path", "must be hashes in base64", text);
        }
    }

    ObjectNode toJson() {
        ObjectNode object = StrictJson.object().put("index", index).put("entry", Base64.getEncoder().encodeToString(entry));
        var list = object.putArray("path");
        path.forEach(hash -> list.add(Base64.getEncoder().encodeToString(hash)));
        return object;
    }
}
