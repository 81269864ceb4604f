package org.zosgrid.node.planetary;

import java.nio.ByteBuffer;

/** The kinds of datagrams, by their first byte, and the small ones among them. */
final class Datagram {
    /** Is there anybody? Type, token, padding. */
    static final byte KNOCK = 1;
    /** The answer to a knock: type, the knock's token, a cookie. As long as a knock, so that nobody can use us to flood somebody else. */
    static final byte COOKIE = 2;
    /** Please begin a handshake: type, cookie. */
    static final byte WAKE = 3;
    /** A piece of a handshake message, see {@link Fragments}. */
    static final byte FRAGMENT = 4;
    /** An encrypted packet, see {@link Session}. */
    static final byte PACKET = 5;

    static final int TOKEN_BYTES = 8;
    static final int KNOCK_BYTES = 1 + TOKEN_BYTES + Cookies.BYTES;
    static final int WAKE_BYTES = 1 + Cookies.BYTES;

    private Datagram() {}

    static byte[] knock(byte[] token) {
        return ByteBuffer.allocate(KNOCK_BYTES).put(KNOCK).put(token).array();
    }

    static byte[] cookie(byte[] token, byte[] cookie) {
        return ByteBuffer.allocate(KNOCK_BYTES).put(COOKIE).put(token).put(cookie).array();
    }

    static byte[] wake(byte[] cookie) {
        return ByteBuffer.allocate(WAKE_BYTES).put(WAKE).put(cookie).array();
    }
}
