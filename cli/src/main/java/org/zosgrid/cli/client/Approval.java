package org.zosgrid.cli.client;

import org.zosgrid.cli.CliException;
import org.zosgrid.contract.document.ChangeDocument;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.envelope.Signature;
import org.zosgrid.contract.key.Signer;

/**
 * An approval that is about to be given: the very bytes the requester signed, and the document that stands in them.
 *
 * @param document read from the envelope itself, not from what the control plane says of it
 */
public record Approval(Envelope envelope, ChangeDocument document) {

    /** Fetches what is to be approved; a control plane that hands out another document than it was asked for is found out here. */
    public static Approval of(ControlPlane controlPlane, String name, long version) {
        Envelope envelope = controlPlane.show(name, version).envelope();
        ChangeDocument document = ChangeDocument.parse(envelope.payloadType(), envelope.payload());
        if (!document.name().equals(name) || document.version() != version) {
            throw new CliException("the control plane handed out '" + document.name() + "' version " + document.version() + " instead of '" + name
                    + "' version " + version + "; nothing was signed");
        }
        return new Approval(envelope, document);
    }

    public Signature sign(Signer approver) {
        return envelope.signatureBy(approver);
    }

    /** Signs the same bytes and hands the signature in. */
    public DeploymentVersion give(ControlPlane controlPlane, Signer approver) {
        return controlPlane.approve(document.name(), document.version(), sign(approver));
    }
}
