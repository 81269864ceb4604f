package org.zosgrid.contract.terminal;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.Base64;
import java.util.regex.Pattern;
import javax.crypto.KEM;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.JsonObject;
import org.zosgrid.contract.StrictJson;
import org.zosgrid.contract.document.TerminalRequest;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.envelope.PayloadType;
import org.zosgrid.contract.key.Signer;

/**
 * The node's end of the handshake: what it answers, signed with its own key.
 *
 * @param request digest of the request's envelope
 * @param session name of the session, for whoever carries its frames: 32 hexadecimal digits
 * @param curve X25519 public key, made for this terminal, 32 bytes
 * @param ciphertext of ML-KEM-768, 1088 bytes
 */
public record TerminalAnswer(String request, String node, String session, byte[] curve, byte[] ciphertext) {
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern SESSION = Pattern.compile("[0-9a-f]{32}");
    private static final int CIPHERTEXT_BYTES = 1088;

    public TerminalAnswer {
        if (curve.length != TerminalRequest.CURVE_BYTES) {
            throw new ContractException("curve", "must have " + TerminalRequest.CURVE_BYTES + " bytes", Integer.toString(curve.length));
        }
        if (ciphertext.length != CIPHERTEXT_BYTES) {
            throw new ContractException("ciphertext", "must have " + CIPHERTEXT_BYTES + " bytes", Integer.toString(ciphertext.length));
        }
        curve = curve.clone();
        ciphertext = ciphertext.clone();
    }

    /** @param channel the node's end of the sealed channel */
    public record Given(Envelope envelope, TerminalChannel channel) {}

    /**
     * Answers a request that was found good.
     *
     * @param envelope the request's
     * @throws ContractException if its keys are none
     */
    public static Given to(Envelope envelope, TerminalRequest request, String session, Signer identity) {
        try {
            KeyPair curve = KeyAgreement.generate(KeyAgreement.CURVE);
            KEM.Encapsulated lattice = KEM.getInstance(KeyAgreement.LATTICE).newEncapsulator(KeyAgreement.publicKey(KeyAgreement.LATTICE, request.lattice())).encapsulate();
            byte[] secret = KeyAgreement.agree(curve, request.curve());
            TerminalAnswer answer = new TerminalAnswer(envelope.digest(), request.node(), session, KeyAgreement.bare(curve.getPublic()), lattice.encapsulation());
            Envelope signed = Envelope.sign(PayloadType.TERMINAL_ANSWER, answer.toJson(), identity);
            KeyAgreement.Keys keys = KeyAgreement.derive(secret, lattice.key().getEncoded(), envelope, signed);
            return new Given(signed, new TerminalChannel(keys.fromNode(), keys.toNode()));
        } catch (GeneralSecurityException malformed) {
            throw new ContractException("curve", "is an impossible key, or lattice is one");
        }
    }

    public static TerminalAnswer parse(byte[] payload) {
        JsonObject object = JsonObject.of(payload, "terminal answer");
        String request = object.text("request", 64, DIGEST, "a SHA-256 in 64 lower-case hexadecimal digits");
        String node = object.text("node", 36);
        String session = object.text("session", 32, SESSION, "32 lower-case hexadecimal digits");
        byte[] curve = object.base64("curve", TerminalRequest.CURVE_BYTES);
        byte[] ciphertext = object.base64("ciphertext", CIPHERTEXT_BYTES);
        object.end();
        return new TerminalAnswer(request, node, session, curve, ciphertext);
    }

    byte[] toJson() {
        return StrictJson.bytes(StrictJson.object()
                .put("request", request)
                .put("node", node)
                .put("session", session)
                .put("curve", Base64.getEncoder().encodeToString(curve))
                .put("ciphertext", Base64.getEncoder().encodeToString(ciphertext)));
    }

    @Override
    public byte[] curve() {
        return curve.clone();
    }

    @Override
    public byte[] ciphertext() {
        return ciphertext.clone();
    }
}
