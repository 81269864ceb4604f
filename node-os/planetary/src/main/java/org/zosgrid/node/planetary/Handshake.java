package org.zosgrid.node.planetary;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import javax.crypto.KDF;
import javax.crypto.KEM;
import javax.crypto.KeyAgreement;
import javax.crypto.spec.HKDFParameterSpec;
import org.zosgrid.contract.key.KeyId;
import org.zosgrid.contract.key.Signer;
import org.zosgrid.contract.key.VerificationKey;

/**
 * The key agreement, without any network: three messages, in the manner of SIGMA.
 *
 * <pre>
 *   initiator → responder   HELLO     session, nonce, X25519 and ML-KEM-768 public keys, a cookie for the way back
 *   responder → initiator   RESPONSE  both sessions, nonce, X25519 public key, ML-KEM ciphertext, signature over the transcript
 *   initiator → responder   FINISH    the responder's session, signature over the transcript
 * </pre>
 *
 * Both secrets go into HKDF with the hash of the transcript as salt; the transcript holds both messages and both key ids, so a signature counts for
 * these two nodes, these roles and this exchange only. All keys but the signing keys are made for one handshake and forgotten: who records everything
 * and steals the signing keys later reads nothing, and needs to break X25519 and ML-KEM both.
 */
final class Handshake {
    static final byte HELLO = 1;
    static final byte RESPONSE = 2;
    static final byte FINISH = 3;

    private static final int NONCE_BYTES = 32;
    private static final int MAX_FIELD = 8192;
    private static final byte[] LABEL = "zosgrid planetary v1".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BY_RESPONDER = "zosgrid planetary v1 responder".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BY_INITIATOR = "zosgrid planetary v1 initiator".getBytes(StandardCharsets.US_ASCII);
    private static final SecureRandom RANDOM = new SecureRandom();

    private Handshake() {}

    /** What an initiator remembers between its messages. */
    static final class Initiator {
        final byte[] hello;
        private final int session = RANDOM.nextInt();
        private final KeyPair curve = generate("X25519");
        private final KeyPair lattice = generate("ML-KEM-768");
        private final Signer identity;
        private final VerificationKey peer;

        /** @param cookie what the response's pieces must carry */
        Initiator(Signer identity, VerificationKey peer, byte[] cookie) {
            this.identity = identity;
            this.peer = peer;
            this.hello = message(
                    HELLO, integer(session), random(NONCE_BYTES), curve.getPublic().getEncoded(), lattice.getPublic().getEncoded(), cookie);
        }

        /** Whether a RESPONSE message is meant for this handshake. */
        boolean isFor(byte[] response) {
            return integer(fields(response, RESPONSE, 6)[0]) == session;
        }

        /** Checks the responder's signature; returns the session and the FINISH message. */
        Agreed finish(byte[] response) {
            byte[][] field = fields(response, RESPONSE, 6);
            int remote = integer(field[1]);
            exactly(field[2], NONCE_BYTES);
            // Its first field is our session number: it is part of what is signed.
            byte[] hash = transcript(hello, Arrays.copyOf(field, 5), identity.id(), peer.id());
            if (!peer.verify(concat(BY_RESPONDER, hash), field[5])) {
                throw new PlanetaryException("the response is not signed by the pinned key " + peer.id());
            }
            try {
                byte[] shared = KEM.getInstance("ML-KEM-768").newDecapsulator(lattice.getPrivate()).decapsulate(field[4]).getEncoded();
                byte[][] keys = derive(agree(curve, field[3]), shared, hash);
                byte[] finish = message(FINISH, integer(remote), identity.sign(concat(BY_INITIATOR, hash)));
                return new Agreed(new Session(session, remote, keys[0], keys[1]), finish);
            } catch (GeneralSecurityException malformed) {
                throw new PlanetaryException("the response holds an impossible key", malformed);
            }
        }
    }

    /** The session, and the message that completes the handshake for the other side. */
    record Agreed(Session session, byte[] finish) {}

    /** What a responder remembers until the initiator has signed. */
    static final class Responder {
        final byte[] response;
        /** What our pieces must carry to be taken by the initiator. */
        final byte[] cookie;
        private final byte[] hello;
        private final int session = RANDOM.nextInt();
        private final Session agreed;
        private final byte[] hash;
        private final VerificationKey peer;

        Responder(byte[] hello, Signer identity, VerificationKey peer) {
            byte[][] field = fields(hello, HELLO, 5);
            this.hello = hello;
            this.peer = peer;
            this.cookie = exactly(field[4], Cookies.BYTES);
            int remote = integer(field[0]);
            exactly(field[1], NONCE_BYTES);
            try {
                KeyPair curve = generate("X25519");
                KEM.Encapsulated lattice = KEM.getInstance("ML-KEM-768").newEncapsulator(publicKey("ML-KEM-768", field[3])).encapsulate();
                byte[][] open = {integer(remote), integer(session), random(NONCE_BYTES), curve.getPublic().getEncoded(), lattice.encapsulation()};
                this.hash = transcript(hello, open, peer.id(), identity.id());
                byte[][] keys = derive(agree(curve, field[2]), lattice.key().getEncoded(), hash);
                this.agreed = new Session(session, remote, keys[1], keys[0]);
                this.response = message(RESPONSE, open[0], open[1], open[2], open[3], open[4], identity.sign(concat(BY_RESPONDER, hash)));
            } catch (GeneralSecurityException malformed) {
                throw new PlanetaryException("the hello holds an impossible key", malformed);
            }
        }

        /** Whether this is the HELLO that was answered already: the answer is given again, without another signature. */
        boolean answered(byte[] other) {
            return Arrays.equals(hello, other);
        }

        /** Whether a FINISH message is meant for this handshake. */
        boolean isFor(byte[] finish) {
            return integer(fields(finish, FINISH, 2)[0]) == session;
        }

        /** Checks the initiator's signature; only now may the session be used. */
        Session complete(byte[] finish) {
            if (!peer.verify(concat(BY_INITIATOR, hash), fields(finish, FINISH, 2)[1])) {
                throw new PlanetaryException("the handshake is not signed by the pinned key " + peer.id());
            }
            return agreed;
        }
    }

    private static byte[] transcript(byte[] hello, byte[][] response, KeyId initiator, KeyId responder) {
        return sha512(LABEL, hello, message(RESPONSE, response), initiator.bytes(), responder.bytes());
    }

    /** The JDK refuses points of small order here. */
    private static byte[] agree(KeyPair own, byte[] peer) throws GeneralSecurityException {
        KeyAgreement agreement = KeyAgreement.getInstance("X25519");
        agreement.init(own.getPrivate());
        agreement.doPhase(publicKey("X25519", peer), true);
        return agreement.generateSecret();
    }

    /** Two keys: from initiator to responder, and back. */
    private static byte[][] derive(byte[] curve, byte[] lattice, byte[] hash) throws GeneralSecurityException {
        byte[] both = KDF.getInstance("HKDF-SHA512")
                .deriveData(HKDFParameterSpec.ofExtract().addIKM(concat(curve, lattice)).addSalt(hash).thenExpand(LABEL, 64));
        return new byte[][] {Arrays.copyOf(both, 32), Arrays.copyOfRange(both, 32, 64)};
    }

    /** Type, then each field behind its length in two bytes. */
    private static byte[] message(byte type, byte[]... fields) {
        ByteBuffer message = ByteBuffer.allocate(1 + Arrays.stream(fields).mapToInt(field -> 2 + field.length).sum()).put(type);
        for (byte[] field : fields) {
            message.putShort((short) field.length).put(field);
        }
        return message.array();
    }

    private static byte[][] fields(byte[] message, byte type, int count) {
        ByteBuffer rest = ByteBuffer.wrap(message);
        if (rest.remaining() < 1 || rest.get() != type) {
            throw new PlanetaryException("a message of type " + type + " was expected");
        }
        byte[][] fields = new byte[count][];
        for (int i = 0; i < count; i++) {
            if (rest.remaining() < 2) {
                throw new PlanetaryException("the message ends before its field " + i);
            }
            int length = Short.toUnsignedInt(rest.getShort());
            if (length > rest.remaining() || length > MAX_FIELD) {
                throw new PlanetaryException("field " + i + " must have at most " + Math.min(MAX_FIELD, rest.remaining()) + " bytes (says: " + length + ")");
            }
            fields[i] = new byte[length];
            rest.get(fields[i]);
        }
        if (rest.hasRemaining()) {
            throw new PlanetaryException(rest.remaining() + " bytes follow the message's last field");
        }
        return fields;
    }

    private static byte[] exactly(byte[] field, int length) {
        if (field.length != length) {
            throw new PlanetaryException("a field must have " + length + " bytes (is: " + field.length + ")");
        }
        return field;
    }

    private static PublicKey publicKey(String algorithm, byte[] spki) throws GeneralSecurityException {
        return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(spki));
    }

    private static KeyPair generate(String algorithm) {
        try {
            return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] sha512(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-512");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] integer(int value) {
        return ByteBuffer.allocate(4).putInt(value).array();
    }

    private static int integer(byte[] field) {
        return ByteBuffer.wrap(exactly(field, 4)).getInt();
    }

    static byte[] random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    private static byte[] concat(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
    }
}
