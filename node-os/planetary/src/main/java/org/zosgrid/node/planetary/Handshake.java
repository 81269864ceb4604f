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
import org.zosgrid.contract.key.Signer;
import org.zosgrid.contract.key.VerificationKey;

/**
 * The key agreement, without any network: three messages, in the manner of SIGMA.
 *
 * <pre>
 *   initiator → responder   HELLO     session, nonce, X25519 and ML-KEM-768 public keys, cookie
 *   responder → initiator   RESPONSE  sessions, nonce, X25519 public key, ML-KEM ciphertext, signature over the transcript
 *   initiator → responder   FINISH    session, signature over the transcript
 * </pre>
 *
 * Both secrets go into HKDF with the hash of the transcript as salt; the transcript holds both messages and both key ids, so a signature counts for
 * these two nodes and this exchange only. All keys but the signing keys are made for one handshake and forgotten.
 */
final class Handshake {
    static final byte HELLO = 1;
    static final byte COOKIE = 2;
    static final byte RESPONSE = 3;
    static final byte FINISH = 4;
    static final int COOKIE_BYTES = 32;

    private static final int NONCE_BYTES = 32;
    private static final int MAX_FIELD = 8192;
    private static final byte[] LABEL = "zosgrid planetary v1".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BY_RESPONDER = "zosgrid planetary v1 responder".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BY_INITIATOR = "zosgrid planetary v1 initiator".getBytes(StandardCharsets.US_ASCII);
    private static final SecureRandom RANDOM = new SecureRandom();

    private Handshake() {}

    /** What an initiator remembers between its messages. */
    static final class Initiator {
        final int session = RANDOM.nextInt();
        private final byte[] nonce = random(NONCE_BYTES);
        private final KeyPair curve = generate("X25519");
        private final KeyPair lattice = generate("ML-KEM-768");
        private final Signer identity;
        private final VerificationKey peer;

        Initiator(Signer identity, VerificationKey peer) {
            this.identity = identity;
            this.peer = peer;
        }

        byte[] hello(byte[] cookie) {
            return message(HELLO, integer(session), nonce, curve.getPublic().getEncoded(), lattice.getPublic().getEncoded(), cookie);
        }

        /** Checks the responder's signature; returns the session's keys and the FINISH message. */
        Agreed finish(byte[] response) {
            byte[][] field = fields(response, RESPONSE, 6);
            if (ByteBuffer.wrap(exactly(field[0], 4)).getInt() != session) {
                throw new PlanetaryException("the response belongs to another handshake");
            }
            // The cookie is no part of the transcript: it only shows that our address is ours.
            byte[] hash = transcript(hello(new byte[0]), Arrays.copyOf(field, 5), identity.id().bytes(), peer.id().bytes());
            if (!peer.verify(concat(BY_RESPONDER, hash), field[5])) {
                throw new PlanetaryException("the response is not signed by the pinned key " + peer.id());
            }
            try {
                KeyAgreement agreement = KeyAgreement.getInstance("X25519");
                agreement.init(curve.getPrivate());
                agreement.doPhase(publicKey("X25519", field[3]), true);
                byte[] lattice = KEM.getInstance("ML-KEM-768").newDecapsulator(this.lattice.getPrivate()).decapsulate(field[4]).getEncoded();
                byte[][] keys = derive(agreement.generateSecret(), lattice, hash);
                int remote = ByteBuffer.wrap(exactly(field[1], 4)).getInt();
                byte[] finish = message(FINISH, integer(remote), identity.sign(concat(BY_INITIATOR, hash)));
                return new Agreed(new SessionKeys(session, remote, keys[0], keys[1]), finish);
            } catch (GeneralSecurityException malformed) {
                throw new PlanetaryException("the response holds an impossible key", malformed);
            }
        }
    }

    /** The keys of a session, and the message that completes the handshake for the other side. */
    record Agreed(SessionKeys keys, byte[] message) {}

    /** What a responder remembers until the initiator has signed. */
    static final class Responder {
        final int session = RANDOM.nextInt();
        final byte[] response;
        private final SessionKeys keys;
        private final byte[] hash;
        private final VerificationKey peer;

        Responder(byte[] hello, Signer identity, VerificationKey peer) {
            this.peer = peer;
            byte[][] field = fields(hello, HELLO, 5);
            int remote = ByteBuffer.wrap(exactly(field[0], 4)).getInt();
            exactly(field[1], NONCE_BYTES);
            try {
                KeyPair curve = generate("X25519");
                KeyAgreement agreement = KeyAgreement.getInstance("X25519");
                agreement.init(curve.getPrivate());
                agreement.doPhase(publicKey("X25519", field[2]), true);
                KEM.Encapsulated lattice = KEM.getInstance("ML-KEM-768").newEncapsulator(publicKey("ML-KEM", field[3])).encapsulate();
                byte[][] open = {integer(remote), integer(session), random(NONCE_BYTES), curve.getPublic().getEncoded(), lattice.encapsulation()};
                byte[] plainHello = message(HELLO, field[0], field[1], field[2], field[3], new byte[0]);
                this.hash = transcript(plainHello, open, peer.id().bytes(), identity.id().bytes());
                byte[][] derived = derive(agreement.generateSecret(), lattice.key().getEncoded(), hash);
                this.keys = new SessionKeys(session, remote, derived[1], derived[0]);
                this.response = message(RESPONSE, open[0], open[1], open[2], open[3], open[4], identity.sign(concat(BY_RESPONDER, hash)));
            } catch (GeneralSecurityException malformed) {
                throw new PlanetaryException("the hello holds an impossible key", malformed);
            }
        }

        /** Whether a FINISH message is meant for this handshake. */
        boolean isFor(byte[] finish) {
            return ByteBuffer.wrap(exactly(fields(finish, FINISH, 2)[0], 4)).getInt() == session;
        }

        /** Checks the initiator's signature; only now are the keys to be used. */
        SessionKeys complete(byte[] finish) {
            if (!peer.verify(concat(BY_INITIATOR, hash), fields(finish, FINISH, 2)[1])) {
                throw new PlanetaryException("the handshake is not signed by the pinned key " + peer.id());
            }
            return keys;
        }
    }

    /** The cookie a HELLO carries; empty in the first one. */
    static byte[] cookieOf(byte[] hello) {
        return fields(hello, HELLO, 5)[4];
    }

    /** The part of a HELLO that a cookie is made for. */
    static byte[] cookieSubject(byte[] hello) {
        byte[][] field = fields(hello, HELLO, 5);
        return concat(field[0], field[1]);
    }

    static byte[] cookie(byte[] hello, byte[] cookie) {
        return message(COOKIE, fields(hello, HELLO, 5)[0], cookie);
    }

    /** The cookie in an answer to a HELLO of this session. */
    static byte[] cookieFor(int session, byte[] message) {
        byte[][] field = fields(message, COOKIE, 2);
        if (ByteBuffer.wrap(exactly(field[0], 4)).getInt() != session) {
            throw new PlanetaryException("the cookie belongs to another handshake");
        }
        return exactly(field[1], COOKIE_BYTES);
    }

    private static byte[] transcript(byte[] hello, byte[][] response, byte[] initiator, byte[] responder) {
        return sha256(LABEL, hello, message(RESPONSE, response), initiator, responder);
    }

    /** Two keys: from initiator to responder, and back. */
    private static byte[][] derive(byte[] curve, byte[] lattice, byte[] hash) throws GeneralSecurityException {
        byte[] both = KDF.getInstance("HKDF-SHA256").deriveData(
                HKDFParameterSpec.ofExtract().addIKM(concat(curve, lattice)).addSalt(hash).thenExpand(LABEL, 64));
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
                throw new PlanetaryException("field " + i + " must have at most " + rest.remaining() + " bytes (says: " + length + ")");
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

    private static byte[] sha256(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
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

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    private static byte[] concat(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
    }
}
