package org.zosgrid.contract.key;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Base64;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.Digests;

/** A composite public key. Two are equal when their encodings are. */
public final class VerificationKey {
    private static final int MAX_SIGNATURE = 8192;
    private static final String BEGIN = "-----BEGIN PUBLIC KEY-----";
    private static final String END = "-----END PUBLIC KEY-----";

    private final byte[] spki;
    private final PublicKey key;
    private final KeyId id;

    private VerificationKey(byte[] spki, PublicKey key) {
        this.spki = spki.clone();
        this.key = key;
        this.id = new KeyId(Digests.sha256Hex(spki));
    }

    /** Reads a DER SubjectPublicKeyInfo; anything but a composite ML-DSA-65 + Ed25519 key, in its one encoding, is refused. */
    public static VerificationKey fromSpki(byte[] spki) {
        try {
            PublicKey key = CompositeSignature.publicKey(spki);
            if (!Arrays.equals(key.getEncoded(), spki)) {
                throw new ContractException("publicKey", "is not in its canonical encoding");
            }
            return new VerificationKey(spki, key);
        } catch (ContractException refused) {
            throw refused;
        } catch (GeneralSecurityException | RuntimeException broken) {
            throw new ContractException("publicKey", "must be a SubjectPublicKeyInfo of " + CompositeSignature.ALGORITHM);
        }
    }

    public static VerificationKey fromPem(String pem) {
        int begin = pem.indexOf(BEGIN);
        int end = pem.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new ContractException("publicKey", "must be PEM between '" + BEGIN + "' and '" + END + "'");
        }
        try {
            return fromSpki(Base64.getMimeDecoder().decode(pem.substring(begin + BEGIN.length(), end)));
        } catch (IllegalArgumentException broken) {
            throw new ContractException("publicKey", "is no base64 between the PEM lines");
        }
    }

    public byte[] spki() {
        return spki.clone();
    }

    public String toPem() {
        return BEGIN + "\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(spki) + "\n" + END + "\n";
    }

    public KeyId id() {
        return id;
    }

    /** Whether both halves of the signature verify; false, never an exception, for anything else. */
    public boolean verify(byte[] message, byte[] signature) {
        if (signature.length > MAX_SIGNATURE) {
            return false;
        }
        try {
            return CompositeSignature.verify(key, message, signature);
        } catch (GeneralSecurityException | RuntimeException malformed) {
            return false;
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerificationKey that && Arrays.equals(spki, that.spki);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return "VerificationKey[" + id + "]";
    }
}
