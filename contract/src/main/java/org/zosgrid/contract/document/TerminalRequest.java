package org.zosgrid.contract.document;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.JsonObject;
import org.zosgrid.contract.StrictJson;

/**
 * A person asks a node for a terminal into a machine. What the person signs is this document, so it holds the keys under which the two then talk: nobody in between
 * can put in keys of their own.
 *
 * @param deployment name of the deployment
 * @param version that runs; a terminal lives no longer than it
 * @param node that is asked
 * @param requester who signs
 * @param purpose why, for the node's log and the ledger
 * @param expires at most {@link #LONGEST} after {@code created}
 * @param curve X25519 public key, made for this terminal, 32 bytes
 * @param lattice ML-KEM-768 encapsulation key, made for this terminal, 1184 bytes
 * @param nonce 32 random bytes; a node takes each once
 */
public record TerminalRequest(
        String deployment, long version, String machine, String node, String requester, String purpose, Instant created, Instant expires, byte[] curve, byte[] lattice, byte[] nonce) {
    /** How long a request may be good for: nobody has to think of an old one. */
    public static final Duration LONGEST = Duration.ofMinutes(1);

    public static final int CURVE_BYTES = 32;
    public static final int LATTICE_BYTES = 1184;
    public static final int NONCE_BYTES = 32;

    private static final int MAX_PURPOSE = 200;

    public TerminalRequest {
        Names.check("deployment", deployment);
        Names.check("machine", machine);
        Names.check("node", node);
        Names.check("requester", requester);
        if (purpose.isBlank() || purpose.length() > MAX_PURPOSE || purpose.chars().anyMatch(Character::isISOControl)) {
            throw new ContractException("purpose", "must be 1 to " + MAX_PURPOSE + " characters without control characters", purpose);
        }
        if (!expires.isAfter(created) || Duration.between(created, expires).compareTo(LONGEST) > 0) {
            throw new ContractException("expires", "must be after created, by at most " + LONGEST.toSeconds() + " s", expires.toString());
        }
        curve = exactly("curve", curve, CURVE_BYTES);
        lattice = exactly("lattice", lattice, LATTICE_BYTES);
        nonce = exactly("nonce", nonce, NONCE_BYTES);
    }

    private static byte[] exactly(String field, byte[] bytes, int length) {
        if (bytes.length != length) {
            throw new ContractException(field, "must have " + length + " bytes", Integer.toString(bytes.length));
        }
        return bytes.clone();
    }

    public static TerminalRequest parse(byte[] payload) {
        JsonObject object = JsonObject.of(payload, "terminal request");
        String deployment = object.text("deployment", Names.MAX, Names.NAME, Names.FORM);
        long version = object.number("version", 1, Long.MAX_VALUE);
        String machine = object.text("machine", Names.MAX, Names.NAME, Names.FORM);
        String node = object.text("node", Names.MAX, Names.NAME, Names.FORM);
        String requester = object.text("requester", Names.MAX, Names.NAME, Names.FORM);
        String purpose = object.text("purpose", MAX_PURPOSE);
        Instant created = object.instant("created");
        Instant expires = object.instant("expires");
        byte[] curve = object.base64("curve", CURVE_BYTES);
        byte[] lattice = object.base64("lattice", LATTICE_BYTES);
        byte[] nonce = object.base64("nonce", NONCE_BYTES);
        object.end();
        return new TerminalRequest(deployment, version, machine, node, requester, purpose, created, expires, curve, lattice, nonce);
    }

    public byte[] toJson() {
        return StrictJson.bytes(StrictJson.object()
                .put("deployment", deployment)
                .put("version", version)
                .put("machine", machine)
                .put("node", node)
                .put("requester", requester)
                .put("purpose", purpose)
                .put("created", created.toString())
                .put("expires", expires.toString())
                .put("curve", Base64.getEncoder().encodeToString(curve))
                .put("lattice", Base64.getEncoder().encodeToString(lattice))
                .put("nonce", Base64.getEncoder().encodeToString(nonce)));
    }

    @Override
    public byte[] curve() {
        return curve.clone();
    }

    @Override
    public byte[] lattice() {
        return lattice.clone();
    }

    @Override
    public byte[] nonce() {
        return nonce.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TerminalRequest that && Arrays.equals(toJson(), that.toJson());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(nonce);
    }
}
