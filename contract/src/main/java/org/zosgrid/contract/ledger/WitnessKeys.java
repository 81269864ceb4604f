package org.zosgrid.contract.ledger;

import org.zosgrid.contract.ContractException;

/**
 * The public keys of a witness, as C2SP verifier keys. Both carry the witness's name.
 *
 * @param ed25519 verifier key of type 0x04
 * @param mldsa44 verifier key of type 0x06
 */
public record WitnessKeys(String ed25519, String mldsa44) {
    public WitnessKeys {
        String name = name(ed25519);
        NoteKeys.publicKey(ed25519, name, NoteKeys.COSIGNED_ED25519);
        NoteKeys.publicKey(mldsa44, name, NoteKeys.MLDSA44);
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
