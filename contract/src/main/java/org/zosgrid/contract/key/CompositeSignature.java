package org.zosgrid.contract.key;

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
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** The algorithm: composite ML-DSA-65 with Ed25519 as the IETF LAMPS composite-signature drafts and BouncyCastle define it. */
final class CompositeSignature {
    static final String ALGORITHM = "MLDSA65-Ed25519-SHA512";
    static final Provider PROVIDER = provider();

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
