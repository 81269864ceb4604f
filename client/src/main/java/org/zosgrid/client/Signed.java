package org.zosgrid.client;

import java.util.Base64;
import org.zosgrid.client.rest.model.Approval;
import org.zosgrid.client.rest.model.Envelope;
import org.zosgrid.client.rest.model.Version;
import org.zosgrid.contract.envelope.Signature;

/** What was signed, in the form in which calls carry it, and back. The bytes that signatures cover are the same on both sides. */
public final class Signed {
    private Signed() {}

    /** A document to submit. */
    public static Envelope envelope(org.zosgrid.contract.envelope.Envelope signed) {
        return new Envelope().payloadType(signed.payloadType()).payload(base64(signed.payload())).signatures(signed.signatures().stream().map(Signed::approval).toList());
    }

    /** One person's signature under a document that is open for approval. */
    public static Approval approval(Signature signature) {
        return new Approval().keyid(signature.keyId().hex()).sig(base64(signature.bytes()));
    }

    /**
     * What the control plane says was signed, to be read and checked here.
     *
     * @throws org.zosgrid.contract.ContractException when it is no envelope
     * @throws IllegalArgumentException when it is no base64
     */
    public static org.zosgrid.contract.envelope.Envelope envelope(Version shown) {
        return org.zosgrid.contract.envelope.Envelope.parse(Base64.getDecoder().decode(shown.getEnvelope()));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
