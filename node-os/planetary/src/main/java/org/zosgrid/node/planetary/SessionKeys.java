package org.zosgrid.node.planetary;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * One agreed session: a key for each direction, a counter, a replay window. A packet is type, the receiver's session number, counter, ciphertext and
 * tag; everything before the ciphertext is authenticated with it.
 */
final class SessionKeys {
    static final byte TYPE = 2;
    static final int HEADER = 13;
    static final int OVERHEAD = HEADER + 16;
    /** Far below what AES-GCM allows under one key. */
    static final long MAX_PACKETS = 1L << 32;

    private final int localId;
    private final int remoteId;
    private final SecretKey sendKey;
    private final SecretKey receiveKey;
    private final Cipher encrypt;
    private final Cipher decrypt;
    private final ReplayWindow window = new ReplayWindow();
    private long counter;

    SessionKeys(int localId, int remoteId, byte[] sendKey, byte[] receiveKey) {
        this.localId = localId;
        this.remoteId = remoteId;
        this.sendKey = new SecretKeySpec(sendKey, "AES");
        this.receiveKey = new SecretKeySpec(receiveKey, "AES");
        try {
            this.encrypt = Cipher.getInstance("AES/GCM/NoPadding");
            this.decrypt = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    int localId() {
        return localId;
    }

    synchronized boolean exhausted() {
        return counter >= MAX_PACKETS;
    }

    /** Encrypts a packet (empty for a keep-alive) into a datagram. */
    synchronized void seal(ByteBuffer packet, ByteBuffer datagram) {
        try {
            long number = counter++;
            int start = datagram.position();
            datagram.put(TYPE).putInt(remoteId).putLong(number);
            encrypt.init(Cipher.ENCRYPT_MODE, sendKey, new GCMParameterSpec(128, nonce(number)));
            encrypt.updateAAD(datagram.duplicate().position(start).limit(start + HEADER));
            encrypt.doFinal(packet, datagram);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Decrypts a datagram; false if it is forged, damaged or was seen before. */
    synchronized boolean open(ByteBuffer datagram, ByteBuffer packet) {
        if (datagram.remaining() < OVERHEAD) {
            return false;
        }
        int start = datagram.position();
        long number = datagram.getLong(start + 5);
        try {
            decrypt.init(Cipher.DECRYPT_MODE, receiveKey, new GCMParameterSpec(128, nonce(number)));
            decrypt.updateAAD(datagram.duplicate().position(start).limit(start + HEADER));
            decrypt.doFinal(datagram.position(start + HEADER), packet);
            return window.accept(number);
        } catch (AEADBadTagException forged) {
            return false;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] nonce(long number) {
        return ByteBuffer.allocate(12).putInt(0).putLong(number).array();
    }
}
