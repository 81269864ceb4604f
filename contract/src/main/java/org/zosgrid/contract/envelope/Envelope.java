package org.zosgrid.contract.envelope;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.zosgrid.contract.Digests;
import org.zosgrid.contract.JsonObject;
import org.zosgrid.contract.StrictJson;
import org.zosgrid.contract.key.KeyId;
import org.zosgrid.contract.key.Signer;
import org.zosgrid.contract.key.VerificationKey;

/**
 * A DSSE envelope: a payload, what kind of thing it is, and any number of signatures over both.
 *
 * <p>What is signed is DSSE's pre-authentication encoding, so the payload is never serialised again and nothing can move between its fields.
 *
 * @param payloadType one of {@link PayloadType}'s media types
 * @param payload the signed bytes
 * @param signatures at most {@value #MAX_SIGNATURES}, in the order they were added
 */
public record Envelope(String payloadType, byte[] payload, List<Signature> signatures) {
    /** More signatures than anybody needs; the bound on the work a stranger's envelope can cause. */
    public static final int MAX_SIGNATURES = 64;

    private static final int MAX_SIGNATURE_BYTES = 8192;
    private static final int MAX_PAYLOAD = 1 << 20;
    private static final int MAX_TYPE = 200;
    private static final Pattern ENCODED = Pattern.compile("DSSEv1 ([0-9]{1,3}) ([!-~]{1," + MAX_TYPE + "}) [0-9]{1,7} ");

    public Envelope {
        payload = payload.clone();
        signatures = List.copyOf(signatures);
    }

    @Override
    public byte[] payload() {
        return payload.clone();
    }

    /** Reads an envelope's JSON form: {@code payloadType}, {@code payload} and {@code signatures[keyid, sig]}, both in base64. */
    public static Envelope parse(byte[] json) {
        JsonObject object = JsonObject.of(json, "envelope");
        String payloadType = object.text("payloadType", MAX_TYPE);
        byte[] payload = object.base64("payload", MAX_PAYLOAD);
        List<Signature> signatures = object.objects("signatures", MAX_SIGNATURES, each -> new Signature(
                each.value("keyid", 64, KeyId::new, new KeyId("0".repeat(64))), each.base64("sig", MAX_SIGNATURE_BYTES)));
        object.end();
        return new Envelope(payloadType, payload, signatures);
    }

    public byte[] toJson() {
        ObjectNode object = StrictJson.object().put("payloadType", payloadType).put("payload", Base64.getEncoder().encodeToString(payload));
        ArrayNode list = object.putArray("signatures");
        for (Signature signature : signatures) {
            list.addObject().put("keyid", signature.keyId().hex()).put("sig", Base64.getEncoder().encodeToString(signature.bytes()));
        }
        return StrictJson.bytes(object);
    }

    /** Makes an envelope and signs it with each signer. */
    public static Envelope sign(String payloadType, byte[] payload, Signer... signers) {
        Envelope envelope = new Envelope(payloadType, payload, List.of());
        for (Signer signer : signers) {
            envelope = envelope.with(envelope.signatureBy(signer));
        }
        return envelope;
    }

    /** The same envelope with one more signature; a signature by the same key is replaced. */
    public Envelope with(Signature signature) {
        List<Signature> all = new ArrayList<>(signatures);
        all.removeIf(each -> each.keyId().equals(signature.keyId()));
        all.add(signature);
        return new Envelope(payloadType, payload, all);
    }

    /** A signature over this envelope's bytes, without adding it. */
    public Signature signatureBy(Signer signer) {
        return new Signature(signer.id(), signer.sign(preAuthenticationEncoding(payloadType, payload)));
    }

    /** {@code "DSSEv1" SP LEN(type) SP type SP LEN(payload) SP payload}: what a signature covers. */
    public static byte[] preAuthenticationEncoding(String payloadType, byte[] payload) {
        byte[] type = payloadType.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(payload.length + type.length + 40);
        bytes.writeBytes(("DSSEv1 " + type.length + " ").getBytes(StandardCharsets.US_ASCII));
        bytes.writeBytes(type);
        bytes.writeBytes((" " + payload.length + " ").getBytes(StandardCharsets.US_ASCII));
        bytes.writeBytes(payload);
        return bytes.toByteArray();
    }

    /** Reads what a signature covers back into an envelope without signatures; empty if it is nothing that {@link #preAuthenticationEncoding} makes. */
    public static Optional<Envelope> ofPreAuthenticationEncoding(byte[] signed) {
        Matcher match = ENCODED.matcher(new String(signed, 0, Math.min(signed.length, MAX_TYPE + 64), StandardCharsets.ISO_8859_1));
        if (!match.lookingAt()) {
            return Optional.empty();
        }
        String type = match.group(2);
        Envelope envelope = new Envelope(type, Arrays.copyOfRange(signed, match.end(), signed.length), List.of());
        return Arrays.equals(preAuthenticationEncoding(type, envelope.payload), signed) ? Optional.of(envelope) : Optional.empty();
    }

    /**
     * The keys whose signature verifies. A key id that {@code keys} does not know costs nothing; a key is verified at most once, so a thousand
     * signatures by one key are one verification.
     */
    public Set<KeyId> verifiedBy(Function<KeyId, Optional<VerificationKey>> keys) {
        byte[] signed = preAuthenticationEncoding(payloadType, payload);
        Set<KeyId> seen = new LinkedHashSet<>();
        Set<KeyId> verified = new LinkedHashSet<>();
        for (Signature signature : signatures) {
            if (seen.add(signature.keyId())) {
                keys.apply(signature.keyId())
                        .filter(key -> key.verify(signed, signature.bytes()))
                        .ifPresent(key -> verified.add(signature.keyId()));
            }
        }
        return verified;
    }

    /** SHA-256 over what is signed, in hex: names these bytes, however many signatures they carry. */
    public String digest() {
        return Digests.sha256Hex(preAuthenticationEncoding(payloadType, payload));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Envelope that
                && payloadType.equals(that.payloadType)
                && Arrays.equals(payload, that.payload)
                && signatures.equals(that.signatures);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(payload);
    }
}
