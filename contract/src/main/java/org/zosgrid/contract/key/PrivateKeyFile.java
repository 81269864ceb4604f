package org.zosgrid.contract.key;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.crypto.util.PBKDF2Config;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfoBuilder;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcePKCSPBEInputDecryptorProviderBuilder;
import org.bouncycastle.pkcs.jcajce.JcePKCSPBEOutputEncryptorBuilder;
import org.zosgrid.contract.ContractException;

/** PKCS#8 in PEM: plain, or encrypted with PBES2 (PBKDF2-HMAC-SHA-256, AES-256). Files are readable by their owner only, and appear whole. */
public final class PrivateKeyFile {
    private static final int ITERATIONS = 310_000;
    private static final int SALT_BYTES = 16;

    private PrivateKeyFile() {}

    /** Writes a private key; an existing file is replaced as a whole. */
    public static void write(Path file, byte[] pkcs8, Optional<char[]> passphrase) {
        try {
            StringWriter text = new StringWriter();
            try (JcaPEMWriter pem = new JcaPEMWriter(text)) {
                PrivateKeyInfo info = PrivateKeyInfo.getInstance(pkcs8);
                pem.writeObject(passphrase.isPresent() ? encrypt(info, passphrase.get()) : info);
            }
            writePrivate(file, text.toString());
        } catch (OperatorCreationException unsupported) {
            throw new IllegalStateException(unsupported);
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot write the key " + file, failed);
        }
    }

    /** Readable by its owner only, and there as a whole or not at all. */
    static void writePrivate(Path file, String text) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        Path temporary = Files.createTempFile(directory, ".key", "", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(temporary, text);
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Reads a private key's PKCS#8 bytes. */
    public static byte[] read(Path file, Optional<char[]> passphrase) {
        try (PEMParser pem = new PEMParser(new StringReader(text(file)))) {
            return switch (pem.readObject()) {
                case PrivateKeyInfo plain -> plain.getEncoded();
                case PKCS8EncryptedPrivateKeyInfo encrypted -> decrypt(file, encrypted, passphrase).getEncoded();
                case null, default -> throw new ContractException(file.toString(), "holds no PKCS#8 private key in PEM");
            };
        } catch (ContractException | UncheckedIOException refused) {
            throw refused;
        } catch (IOException | RuntimeException broken) {
            // BouncyCastle's parser answers broken PEM, base64 and ASN.1 with exceptions of many kinds.
            throw new ContractException(file.toString(), "holds no readable PEM: " + broken.getMessage());
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot read the key " + file, failed);
        }
    }

    private static PKCS8EncryptedPrivateKeyInfo encrypt(PrivateKeyInfo info, char[] passphrase) throws OperatorCreationException {
        PBKDF2Config derivation = new PBKDF2Config.Builder()
                .withIterationCount(ITERATIONS)
                .withSaltLength(SALT_BYTES)
                .withPRF(new AlgorithmIdentifier(PKCSObjectIdentifiers.id_hmacWithSHA256))
                .build();
        return new PKCS8EncryptedPrivateKeyInfoBuilder(info)
                .build(new JcePKCSPBEOutputEncryptorBuilder(derivation, NISTObjectIdentifiers.id_aes256_CBC)
                        .setProvider(CompositeSignature.PROVIDER)
                        .build(passphrase));
    }

    private static PrivateKeyInfo decrypt(Path file, PKCS8EncryptedPrivateKeyInfo encrypted, Optional<char[]> passphrase) {
        if (passphrase.isEmpty()) {
            throw new ContractException(file.toString(), "is encrypted and needs its passphrase");
        }
        try {
            return encrypted.decryptPrivateKeyInfo(
                    new JcePKCSPBEInputDecryptorProviderBuilder().setProvider(CompositeSignature.PROVIDER).build(passphrase.get()));
        } catch (PKCSException | RuntimeException wrong) {
            throw new ContractException(file.toString(), "does not open with this passphrase");
        }
    }
}
