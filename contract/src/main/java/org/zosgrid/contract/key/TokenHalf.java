package org.zosgrid.contract.key;

import java.io.ByteArrayOutputStream;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SignatureSpi;
import org.jspecify.annotations.Nullable;
import org.zosgrid.contract.pkcs11.Token;

/**
 * The Ed25519 half of a composite key that is in a token, in the form in which BouncyCastle takes a half from elsewhere: a key without an encoding, and a provider whose Ed25519 signature asks the
 * token. BouncyCastle forms the message of each half, so that nothing of the composite's format is repeated here.
 */
final class TokenHalf implements PrivateKey {
    static final Provider PROVIDER = new TokenProvider();

    private static final long serialVersionUID = 1;
    private static final String ALGORITHM = "Ed25519";

    private final transient Token token;
    private final String name;

    TokenHalf(Token token, String name) {
        this.token = token;
        this.name = name;
    }

    @Override
    public String getAlgorithm() {
        return ALGORITHM;
    }

    @Override
    public @Nullable String getFormat() {
        return null;
    }

    @Override
    public byte @Nullable [] getEncoded() {
        return null;
    }

    private static final class TokenProvider extends Provider {
        private static final long serialVersionUID = 1;

        TokenProvider() {
            super("ZosToken", "1", "Ed25519 signatures by a PKCS#11 token");
            putService(new Service(this, "Signature", ALGORITHM, TokenSignature.class.getName(), null, null) {
                @Override
                public Object newInstance(@Nullable Object parameter) {
                    return new TokenSignature();
                }
            });
        }
    }

    private static final class TokenSignature extends SignatureSpi {
        private final ByteArrayOutputStream message = new ByteArrayOutputStream();
        private @Nullable TokenHalf key;

        @Override
        protected void engineInitSign(PrivateKey privateKey) throws InvalidKeyException {
            if (!(privateKey instanceof TokenHalf half)) {
                throw new InvalidKeyException("must be a key in a token");
            }
            key = half;
            message.reset();
        }

        @Override
        protected void engineUpdate(byte value) {
            message.write(value);
        }

        @Override
        protected void engineUpdate(byte[] bytes, int offset, int length) {
            message.write(bytes, offset, length);
        }

        @Override
        protected byte[] engineSign() {
            if (key == null) {
                throw new IllegalStateException("no key was given");
            }
            byte[] whole = message.toByteArray();
            message.reset();
            return key.token.sign(key.name, whole);
        }

        @Override
        protected void engineInitVerify(PublicKey publicKey) throws InvalidKeyException {
            throw new InvalidKeyException("only signs");
        }

        @Override
        protected boolean engineVerify(byte[] signature) {
            throw new UnsupportedOperationException("only signs");
        }

        @Deprecated
        @Override
        protected void engineSetParameter(String name, Object value) {
            throw new UnsupportedOperationException("has no parameters");
        }

        @Deprecated
        @Override
        protected Object engineGetParameter(String name) {
            throw new UnsupportedOperationException("has no parameters");
        }
    }
}
