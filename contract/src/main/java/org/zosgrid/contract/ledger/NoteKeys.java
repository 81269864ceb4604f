package org.zosgrid.contract.ledger;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bouncycastle.crypto.params.MLDSAPublicKeyParameters;
import org.bouncycastle.crypto.signers.MLDSASigner;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.Digests;

/** The algorithms of a signed note as we use it, and the textual form of their public keys (C2SP signed-note). */
final class NoteKeys {
    /** Ed25519 over the note's text. */
    static final byte ED25519 = 0x01;
    /** Timestamped Ed25519 cosignature. */
    static final byte COSIGNED_ED25519 = 0x04;
    /** Timestamped ML-DSA-44 cosignature over a structure of its own. */
    static final byte MLDSA44 = 0x06;

    private static final int ED25519_BYTES = 32;
    private static final int MLDSA44_BYTES = 1312;

    private NoteKeys() {}

    /** The first four bytes of SHA-256 over name, newline, type and key. */
    static byte[] id(String name, byte type, byte[] publicKey) {
        byte[] hash = Digests.sha256(name.getBytes(StandardCharsets.UTF_8), new byte[] {'\n', type}, publicKey);
        return Arrays.copyOf(hash, 4);
    }

    /** {@code name+hex(id)+base64(type and key)}. */
    static String verifierKey(String name, byte type, byte[] publicKey) {
        byte[] typed = new byte[publicKey.length + 1];
        typed[0] = type;
        System.arraycopy(publicKey, 0, typed, 1, publicKey.length);
        return name + "+" + HexFormat.of().formatHex(id(name, type, publicKey)) + "+" + Base64.getEncoder().encodeToString(typed);
    }

    /** The raw public key of a verifier key of the given name and type; anything else is refused. */
    static byte[] publicKey(String verifierKey, String name, byte type) {
        String[] part = verifierKey.split("\\+", 3);
        if (part.length != 3 || !part[0].equals(name)) {
            throw new ContractException("ledger", "must have verifier keys of the form NAME+ID+KEY for the origin " + name, verifierKey);
        }
        byte[] typed;
        try {
            typed = Base64.getDecoder().decode(part[2]);
        } catch (IllegalArgumentException broken) {
            throw new ContractException("ledger", "has a verifier key that is no base64", verifierKey);
        }
        byte[] key = typed.length == 0 ? typed : Arrays.copyOfRange(typed, 1, typed.length);
        int length = type == MLDSA44 ? MLDSA44_BYTES : ED25519_BYTES;
        if (typed.length != length + 1 || typed[0] != type || !HexFormat.of().formatHex(id(name, type, key)).equals(part[1])) {
            throw new ContractException("ledger", "has a verifier key whose type, length or id is wrong", verifierKey);
        }
        return key;
    }

    static byte[] signEd25519(Ed25519PrivateKeyParameters key, byte[] message) {
        Ed25519Signer signer = new Ed25519Signer();
        signer.init(true, key);
        signer.update(message, 0, message.length);
        return signer.generateSignature();
    }

    static boolean verifyEd25519(byte[] publicKey, byte[] message, byte[] signature) {
        if (signature.length != Ed25519.SIGNATURE_SIZE) {
            return false;
        }
        Ed25519Signer verifier = new Ed25519Signer();
        verifier.init(false, new Ed25519PublicKeyParameters(publicKey));
        verifier.update(message, 0, message.length);
        return verifier.verifySignature(signature);
    }

    static byte[] signMldsa44(MLDSAPrivateKeyParameters key, byte[] message) {
        try {
            MLDSASigner signer = new MLDSASigner();
            signer.init(true, key);
            signer.update(message, 0, message.length);
            return signer.generateSignature();
        } catch (CryptoException broken) {
            throw new IllegalStateException(broken);
        }
    }

    static boolean verifyMldsa44(byte[] publicKey, byte[] message, byte[] signature) {
        MLDSASigner verifier = new MLDSASigner();
        verifier.init(false, new MLDSAPublicKeyParameters(MLDSAParameters.ml_dsa_44, publicKey));
        verifier.update(message, 0, message.length);
        return verifier.verifySignature(signature);
    }
}
