package org.zosgrid.contract.pkcs11;

import static org.zosgrid.contract.pkcs11.Attribute.of;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.zosgrid.contract.pkcs11.Cryptoki.Function;

/**
 * A session with a token whose PIN was given. Keys are named by their label; every call looks its key up, so that one which was removed is missed at once. One call at a time: a session holds
 * the state of the operation that is under way.
 *
 * <p>A library keeps a process logged in as long as one session is open. A second session in the same process is therefore opened whatever PIN is given.
 */
public final class Token implements AutoCloseable {
    /** Bytes of an Ed25519 public key. */
    public static final int ED25519_BYTES = 32;

    private static final long EDWARDS_KEY_PAIR_GEN = 0x1055;
    private static final long EDDSA = 0x1057;
    private static final long AES_KEY_GEN = 0x1080;
    private static final long AES_GCM = 0x1087;
    private static final long EDWARDS = 0x40;
    private static final long AES = 0x1F;
    private static final long AES_BYTES = 32;
    private static final long SERIAL_SESSION = 4;
    private static final long READ_WRITE = 2;
    private static final long USER = 1;
    private static final int SIGNATURE_BYTES = 64;
    private static final int TAG_BYTES = 16;
    private static final int MAX_ATTRIBUTE = 4096;
    /** The object identifier of Ed25519, 1.3.101.112, in DER. */
    private static final byte[] ED25519 = {0x06, 0x03, 0x2b, 0x65, 0x70};
    /** An OCTET STRING of 32 bytes begins so. */
    private static final byte[] POINT = {0x04, ED25519_BYTES};

    private final Cryptoki cryptoki;
    private final TokenDescription description;
    private final long session;

    private Token(Cryptoki cryptoki, TokenDescription description, long session) {
        this.cryptoki = cryptoki;
        this.description = description;
        this.session = session;
    }

    /** Opens a token to use its keys. */
    public static Token open(Path library, TokenDescription which, char[] pin) {
        return open(library, which, pin, SERIAL_SESSION);
    }

    /** Opens a token to make keys in it or remove them. */
    public static Token openToChange(Path library, TokenDescription which, char[] pin) {
        return open(library, which, pin, SERIAL_SESSION | READ_WRITE);
    }

    private static Token open(Path library, TokenDescription which, char[] pin, long flags) {
        Cryptoki cryptoki = Cryptoki.load(library);
        long[] slots = TokenDescription.slots(cryptoki);
        if (which.slot() >= slots.length) {
            throw new TokenException("is not there", which.toString());
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment handle = arena.allocate(Cryptoki.ULONG);
            cryptoki.demand("to open the token " + which, Function.OPEN_SESSION, slots[which.slot()], flags, MemorySegment.NULL, MemorySegment.NULL, handle);
            Token token = new Token(cryptoki, which, handle.get(Cryptoki.ULONG, 0));
            try {
                token.logIn(arena, pin);
            } catch (TokenException refused) {
                token.close();
                throw refused;
            }
            return token;
        }
    }

    private void logIn(Arena arena, char[] pin) {
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(pin));
        MemorySegment bytes = arena.allocate(Math.max(1, encoded.remaining()));
        bytes.asByteBuffer().put(encoded.duplicate());
        long answer = cryptoki.call(Function.LOGIN, session, USER, bytes, (long) encoded.remaining());
        bytes.fill((byte) 0);
        Arrays.fill(encoded.array(), (byte) 0);
        if (answer != 0 && answer != TokenException.USER_ALREADY_LOGGED_IN) {
            throw TokenException.answered("to log in to the token " + description, answer);
        }
    }

    public TokenDescription description() {
        return description;
    }

    /** Makes an Ed25519 key pair whose private half signs in the token and cannot leave it; returns the public half. */
    public synchronized byte[] generateEd25519(String name) {
        List<Attribute> publicHalf = List.of(of(Attribute.CLASS, Attribute.PUBLIC_KEY), of(Attribute.KEY_TYPE, EDWARDS), of(Attribute.TOKEN, true), of(Attribute.VERIFY, true),
                new Attribute(Attribute.EC_PARAMS, ED25519), of(Attribute.LABEL, name), of(Attribute.ID, name));
        List<Attribute> privateHalf = List.of(of(Attribute.CLASS, Attribute.PRIVATE_KEY), of(Attribute.KEY_TYPE, EDWARDS), of(Attribute.TOKEN, true), of(Attribute.PRIVATE, true),
                of(Attribute.SENSITIVE, true), of(Attribute.EXTRACTABLE, false), of(Attribute.SIGN, true), of(Attribute.LABEL, name), of(Attribute.ID, name));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment handles = arena.allocate(Cryptoki.ULONG, 2);
            cryptoki.demand("to make an Ed25519 key in " + description, Function.GENERATE_KEY_PAIR, session, mechanism(arena, EDWARDS_KEY_PAIR_GEN, MemorySegment.NULL),
                    Attribute.template(arena, publicHalf), (long) publicHalf.size(), Attribute.template(arena, privateHalf), (long) privateHalf.size(), handles, handles.asSlice(8));
        }
        return ed25519(name);
    }

    /** Makes an AES-256 key that encrypts in the token and cannot leave it. */
    public synchronized void generateAes(String name) {
        List<Attribute> key = List.of(of(Attribute.CLASS, Attribute.SECRET_KEY), of(Attribute.KEY_TYPE, AES), of(Attribute.VALUE_LEN, AES_BYTES), of(Attribute.TOKEN, true), of(Attribute.PRIVATE, true),
                of(Attribute.SENSITIVE, true), of(Attribute.EXTRACTABLE, false), of(Attribute.ENCRYPT, true), of(Attribute.DECRYPT, true), of(Attribute.LABEL, name), of(Attribute.ID, name));
        try (Arena arena = Arena.ofConfined()) {
            cryptoki.demand("to make an AES key in " + description, Function.GENERATE_KEY, session, mechanism(arena, AES_KEY_GEN, MemorySegment.NULL),
                    Attribute.template(arena, key), (long) key.size(), arena.allocate(Cryptoki.ULONG));
        }
    }

    /** The public half of an Ed25519 key, {@value #ED25519_BYTES} bytes. */
    public synchronized byte[] ed25519(String name) {
        byte[] point = attribute(find(Attribute.PUBLIC_KEY, name), Attribute.EC_POINT);
        boolean wrapped = point.length == POINT.length + ED25519_BYTES && Arrays.equals(point, 0, POINT.length, POINT, 0, POINT.length);
        if (!wrapped && point.length != ED25519_BYTES) {
            throw new TokenException("must give an Ed25519 public key of " + ED25519_BYTES + " bytes, alone or in an OCTET STRING", point.length + " bytes");
        }
        return Arrays.copyOfRange(point, point.length - ED25519_BYTES, point.length);
    }

    /** Signs with Ed25519 (RFC 8032, not prehashed), inside the token. */
    public synchronized byte[] sign(String name, byte[] message) {
        try (Arena arena = Arena.ofConfined()) {
            cryptoki.demand("to sign in " + description, Function.SIGN_INIT, session, mechanism(arena, EDDSA, MemorySegment.NULL), find(Attribute.PRIVATE_KEY, name));
            return transformed(arena, "to sign in " + description, Function.SIGN, message, SIGNATURE_BYTES);
        }
    }

    /** Encrypts with AES-GCM, inside the token; the tag of 16 bytes comes last. A nonce must never come twice for one key. */
    public synchronized byte[] encrypt(String name, byte[] nonce, byte[] associated, byte[] plain) {
        try (Arena arena = Arena.ofConfined()) {
            cryptoki.demand("to encrypt in " + description, Function.ENCRYPT_INIT, session, gcm(arena, nonce, associated), find(Attribute.SECRET_KEY, name));
            return transformed(arena, "to encrypt in " + description, Function.ENCRYPT, plain, plain.length + TAG_BYTES);
        }
    }

    /** Decrypts what {@link #encrypt} made; refused if anything was changed. */
    public synchronized byte[] decrypt(String name, byte[] nonce, byte[] associated, byte[] encrypted) {
        try (Arena arena = Arena.ofConfined()) {
            cryptoki.demand("to decrypt in " + description, Function.DECRYPT_INIT, session, gcm(arena, nonce, associated), find(Attribute.SECRET_KEY, name));
            return transformed(arena, "to decrypt in " + description, Function.DECRYPT, encrypted, encrypted.length);
        }
    }

    /** Removes all keys of a name: what is left of one that could not be finished. */
    public synchronized void remove(String name) {
        for (long type : new long[] {Attribute.PUBLIC_KEY, Attribute.PRIVATE_KEY, Attribute.SECRET_KEY}) {
            for (long handle : all(type, name)) {
                cryptoki.demand("to remove a key from " + description, Function.DESTROY_OBJECT, session, handle);
            }
        }
    }

    /** The handle of the one key of a class and name. */
    long find(long type, String name) {
        long[] found = all(type, name);
        if (found.length != 1) {
            throw new TokenException("must hold one key '" + name + "'; " + description + " holds " + (found.length == 0 ? "none" : "several"));
        }
        return found[0];
    }

    private long[] all(long type, String name) {
        List<Attribute> wanted = List.of(of(Attribute.CLASS, type), of(Attribute.LABEL, name));
        String asked = "to look for the key '" + name + "' in " + description;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment found = arena.allocate(Cryptoki.ULONG, 8);
            MemorySegment count = arena.allocate(Cryptoki.ULONG);
            cryptoki.demand(asked, Function.FIND_OBJECTS_INIT, session, Attribute.template(arena, wanted), (long) wanted.size());
            try {
                cryptoki.demand(asked, Function.FIND_OBJECTS, session, found, 8L, count);
            } finally {
                cryptoki.call(Function.FIND_OBJECTS_FINAL, session);
            }
            return found.asSlice(0, count.get(Cryptoki.ULONG, 0) * Cryptoki.ULONG.byteSize()).toArray(Cryptoki.ULONG);
        }
    }

    /** One attribute of an object; that of a private key which is its secret is refused. */
    byte[] attribute(long object, long type) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment room = arena.allocate(MAX_ATTRIBUTE);
            MemorySegment template = Attribute.wanted(arena, type, room);
            cryptoki.demand("to read attribute 0x" + Long.toHexString(type) + " of a key in " + description, Function.GET_ATTRIBUTE_VALUE, session, object, template, 1L);
            return room.asSlice(0, Attribute.length(template)).toArray(ValueLayout.JAVA_BYTE);
        }
    }

    private byte[] transformed(Arena arena, String asked, Function function, byte[] input, int room) {
        MemorySegment in = arena.allocateFrom(ValueLayout.JAVA_BYTE, input);
        MemorySegment out = arena.allocate(Math.max(1, room));
        MemorySegment length = arena.allocateFrom(Cryptoki.ULONG, room);
        try {
            cryptoki.demand(asked, function, session, in, (long) input.length, out, length);
            return out.asSlice(0, length.get(Cryptoki.ULONG, 0)).toArray(ValueLayout.JAVA_BYTE);
        } finally {
            in.fill((byte) 0);
            out.fill((byte) 0);
        }
    }

    /** CK_MECHANISM: the algorithm's number, its parameters, their length. */
    private static MemorySegment mechanism(Arena arena, long number, MemorySegment parameters) {
        MemorySegment mechanism = arena.allocate(3 * 8, 8);
        mechanism.set(Cryptoki.ULONG, 0, number);
        mechanism.set(Cryptoki.POINTER, 8, parameters);
        mechanism.set(Cryptoki.ULONG, 16, parameters.byteSize());
        return mechanism;
    }

    /** CK_GCM_PARAMS: pointer, bytes and bits of the nonce, pointer and bytes of what is authenticated, bits of the tag. */
    private static MemorySegment gcm(Arena arena, byte[] nonce, byte[] associated) {
        MemorySegment parameters = arena.allocate(6 * 8, 8);
        parameters.set(Cryptoki.POINTER, 0, arena.allocateFrom(ValueLayout.JAVA_BYTE, nonce));
        parameters.set(Cryptoki.ULONG, 8, nonce.length);
        parameters.set(Cryptoki.ULONG, 16, nonce.length * 8L);
        parameters.set(Cryptoki.POINTER, 24, arena.allocateFrom(ValueLayout.JAVA_BYTE, associated));
        parameters.set(Cryptoki.ULONG, 32, associated.length);
        parameters.set(Cryptoki.ULONG, 40, TAG_BYTES * 8L);
        return mechanism(arena, AES_GCM, parameters);
    }

    @Override
    public synchronized void close() {
        cryptoki.call(Function.CLOSE_SESSION, session);
    }
}
