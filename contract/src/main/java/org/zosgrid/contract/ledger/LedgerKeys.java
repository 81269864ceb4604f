package org.zosgrid.contract.ledger;

import org.zosgrid.contract.ContractException;

/**
 * The public keys of a ledger, as C2SP verifier keys ({@code name+id+base64}).
 *
 * @param origin the ledger's name, a schema-less URL: first line of every checkpoint and name of both keys
 * @param ed25519 verifier key of type 0x01
 * @param mldsa44 verifier key of type 0x06
 */
public record LedgerKeys(String origin, String ed25519, String mldsa44) {
    private static final int MAX_ORIGIN = 200;

    public LedgerKeys {
        if (origin.isEmpty() || origin.length() > MAX_ORIGIN || origin.chars().anyMatch(c -> c <= ' ' || c == '+' || c > '~')) {
            throw new ContractException("origin", "must be 1 to " + MAX_ORIGIN + " visible ASCII characters without '+'", origin);
        }
        NoteKeys.publicKey(ed25519, origin, NoteKeys.ED25519);
        NoteKeys.publicKey(mldsa44, origin, NoteKeys.MLDSA44);
    }

    byte[] ed25519Key() {
        return NoteKeys.publicKey(ed25519, origin, NoteKeys.ED25519);
    }

    byte[] mldsa44Key() {
        return NoteKeys.publicKey(mldsa44, origin, NoteKeys.MLDSA44);
    }
}
