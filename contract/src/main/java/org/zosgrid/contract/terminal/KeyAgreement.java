package org.zosgrid.contract.terminal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import org.zosgrid.contract.envelope.Envelope;

/**
 * The arithmetic of the handshake. Both secrets, X25519's and ML-KEM's, go into HKDF with the digests of request and answer as salt: who wants to read must break
 * both, and what either side said otherwise gives other keys.
 */
final class KeyAgreement {
    static final String CURVE = "X25519";
    static final String LATTICE = "ML-KEM-768";

    /** What stands before the bare key in a SubjectPublicKeyInfo (RFC 8410; FIPS 203 with draft-ietf-lamps-kyber-certificates). */
    private static final byte[] CURVE_PREFIX = HexFormat.of().parseHex("302a300506032b656e032100");

    private static final byte[] LATTICE_PREFIX = HexFormat.of().parseHex("308204b2300b0609608648016503040402038204a100");
    private static final byte[] LABEL = "zosgrid terminal v1".getBytes(StandardCharsets.US_ASCII);
    private static final int KEY_BYTES = 32;

    /** @param toNode key of what the person sends; {@code fromNode} of what comes back */
    record Keys(byte[] toNode, byte[] fromNode) {}

    private KeyAgreement() {}

    static KeyPair generate(String algorithm) {
        try {
            return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** A public key without its wrapping, as every other library has it. */
    static byte[] bare(PublicKey key) {
        byte[] spki = key.getEncoded();
        return Arrays.copyOfRange(spki, prefix(key.getAlgorithm()).length, spki.length);
    }

    static PublicKey publicKey(String algorithm, byte[] bare) throws GeneralSecurityException {
        return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(concat(prefix(algorithm), bare)));
    }

    private static byte[] prefix(String algorithm) {
        return algorithm.startsWith("X") ? CURVE_PREFIX : LATTICE_PREFIX;
    }

    /** The JDK refuses points of small order here. */
    static byte[] agree(KeyPair own, byte[] peer) throws GeneralSecurityException {
        javax.crypto.KeyAgreement agreement = javax.crypto.KeyAgreement.getInstance(CURVE);
        agreement.init(own.getPrivate());
        agreement.doPhase(publicKey(CURVE, peer), true);
        return agreement.generateSecret();
    }

    static Keys derive(byte[] curveSecret, byte[] latticeSecret, Envelope request, Envelope answer) throws GeneralSecurityException {
        byte[] salt = concat(HexFormat.of().parseHex(request.digest()), HexFormat.of().parseHex(answer.digest()));
        byte[] both = KDF.getInstance("HKDF-SHA512")
                .deriveData(HKDFParameterSpec.ofExtract().addIKM(concat(curveSecret, latticeSecret)).addSalt(salt).thenExpand(LABEL, 2 * KEY_BYTES));
        return new Keys(Arrays.copyOf(both, KEY_BYTES), Arrays.copyOfRange(both, KEY_BYTES, 2 * KEY_BYTES));
    }

    private static byte[] concat(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
    }
}
