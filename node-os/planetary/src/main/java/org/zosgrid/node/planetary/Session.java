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

    /** Encrypts a packet (empty ones too) into a datagram; false if the session may not send any more. */
    boolean seal(ByteBuffer packet, ByteBuffer datagram) {
        synchronized (sending) {
            long number = counter;
            if (number >= MAX_PACKETS) {
                return false;
            }
            // Counted before it is used: a failed encryption must not leave the number to be used again.
            counter = number + 1;
            int start = datagram.position();
            datagram.put(Datagram.PACKET).putInt(remoteId).putLong(number);
            try {
                encrypt.init(Cipher.ENCRYPT_MODE, sendKey, parameters(number));
                encrypt.updateAAD(datagram.slice(start, HEADER));
                encrypt.doFinal(packet, datagram);
                return true;
            } catch (GeneralSecurityException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }

    /** Decrypts a datagram of at least {@link #OVERHEAD} bytes; false if it is forged, damaged or was seen before. */
    boolean open(ByteBuffer datagram, ByteBuffer packet) {
        synchronized (receiving) {
            int start = datagram.position();
            long number = datagram.getLong(start + COUNTER_AT);
            if (!window.expects(number)) {
                return false;
            }
            try {
                decrypt.init(Cipher.DECRYPT_MODE, receiveKey, parameters(number));
                decrypt.updateAAD(datagram.slice(start, HEADER));
                decrypt.doFinal(datagram.position(start + HEADER), packet);
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
