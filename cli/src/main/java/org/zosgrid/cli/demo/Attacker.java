package org.zosgrid.cli.demo;

import java.nio.charset.StandardCharsets;
import org.zosgrid.contract.envelope.Envelope;

/**
 * Somebody who has taken the whole control plane: its certificate for the nodes' logs and the ledger's private keys (a {@link Notary} of their own
 * seals whatever they like). What the attacker does not have is two approvers' keys.
 */
final class Attacker {
    private Attacker() {}

    /** Flips one byte of a payload that was approved: the memory of 64 MiB becomes 65. */
    static Envelope tampered(Envelope approved) {
        byte[] payload = approved.payload();
        int at = new String(payload, StandardCharsets.ISO_8859_1).indexOf("64MiB");
        payload[at + 1] = '5';
        return new Envelope(approved.payloadType(), payload, approved.signatures());
    }
}
