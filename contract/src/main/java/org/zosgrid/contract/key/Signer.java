package org.zosgrid.contract.key;

/** Whoever holds a private key: callers hand over bytes and get a signature, never the key. */
public interface Signer {
    VerificationKey verificationKey();

    /** Signs a message of any length with both halves of the composite key. */
    byte[] sign(byte[] message);

    default KeyId id() {
        return verificationKey().id();
    }
}
