package org.zosgrid.cli.demo;

import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.ledger.Checkpoint;
import org.zosgrid.contract.ledger.Consistency;
import org.zosgrid.contract.ledger.LedgerEntry;
import org.zosgrid.contract.ledger.LedgerKey;
import org.zosgrid.contract.ledger.MerkleTree;
import org.zosgrid.contract.ledger.SealedContract;
import org.zosgrid.node.api.CheckpointRequest;

/**
 * A ledger outside the control plane, signed with its true keys: what whoever holds them can make. A contract is sealed with the proof that it stands in it.
 * What is missing are witnesses' lines, which are made with keys that no control plane holds.
 */
final class Notary {
    private final LedgerKey key;
    private final MerkleTree tree = new MerkleTree();

    Notary(LedgerKey key) {
        this.key = key;
    }

    /** Seals an envelope: what a node gets to see. */
    byte[] seal(Envelope envelope, String name, long version) {
        return seal(envelope, name, version, note -> "");
    }

    /** Seals an envelope in a checkpoint with a witness's lines, which {@code cosign} makes for the note. */
    byte[] seal(Envelope envelope, String name, long version, UnaryOperator<String> cosign) {
        byte[] entry = new LedgerEntry(LedgerEntry.SEALED, name, version, envelope.digest(), Instant.now(), envelope.signatures().size() + " signatures").toJson();
        long index = tree.append(entry);
        String note = Checkpoint.of(tree, key).sign(key, Instant.now());
        return SealedContract.of(envelope, entry, index, tree, note + cosign.apply(note), List.of()).toJson();
    }

    /** Asks for a witness's lines under this ledger, as long as it takes to lie above where the witness stands. */
    CheckpointRequest request(long stands) {
        while (tree.size() <= stands) {
            tree.append(new byte[0]);
        }
        return new CheckpointRequest(Checkpoint.of(tree, key).sign(key, Instant.now()), stands, Consistency.between(tree, stands, tree.size()).hashes());
    }
}
