package org.zosgrid.node.planetary;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a handshake agreed on: a key for each direction, a counter, a replay window. A packet is type, the receiver's session number, counter,
 * ciphertext and tag; everything before the ciphertext is authenticated with it. One thread may seal while another opens.
 */
final class Session {
    static final int HEADER = 13;
    static final int TAG = 16;
    static final int OVERHEAD = HEADER + TAG;

    /** After so many packets new keys are wanted. Far below what AES-GCM allows under one key. */
    static final long WORN_PACKETS = 1L << 30;
    /** After so many packets the session is mute: a counter must never come twice. */
    static final long MAX_PACKETS = 1L << 31;

    /** Larger than any device's MTU here. */
    static final int MAX_PACKET = PlanetaryConfig.MAX_MTU;

    private static final int COUNTER_AT = 5;

    private final int localId;
    private final int remoteId;
    private final SecretKey sendKey;
    private final SecretKey receiveKey;
    private final Cipher encrypt = aesGcm();
    private final Cipher decrypt = aesGcm();
    private final Object sending = new Object();
    private final Object receiving = new Object();
    private final ReplayWindow window = new ReplayWindow();
    /** The cipher is fast on arrays and slow to become so on direct buffers; a copy costs less. */
    private final byte[] plain = new byte[MAX_PACKET];
    private final byte[] sealed = new byte[MAX_PACKET + OVERHEAD];
    private final byte[] arrived = new byte[MAX_PACKET + OVERHEAD];
    private final byte[] opened = new byte[MAX_PACKET + OVERHEAD];
    private volatile long counter;

    Session(int localId, int remoteId, byte[] sendKey, byte[] receiveKey) {
        this.localId = localId;
        this.remoteId = remoteId;
        this.sendKey = new SecretKeySpec(sendKey, "AES");
        this.receiveKey = new SecretKeySpec(receiveKey, "AES");
    }

    /** The number by which the peer names this session to us. */
    int localId() {
        return localId;
    }

    boolean worn() {
        return counter >= WORN_PACKETS;
    }

    /** Encrypts a packet of at most {@link #MAX_PACKET} bytes (empty ones too) into a datagram; false if the session may not send any more. */
    boolean seal(ByteBuffer packet, ByteBuffer datagram) {
        synchronized (sending) {
            long number = counter;
            if (number >= MAX_PACKETS) {
                return false;
            }
            // Counted before it is used: a failed encryption must not leave the number to be used again.
            counter = number + 1;
            int length = packet.remaining();
            packet.get(plain, 0, length);
            ByteBuffer.wrap(sealed).put(Datagram.PACKET).putInt(remoteId).putLong(number);
            try {
                encrypt.init(Cipher.ENCRYPT_MODE, sendKey, parameters(number));
                encrypt.updateAAD(sealed, 0, HEADER);
                encrypt.doFinal(plain, 0, length, sealed, HEADER);
                datagram.put(sealed, 0, length + OVERHEAD);
                return true;
            } catch (GeneralSecurityException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }

    /** Decrypts a datagram; false if it has an impossible length, is forged, damaged or was seen before. */
    boolean open(ByteBuffer datagram, ByteBuffer packet) {
        synchronized (receiving) {
            int length = datagram.remaining();
            if (length < OVERHEAD || length > MAX_PACKET + OVERHEAD) {
                return false;
            }
            long number = datagram.getLong(datagram.position() + COUNTER_AT);
            if (!window.expects(number)) {
                return false;
            }
            datagram.get(arrived, 0, length);
            try {
                decrypt.init(Cipher.DECRYPT_MODE, receiveKey, parameters(number));
                decrypt.updateAAD(arrived, 0, HEADER);
                int count = decrypt.doFinal(arrived, HEADER, length - HEADER, opened, 0);
                packet.put(opened, 0, count);
                return window.accept(number);
            } catch (AEADBadTagException forged) {
                return false;
            } catch (GeneralSecurityException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }

    /** The nonce is the counter: unique under a key, since each direction has its own. */
    private static GCMParameterSpec parameters(long number) {
        byte[] nonce = new byte[12];
        for (int i = 11; i >= 4; i--) {
            nonce[i] = (byte) number;
            number >>>= 8;
        }
        return new GCMParameterSpec(TAG * 8, nonce);
    }

    private static Cipher aesGcm() {
        try {
            return Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
