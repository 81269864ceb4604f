package org.zosgrid.cli.demo;

import java.time.Instant;
import org.zosgrid.cli.stage.Cast;
import org.zosgrid.contract.document.ChangeDocument;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.ledger.LedgerEntry;
import org.zosgrid.contract.ledger.MerkleTree;
import org.zosgrid.contract.ledger.SealedContract;
import org.zosgrid.contract.ledger.TlogProof;

/**
 * Somebody who has taken the whole control plane: its certificate for the nodes' logs, its database, and the ledger's private keys. What the
 * attacker does not have is two approvers' keys.
 */
final class Attacker {
    private final Cast cast;

    Attacker(Cast cast) {
        this.cast = cast;
    }

    /** Seals any envelope with a proof that verifies: the ledger's own key signs the checkpoint. */
    byte[] seal(Envelope envelope, ChangeDocument claimed) {
        byte[] entry = new LedgerEntry("sealed", claimed.name(), claimed.version(), envelope.digest(), Instant.now(), "").toJson();
        MerkleTree tree = new MerkleTree();
        tree.append(entry);
        String proof = TlogProof.of(tree, 0, cast.ledger(), Instant.now()).toText();
        return new SealedContract(envelope.toJson(), entry, proof).toJson();
    }

    /** Flips one byte of a payload that was approved: the memory of 64 MiB becomes 65. */
    static Envelope tampered(Envelope approved) {
        byte[] payload = approved.payload().clone();
        int at = new String(payload, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("64MiB");
        payload[at + 1] = '5';
        return new Envelope(approved.payloadType(), payload, approved.signatures());
    }

}
