package org.zosgrid.contract.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.JsonObject;
import org.zosgrid.contract.StrictJson;

/**
 * The public keys of a witness, as C2SP verifier keys. Both carry the witness's name.
 *
 * @param ed25519 verifier key of type 0x04
 * @param mldsa44 verifier key of type 0x06
 */
public record WitnessKeys(String ed25519, String mldsa44) {
    private static final int MAX_KEY = 8192;

    public WitnessKeys {
        String name = name(ed25519);
        NoteKeys.publicKey(ed25519, name, NoteKeys.COSIGNED_ED25519);
        NoteKeys.publicKey(mldsa44, name, NoteKeys.MLDSA44);
    }

    /** Reads the two fields, by their names. */
    public static WitnessKeys read(JsonObject object) {
        return new WitnessKeys(object.text("ed25519", MAX_KEY), object.text("mldsa44", MAX_KEY));
    }

    public ObjectNode toJson() {
        return StrictJson.object().put("ed25519", ed25519).put("mldsa44", mldsa44);
    }

    public String name() {
        return name(ed25519);
    }

    byte[] ed25519Key() {
        return NoteKeys.publicKey(ed25519, name(), NoteKeys.COSIGNED_ED25519);
    }

    byte[] mldsa44Key() {
        return NoteKeys.publicKey(mldsa44, name(), NoteKeys.MLDSA44);
    }

    private static String name(String verifierKey) {
        int plus = verifierKey.indexOf('+');
        if (plus < 1) {
            throw new ContractException("witness", "must have verifier keys of the form NAME+ID+KEY", verifierKey);
        }
        return verifierKey.substring(0, plus);
    }
}
