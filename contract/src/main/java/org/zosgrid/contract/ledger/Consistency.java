package org.zosgrid.contract.ledger;

import java.util.Base64;
import java.util.List;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.JsonObject;
import org.zosgrid.contract.StrictJson;

/**
 * Proof that a contract's checkpoint and the ledger at another size are of one history, in either direction: the smaller of the two is a prefix of the
 * larger (RFC 6962, 2.1.2).
 *
 * @param size the other size, at which a node may stand
 * @param hashes the proof, at most 130 of 32 bytes
 */
public record Consistency(long size, List<byte[]> hashes) {
    private static final int MAX_HASHES = 130;

    public Consistency {
        hashes = List.copyOf(hashes);
    }

    /** The proof between two sizes of a tree that has at least the larger of them. */
    public static Consistency between(LedgerTree tree, long size, long checkpoint) {
        long smaller = Math.min(size, checkpoint);
        return new Consistency(size, smaller == 0 ? List.of() : tree.consistencyProof(smaller, Math.max(size, checkpoint)));
    }

    static Consistency read(JsonObject object) {
        long size = object.number("size", 0, Long.MAX_VALUE);
        List<byte[]> hashes = object.texts("hashes", MAX_HASHES, 44).stream().map(SignedNote::decode).toList();
        if (hashes.stream().anyMatch(hash -> hash.length != 32)) {
            throw new ContractException("hashes", "must be of 32 bytes in base64");
        }
        return new Consistency(size, hashes);
    }

    com.fasterxml.jackson.databind.node.ObjectNode toJson() {
        var object = StrictJson.object().put("size", size);
        var list = object.putArray("hashes");
        hashes.forEach(hash -> list.add(Base64.getEncoder().encodeToString(hash)));
        return object;
    }
}
