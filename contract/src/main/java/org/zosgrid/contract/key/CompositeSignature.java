package org.zosgrid.contract.key;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.jcajce.CompositePrivateKey;
import org.bouncycastle.jcajce.CompositePublicKey;
import org.bouncycastle.jcajce.interfaces.EdDSAPublicKey;
import org.bouncycastle.jcajce.interfaces.MLDSAPrivateKey;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** The algorithm: composite ML-DSA-65 with Ed25519 as the IETF LAMPS composite-signature drafts and BouncyCastle define it. */
final class CompositeSignature {
    static final String ALGORITHM = "MLDSA65-Ed25519-SHA512";
    static final Provider PROVIDER = provider();

    private static final String LATTICE = "ML-DSA-65";
    private static final String CURVE = "Ed25519";

    private CompositeSignature() {}

    /** BouncyCastle's composite keys look their halves up by name, so the provider must be registered, once. */
    private static Provider provider() {
        Provider known = Security.getProvider(BouncyCastleProvider.PROVIDER_NAME);
        if (known != null) {
            return known;
        }
        Provider fresh = new BouncyCastleProvider();
        Security.addProvider(fresh);
        return fresh;
    }

    static KeyPair generate() throws GeneralSecurityException {
        return KeyPairGenerator.getInstance(ALGORITHM, PROVIDER).generateKeyPair();
    }

    static PublicKey publicKey(byte[] spki) throws GeneralSecurityException {
        return KeyFactory.getInstance(ALGORITHM, PROVIDER).generatePublic(new X509EncodedKeySpec(spki));
    }

    static PrivateKey privateKey(byte[] pkcs8) throws GeneralSecurityException {
        return KeyFactory.getInstance(ALGORITHM, PROVIDER).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    }

    /** An ML-DSA-65 key by itself, to be half of a composite key; its PKCS#8 form holds the seed alone. */
    record Lattice(PublicKey publicKey, byte[] pkcs8) {}

    static Lattice generateLattice() throws GeneralSecurityException {
        KeyPair pair = KeyPairGenerator.getInstance(LATTICE, PROVIDER).generateKeyPair();
        return new Lattice(pair.getPublic(), ((MLDSAPrivateKey) pair.getPrivate()).getPrivateKey(true).getEncoded());
    }

    /** A public key of two halves, the second as its 32 bytes. */
    static PublicKey publicKey(PublicKey lattice, byte[] curve) throws GeneralSecurityException {
        byte[] spki = encoded(new Ed25519PublicKeyParameters(curve));
        return CompositePublicKey.builder(ALGORITHM).addPublicKey(lattice).addPublicKey(KeyFactory.getInstance(CURVE, PROVIDER).generatePublic(new X509EncodedKeySpec(spki))).build();
    }

    private static byte[] encoded(Ed25519PublicKeyParameters curve) {
        try {
            return SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(curve).getEncoded();
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The Ed25519 half of a public key, 32 bytes. */
    static byte[] ed25519(byte[] spki) {
        try {
            return ((EdDSAPublicKey) ((CompositePublicKey) publicKey(spki)).getPublicKeys().get(1)).getPointEncoding();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** A private key whose Ed25519 half is elsewhere, and signs through a provider of its own. */
    static PrivateKey privateKey(byte[] lattice, PrivateKey curve, Provider provider) throws GeneralSecurityException {
        return CompositePrivateKey.builder(ALGORITHM)
                .addPrivateKey(KeyFactory.getInstance(LATTICE, PROVIDER).generatePrivate(new PKCS8EncodedKeySpec(lattice)))
                .addPrivateKey(curve, provider)
                .build();
    }

    static byte[] sign(PrivateKey key, byte[] message) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(ALGORITHM, PROVIDER);
        signature.initSign(key);
        signature.update(message);
        return signature.sign();
    }

    static boolean verify(PublicKey key, byte[] message, byte[] bytes) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(ALGORITHM, PROVIDER);
        signature.initVerify(key);
        signature.update(message);
        return signature.verify(bytes);
    }
}
