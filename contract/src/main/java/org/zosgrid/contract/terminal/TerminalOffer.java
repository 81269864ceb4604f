package org.zosgrid.contract.terminal;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import javax.crypto.KEM;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.document.TerminalRequest;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.envelope.PayloadType;
import org.zosgrid.contract.key.KeyId;
import org.zosgrid.contract.key.VerificationKey;
import org.zosgrid.contract.trust.TrustRoot;

/** The person's end of the handshake: two key pairs, made for one terminal and forgotten after it. */
public final class TerminalOffer {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final KeyPair curve = KeyAgreement.generate(KeyAgreement.CURVE);
    private final KeyPair lattice = KeyAgreement.generate(KeyAgreement.LATTICE);

    /** The document to be signed by the requester. */
    public TerminalRequest request(String deployment, long version, String machine, String node, String requester, String purpose, Instant now) {
        byte[] nonce = new byte[TerminalRequest.NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        Instant created = now.truncatedTo(ChronoUnit.SECONDS);
        return new TerminalRequest(deployment, version, machine, node, requester, purpose, created, created.plus(TerminalRequest.LONGEST), KeyAgreement.bare(curve.getPublic()),
                KeyAgreement.bare(lattice.getPublic()), nonce);
    }

    /**
     * Checks that the node which was asked, and nobody else, answered this request, and comes to the same keys as it.
     *
     * @param request as it was sent
     * @throws ContractException naming what is not as the trust root and the request have it
     */
    public TerminalChannel accept(Envelope request, Envelope envelope, TrustRoot root) {
        TerminalRequest asked = TerminalRequest.parse(request.payload());
        if (!envelope.payloadType().equals(PayloadType.TERMINAL_ANSWER)) {
            throw new ContractException("payloadType", "must be " + PayloadType.TERMINAL_ANSWER, envelope.payloadType());
        }
        KeyId node = Optional.ofNullable(root.nodes().get(asked.node())).orElseThrow(() -> new ContractException("node", "must be one of the trust root's nodes", asked.node())).key();
        if (!envelope.verifiedBy(id -> id.equals(node) ? root.key(id) : Optional.<VerificationKey>empty()).contains(node)) {
            throw new ContractException("signatures", "must be by the key of " + asked.node() + " in the trust root's version " + root.version());
        }
        TerminalAnswer answer = TerminalAnswer.parse(envelope.payload());
        if (!answer.request().equals(request.digest())) {
            throw new ContractException("request", "must be the digest of what was asked, " + request.digest(), answer.request());
        }
        if (!answer.node().equals(asked.node())) {
            throw new ContractException("node", "must be the node that was asked, " + asked.node(), answer.node());
        }
        try {
            byte[] shared = KEM.getInstance(KeyAgreement.LATTICE).newDecapsulator(lattice.getPrivate()).decapsulate(answer.ciphertext()).getEncoded();
            KeyAgreement.Keys keys = KeyAgreement.derive(KeyAgreement.agree(curve, answer.curve()), shared, request, envelope);
            return new TerminalChannel(keys.toNode(), keys.fromNode());
        } catch (GeneralSecurityException malformed) {
            throw new ContractException("curve", "is an impossible key, or ciphertext an impossible one");
        }
    }
}
