package org.zosgrid.contract.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.JsonObject;
import org.zosgrid.contract.StrictJson;

/**
 * The public keys of a ledger, as C2SP verifier keys ({@code name+id+base64}).
 *
 * @param origin the ledger's name, a schema-less URL: first line of every checkpoint and name of both keys
 * @param ed25519 verifier key of type 0x01
 * @param mldsa44 verifier key of type 0x06
 */
public record LedgerKeys(String origin, String ed25519, String mldsa44) {
    private static final int MAX_ORIGIN = 200;
    private static final int MAX_KEY = 8192;

    public LedgerKeys {
        if (origin.isEmpty() || origin.length() > MAX_ORIGIN || origin.chars().anyMatch(c -> c <= ' ' || c == '+' || c > '~')) {
            throw new ContractException("origin", "must be 1 to " + MAX_ORIGIN + " visible ASCII characters without '+'", origin);
        }
        NoteKeys.publicKey(ed25519, origin, NoteKeys.ED25519);
        NoteKeys.publicKey(mldsa44, origin, NoteKeys.MLDSA44);
    }

    /** Reads the three fields, by their names. */
    public static LedgerKeys read(JsonObject object) {
        return new LedgerKeys(object.text("origin", MAX_ORIGIN), object.text("ed25519", MAX_KEY), object.text("mldsa44", MAX_KEY));
    }

    public ObjectNode toJson() {
        return StrictJson.object().put("origin", origin).put("ed25519", ed25519).put("mldsa44", mldsa44);
    }

    byte[] ed25519Key() {
        return NoteKeys.publicKey(ed25519, origin, NoteKeys.ED25519);
    }

    byte[] mldsa44Key() {
        return NoteKeys.publicKey(mldsa44, origin, NoteKeys.MLDSA44);
    }
}
