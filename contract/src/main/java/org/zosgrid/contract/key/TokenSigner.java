package org.zosgrid.contract.key;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.JsonObject;
import org.zosgrid.contract.StrictJson;
import org.zosgrid.contract.pkcs11.Token;
import org.zosgrid.contract.pkcs11.TokenDescription;
import org.zosgrid.contract.pkcs11.TokenException;

/**
 * A composite key whose Ed25519 half was made in a PKCS#11 token, signs there and cannot leave it. No token knows ML-DSA-65 yet: that half is in a file, encrypted by an AES-256 key which was made
 * in the token too and cannot leave it either. The token decrypts it for each signature, and it is forgotten after that.
 *
 * <p>Whoever reads this process's memory while it signs can have the ML-DSA half, which alone signs nothing. Whoever has the file, or the token without its PIN, has neither.
 *
 * <p>Files of an earlier form, in which the token's AES key wraps both halves, still open; a new key is the way to have the Ed25519 half in the token.
 */
public final class TokenSigner implements Signer {
    private static final int NONCE_BYTES = 12;
    private static final int MAX_WRAPPED = 16 << 10;
    private static final int MAX_SLOT = 1000;
    private static final int MAX_NAME = 40;

    private final Path file;
    private final Token token;
    private final Wrapped wrapped;

    private TokenSigner(Path file, Token token, Wrapped wrapped) {
        this.file = file;
        this.token = token;
        this.wrapped = wrapped;
    }

    /**
     * What the file says.
     *
     * @param name of the keys in the token
     * @param whole whether both halves are wrapped, as in files of the earlier form
     */
    private record Wrapped(String name, VerificationKey verificationKey, byte[] nonce, byte[] bytes, boolean whole) {}

    /**
     * Makes a key.
     *
     * @param file where the ML-DSA half goes, encrypted, mode 600
     * @param library the token's PKCS#11 library
     * @param which the token: its label, or the place of its slot in the library's list, from 0
     */
    public static TokenSigner create(Path file, Path library, String which, char[] pin) {
        Token token = Token.openToChange(library, TokenDescription.named(library, which), pin);
        byte[] random = new byte[8];
        new SecureRandom().nextBytes(random);
        String name = "zos-" + HexFormat.of().formatHex(random);
        try {
            Wrapped wrapped = generate(token, name);
            write(file, token.description(), wrapped);
            return new TokenSigner(file, token, wrapped);
        } catch (RuntimeException failed) {
            abandon(token, name, failed);
            throw failed;
        }
    }

    private static Wrapped generate(Token token, String name) {
        try {
            token.generateAes(name);
            CompositeSignature.Lattice lattice = CompositeSignature.generateLattice();
            VerificationKey owner = VerificationKey.fromSpki(CompositeSignature.publicKey(lattice.publicKey(), token.generateEd25519(name)).getEncoded());
            byte[] nonce = new byte[NONCE_BYTES];
            new SecureRandom().nextBytes(nonce);
            byte[] plain = lattice.pkcs8();
            try {
                return new Wrapped(name, owner, nonce, token.encrypt(name, nonce, owner.id().bytes(), plain), false);
            } finally {
                Arrays.fill(plain, (byte) 0);
            }
        } catch (GeneralSecurityException unsupported) {
            throw new IllegalStateException(unsupported);
        }
    }

    /** Half a key in a token would be in the way of its owner. */
    private static void abandon(Token token, String name, RuntimeException why) {
        try {
            token.remove(name);
        } catch (TokenException refused) {
            why.addSuppressed(refused);
        }
        token.close();
    }

    private static void write(Path file, TokenDescription token, Wrapped wrapped) {
        try {
            PrivateKeyFile.writePrivate(file, new String(StrictJson.bytes(StrictJson.object()
                    .put("token", token.label())
                    .put("serial", token.serial())
                    .put("key", wrapped.name)
                    .put("publicKey", Base64.getEncoder().encodeToString(wrapped.verificationKey.spki()))
                    .put("nonce", Base64.getEncoder().encodeToString(wrapped.nonce))
                    .put("wrapped", Base64.getEncoder().encodeToString(wrapped.bytes))), StandardCharsets.UTF_8));
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
        JsonObject object = JsonObject.of(bytes(file), file.toString());
        boolean whole = object.has("slot");
        String label = object.text("token", MAX_NAME);
        int slot = whole ? (int) object.number("slot", 0, MAX_SLOT) : 0;
        String serial = whole ? "" : object.text("serial", MAX_NAME);
        String name = whole ? label : object.text("key", MAX_NAME);
        byte[] spki = object.base64("publicKey", 4096);
        byte[] nonce = object.base64("nonce", NONCE_BYTES);
        byte[] bytes = object.base64("wrapped", MAX_WRAPPED);
        object.end();
        Wrapped wrapped = new Wrapped(name, VerificationKey.fromSpki(spki), nonce, bytes, whole);
        Token token = Token.open(library, whole ? TokenDescription.named(library, Integer.toString(slot)) : TokenDescription.again(library, label, serial), pin);
        try {
            if (!whole && !Arrays.equals(token.ed25519(name), CompositeSignature.ed25519(spki))) {
                throw new ContractException(file.toString(), "does not belong to the key '" + name + "' in " + token.description() + ", which is another");
            }
        } catch (RuntimeException refused) {
            token.close();
            throw refused;
        }
        return new TokenSigner(file, token, wrapped);
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot read the key " + file, failed);
        }
    }

    @Override
    public VerificationKey verificationKey() {
        return wrapped.verificationKey;
    }

    @Override
    public byte[] sign(byte[] message) {
        byte[] pkcs8 = unwrapped();
        try {
            return wrapped.whole
                    ? SigningKey.fromPkcs8(pkcs8, file).sign(message)
                    : CompositeSignature.sign(CompositeSignature.privateKey(pkcs8, new TokenHalf(token, wrapped.name), TokenHalf.PROVIDER), message);
        } catch (GeneralSecurityException broken) {
            throw new ContractException(file.toString(), "holds no ML-DSA-65 key that can sign: " + broken.getMessage());
        } finally {
            Arrays.fill(pkcs8, (byte) 0);
        }
    }

    /** The public key is bound to what is wrapped: nobody can put another beside it. */
    private byte[] unwrapped() {
        try {
            return token.decrypt(wrapped.name, wrapped.nonce, wrapped.verificationKey.id().bytes(), wrapped.bytes);
        } catch (TokenException refused) {
            throw new ContractException(file.toString(), "is not opened by the token: " + refused.getMessage());
        }
    }
}
