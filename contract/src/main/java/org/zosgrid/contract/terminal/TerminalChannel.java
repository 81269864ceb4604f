package org.zosgrid.contract.terminal;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.zosgrid.contract.ContractException;

/**
 * One end of what is said in a terminal: AES-256-GCM with a key for each direction. A frame is its sequence number in 8 bytes, from 0, and the sealed message; the
 * number is the nonce, so no frame is taken twice, out of order or after a gap. One frame that is not as it must be, and this end opens none any more.
 * Safe for use by many threads.
 */
public final class TerminalChannel {
    /** The longest message that is sealed, in bytes. */
    public static final int MAX_MESSAGE = 16 << 10;

    private static final int SEQUENCE_BYTES = 8;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;
    /** The longest frame, in bytes. */
    public static final int MAX_FRAME = SEQUENCE_BYTES + MAX_MESSAGE + TAG_BYTES;

    private final SecretKeySpec sending;
    private final SecretKeySpec receiving;
    private long sent;
    private long received;
    private boolean broken;

    TerminalChannel(byte[] sending, byte[] receiving) {
        this.sending = new SecretKeySpec(sending, "AES");
        this.receiving = new SecretKeySpec(receiving, "AES");
    }

    public synchronized byte[] seal(TerminalMessage message) {
        byte[] plain = message.toBytes();
        if (plain.length > MAX_MESSAGE) {
            throw new IllegalArgumentException("a message must not be longer than " + MAX_MESSAGE + " bytes (is: " + plain.length + ")");
        }
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, sending, sent).doFinal(plain);
            return ByteBuffer.allocate(SEQUENCE_BYTES + sealed.length).putLong(sent++).put(sealed).array();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** @throws ContractException if it is not the next frame of the other end, unchanged, or if an earlier one was not */
    public synchronized TerminalMessage open(byte[] frame) {
        if (broken) {
            throw new ContractException("frame", "follows one that was refused");
        }
        broken = true;
        if (frame.length < SEQUENCE_BYTES + TAG_BYTES || frame.length > MAX_FRAME) {
            throw new ContractException("frame", "must have " + (SEQUENCE_BYTES + TAG_BYTES) + " to " + MAX_FRAME + " bytes", Integer.toString(frame.length));
        }
        long sequence = ByteBuffer.wrap(frame).getLong();
        if (sequence != received) {
            throw new ContractException("frame", "must be number " + received + ": one is missing, or came twice", Long.toString(sequence));
        }
        TerminalMessage message;
        try {
            message = TerminalMessage.of(cipher(Cipher.DECRYPT_MODE, receiving, sequence).doFinal(Arrays.copyOfRange(frame, SEQUENCE_BYTES, frame.length)));
        } catch (GeneralSecurityException changed) {
            throw new ContractException("frame", "was not sealed by the other end, or was changed on its way");
        }
        received++;
        broken = false;
        return message;
    }

    private static Cipher cipher(int mode, SecretKeySpec key, long sequence) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(8 * TAG_BYTES, ByteBuffer.allocate(NONCE_BYTES).putInt(0).putLong(sequence).array()));
        return cipher;
    }
}
