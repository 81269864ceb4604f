package org.zosgrid.workloads.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.zosgrid.contract.ContractException;

/** What subscriber and control plane share, and how a message is signed with it: the Standard Webhooks specification, version 1.0, with HMAC-SHA-256. */
final class WebhookSecret {
    private static final String PREFIX = "whsec_";
    private static final int LEAST = 24;
    private static final int MOST = 64;
    private static final int MADE = 32;

    private final byte[] key;

    private WebhookSecret(byte[] key) {
        this.key = key.clone();
    }

    static WebhookSecret generate() {
        byte[] key = new byte[MADE];
        new SecureRandom().nextBytes(key);
        return new WebhookSecret(key);
    }

    static WebhookSecret of(byte[] key) {
        return new WebhookSecret(key);
    }

    /**
     * @param text {@code whsec_} and the key's base64
     * @throws ContractException if it is none, or has not 24 to 64 bytes; the text is not in the message
     */
    static WebhookSecret parse(String field, String text) {
        try {
            byte[] key = Base64.getDecoder().decode(text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : "");
            if (key.length >= LEAST && key.length <= MOST) {
                return new WebhookSecret(key);
            }
        } catch (IllegalArgumentException notBase64) {
            // told below, without its content
        }
        throw new ContractException(field, "must hold " + PREFIX + " and the base64 of " + LEAST + " to " + MOST + " bytes", text.length() + " characters that are something else");
    }

    byte[] key() {
        return key.clone();
    }

    /** As it is shown once. */
    String text() {
        return PREFIX + Base64.getEncoder().encodeToString(key);
    }

    /** The headers that prove who sent a message, and when: a receiver refuses what is older than its patience. */
    Map<String, String> sign(String id, Instant now, byte[] body) {
        String timestamp = Long.toString(now.getEpochSecond());
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
            return Map.of("webhook-id", id, "webhook-timestamp", timestamp, "webhook-signature", "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has HmacSHA256", impossible);
        }
    }
}
