package org.zosgrid.contract.key;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.JsonObject;
import org.zosgrid.contract.StrictJson;

/**
 * A composite key that is of no use without a PKCS#11 token: the file holds it encrypted by an AES-256 key which was made in the token and cannot leave it. The
 * token decrypts it for each signature, and it is forgotten after that.
 *
 * <p>Both halves are wrapped. A token cannot make an ML-DSA signature yet; and the JDK's PKCS#11 provider knows no EdDSA (release 25:
 * {@code NoSuchAlgorithmException}, where the token itself has {@code CKM_EDDSA}), so the Ed25519 half cannot stay inside either. Whoever reads this process's memory while
 * it signs can have the key; whoever has the file, or the token without its PIN, cannot.
 */
public final class TokenSigner implements Signer {
    private static final String PROVIDER = "SunPKCS11";
    private static final String TRANSFORMATION = "AES/GCM/NoPadding";
    private static final int KEY_BITS = 256;
    private static final int TAG_BITS = 128;
    private static final int NONCE_BYTES = 12;
    private static final int MAX_WRAPPED = 16 << 10;
    private static final int MAX_SLOT = 1000;

    private final Path file;
    private final Provider token;
    private final SecretKey wrapping;
    private final VerificationKey verificationKey;
    private final byte[] nonce;
    private final byte[] wrapped;

    private TokenSigner(Path file, Provider token, SecretKey wrapping, VerificationKey verificationKey, byte[] nonce, byte[] wrapped) {
        this.file = file;
        this.token = token;
        this.wrapping = wrapping;
        this.verificationKey = verificationKey;
        this.nonce = nonce;
        this.wrapped = wrapped;
    }

    /**
     * Makes a key and the key in the token that wraps it.
     *
     * @param file where the wrapped key goes, mode 600
     * @param library the token's PKCS#11 library
     * @param slot index of the token's slot in the library's list, from 0
     */
    public static TokenSigner create(Path file, Path library, int slot, char[] pin) {
        SigningKey key = SigningKey.generate();
        String label = "zos-" + key.id().hex().substring(0, 16);
        try {
            Provider token = provider(library, slot);
            KeyStore store = log(token, pin);
            KeyGenerator generator = KeyGenerator.getInstance("AES", token);
            generator.init(KEY_BITS);
            store.setKeyEntry(label, generator.generateKey(), null, null);
            SecretKey wrapping = (SecretKey) store.getKey(label, null);
            byte[] nonce = new byte[NONCE_BYTES];
            new SecureRandom().nextBytes(nonce);
            byte[] plain = key.pkcs8();
            byte[] wrapped = cipher(token, Cipher.ENCRYPT_MODE, wrapping, nonce, key.verificationKey()).doFinal(plain);
            Arrays.fill(plain, (byte) 0);
            PrivateKeyFile.writePrivate(file, new String(StrictJson.bytes(StrictJson.object()
                    .put("token", label)
                    .put("slot", slot)
                    .put("publicKey", Base64.getEncoder().encodeToString(key.verificationKey().spki()))
                    .put("nonce", Base64.getEncoder().encodeToString(nonce))
                    .put("wrapped", Base64.getEncoder().encodeToString(wrapped))), java.nio.charset.StandardCharsets.UTF_8));
            return new TokenSigner(file, token, wrapping, key.verificationKey(), nonce, wrapped);
        } catch (GeneralSecurityException refused) {
            throw new ContractException(file.toString(), "cannot be made with the token in slot " + slot + " of " + library + ": " + reason(refused));
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot write the key " + file, failed);
        }
    }

    /** Whether a file is one of ours; a PEM file is not. */
    public static boolean isTokenFile(Path file) {
        try (var in = Files.newInputStream(file)) {
            return in.read() == '{';
        } catch (IOException unreadable) {
            return false;
        }
    }

    public static TokenSigner open(Path file, Path library, char[] pin) {
        try {
            JsonObject object = JsonObject.of(Files.readAllBytes(file), file.toString());
            String label = object.text("token", 40);
            int slot = (int) object.number("slot", 0, MAX_SLOT);
            byte[] spki = object.base64("publicKey", 4096);
            byte[] nonce = object.base64("nonce", NONCE_BYTES);
            byte[] wrapped = object.base64("wrapped", MAX_WRAPPED);
            object.end();
            Provider token = provider(library, slot);
            if (!(log(token, pin).getKey(label, null) instanceof SecretKey wrapping)) {
                throw new ContractException(file.toString(), "needs the key '" + label + "', which the token in slot " + slot + " of " + library + " does not hold");
            }
            return new TokenSigner(file, token, wrapping, VerificationKey.fromSpki(spki), nonce, wrapped);
        } catch (GeneralSecurityException refused) {
            throw new ContractException(file.toString(), "cannot be used with " + library + ": " + reason(refused));
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot read the key " + file, failed);
        }
    }

    @Override
    public VerificationKey verificationKey() {
        return verificationKey;
    }

    @Override
    public byte[] sign(byte[] message) {
        try {
            byte[] pkcs8 = cipher(token, Cipher.DECRYPT_MODE, wrapping, nonce, verificationKey).doFinal(wrapped);
            try {
                return SigningKey.fromPkcs8(pkcs8, file).sign(message);
            } finally {
                Arrays.fill(pkcs8, (byte) 0);
            }
        } catch (GeneralSecurityException refused) {
            throw new ContractException(file.toString(), "is not opened by the token: " + reason(refused));
        }
    }

    /** The public key is bound to what is wrapped: nobody can put another beside it. */
    private static Cipher cipher(Provider token, int mode, SecretKey key, byte[] nonce, VerificationKey owner) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(TRANSFORMATION, token);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(owner.id().bytes());
        return cipher;
    }

    private static Provider provider(Path library, int slot) {
        Provider base = Security.getProvider(PROVIDER);
        if (base == null) {
            throw new ContractException("token", "cannot be used: this Java has no provider " + PROVIDER);
        }
        if (!Files.isReadable(library)) {
            throw new ContractException("token", "needs its PKCS#11 library", library.toString());
        }
        try {
            return base.configure("--name = zos\nlibrary = " + library.toAbsolutePath() + "\nslotListIndex = " + slot + "\n"
                    + "attributes(generate, CKO_SECRET_KEY, CKK_AES) = {\n CKA_SENSITIVE = true\n CKA_EXTRACTABLE = false\n CKA_ENCRYPT = true\n CKA_DECRYPT = true\n}\n");
        } catch (RuntimeException refused) {
            throw new ContractException("token", "in slot " + slot + " of " + library + " does not answer: " + reason(refused));
        }
    }

    private static KeyStore log(Provider token, char[] pin) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS11", token);
        try {
            store.load(null, pin);
        } catch (IOException refused) {
            throw new ContractException("token", "does not open with this PIN: " + reason(refused));
        }
        return store;
    }

    /** The token's own word, such as {@code CKR_PIN_INCORRECT}, stands in the innermost cause. */
    private static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }
}
