package org.zosgrid.contract.key;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.util.Optional;
import org.bouncycastle.jcajce.CompositePrivateKey;
import org.bouncycastle.jcajce.CompositePublicKey;
import org.bouncycastle.jcajce.interfaces.EdDSAPrivateKey;
import org.bouncycastle.jcajce.interfaces.MLDSAPrivateKey;
import org.zosgrid.contract.ContractException;

/** A composite private key in memory, read from a file. */
public final class SigningKey implements Signer {
    private final PrivateKey key;
    private final VerificationKey verificationKey;

    private SigningKey(PrivateKey key, VerificationKey verificationKey) {
        this.key = key;
        this.verificationKey = verificationKey;
    }

    public static SigningKey generate() {
        try {
            KeyPair pair = CompositeSignature.generate();
            return new SigningKey(pair.getPrivate(), VerificationKey.fromSpki(pair.getPublic().getEncoded()));
        } catch (GeneralSecurityException unsupported) {
            throw new IllegalStateException(unsupported);
        }
    }

    /** Reads a PKCS#8 PEM file; an encrypted one needs its passphrase. */
    public static SigningKey read(Path pem, Optional<char[]> passphrase) {
        return fromPkcs8(PrivateKeyFile.read(pem, passphrase), pem);
    }

    static SigningKey fromPkcs8(byte[] pkcs8, Path file) {
        try {
            CompositePrivateKey key = (CompositePrivateKey) CompositeSignature.privateKey(pkcs8);
            MLDSAPrivateKey lattice = (MLDSAPrivateKey) key.getPrivateKeys().get(0);
            EdDSAPrivateKey curve = (EdDSAPrivateKey) key.getPrivateKeys().get(1);
            CompositePublicKey publicKey = CompositePublicKey.builder(CompositeSignature.ALGORITHM)
                    .addPublicKey(lattice.getPublicKey())
                    .addPublicKey(curve.getPublicKey())
                    .build();
            return new SigningKey(key, VerificationKey.fromSpki(publicKey.getEncoded()));
        } catch (GeneralSecurityException | ClassCastException | IndexOutOfBoundsException | IllegalArgumentException other) {
            throw new ContractException(file.toString(), "must hold a private key of " + CompositeSignature.ALGORITHM);
        }
    }

    /** Writes the key as PKCS#8 PEM, mode 600, encrypted when a passphrase is given. */
    public void write(Path pem, Optional<char[]> passphrase) {
        PrivateKeyFile.write(pem, key.getEncoded(), passphrase);
    }

    byte[] pkcs8() {
        return key.getEncoded();
    }

    @Override
    public VerificationKey verificationKey() {
        return verificationKey;
    }

    @Override
    public byte[] sign(byte[] message) {
        try {
            return CompositeSignature.sign(key, message);
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException(broken);
        }
    }

    @Override
    public String toString() {
        return "SigningKey[" + id() + "]";
    }
}
