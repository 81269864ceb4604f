package org.zosgrid.node.planetary;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * Proof that somebody receives what is sent to their address, without remembering anything about them: a MAC of the address and of the minute, under a
 * key that only this process knows. Who shows no cookie gets no memory and no signature.
 */
final class Cookies {
    static final int BYTES = 16;
    /** A cookie is good for one to two of these. */
    static final Duration PERIOD = Duration.ofMinutes(1);

    private final SecretKey secret = new SecretKeySpec(Handshake.random(32), "HmacSHA256");

    byte[] issue(InetSocketAddress endpoint, long nanos) {
        return mac(endpoint, Math.floorDiv(nanos, PERIOD.toNanos()));
    }

    boolean valid(byte[] cookie, InetSocketAddress endpoint, long nanos) {
        long period = Math.floorDiv(nanos, PERIOD.toNanos());
        return MessageDigest.isEqual(cookie, mac(endpoint, period)) || MessageDigest.isEqual(cookie, mac(endpoint, period - 1));
    }

    private byte[] mac(InetSocketAddress endpoint, long period) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(secret);
            mac.update(ByteBuffer.allocate(12).putLong(period).putInt(endpoint.getPort()).flip());
            return Arrays.copyOf(mac.doFinal(endpoint.getAddress().getAddress()), BYTES);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
