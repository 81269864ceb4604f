package org.zosgrid.contract.ledger;

import java.util.Base64;
import org.zosgrid.contract.JsonObject;
import org.zosgrid.contract.StrictJson;

/**
 * What is appended to a node's {@code contracts} log: the approved envelope and the proof that the ledger knows it.
 *
 * @param envelope the DSSE envelope's JSON
 * @param entry the ledger entry's bytes, as they were appended
 * @param proof the .tlog-proof text
 */
public record SealedContract(byte[] envelope, byte[] entry, String proof) {
    private static final int MAX_ENVELOPE = 4 << 20;
    private static final int MAX_ENTRY = 16 << 10;
    private static final int MAX_PROOF = 64 << 10;

    public SealedContract {
        envelope = envelope.clone();
        entry = entry.clone();
    }

    @Override
    public byte[] envelope() {
        return envelope.clone();
    }

    @Override
    public byte[] entry() {
        return entry.clone();
    }

    public static SealedContract parse(byte[] json) {
        JsonObject object = JsonObject.of(json, "sealed contract");
        byte[] envelope = object.base64("envelope", MAX_ENVELOPE);
        byte[] entry = object.base64("entry", MAX_ENTRY);
        String proof = object.text("proof", MAX_PROOF);
        object.end();
        return new SealedContract(envelope, entry, proof);
    }

    public byte[] toJson() {
        return StrictJson.bytes(StrictJson.object()
                .put("envelope", Base64.getEncoder().encodeToString(envelope))
                .put("entry", Base64.getEncoder().encodeToString(entry))
                .put("proof", proof));
    }
}
