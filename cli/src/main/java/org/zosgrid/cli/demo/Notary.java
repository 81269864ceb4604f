package org.zosgrid.cli.demo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.ledger.LedgerEntry;
import org.zosgrid.contract.ledger.LedgerKey;
import org.zosgrid.contract.ledger.MerkleTree;
import org.zosgrid.contract.ledger.SealedContract;
import org.zosgrid.contract.ledger.TlogProof;

/** Keeps the ledger of the demonstration: every decision is an entry, and a contract is sealed with the proof that it is one of them. */
final class Notary {
    private final LedgerKey key;
    private final MerkleTree tree = new MerkleTree();
    private final List<LedgerEntry> entries = new ArrayList<>();

    Notary(LedgerKey key) {
        this.key = key;
    }

    /** Appends a decision to the ledger; returns its index. */
    long record(String kind, String name, long version, String digest, String detail) {
        LedgerEntry entry = new LedgerEntry(kind, name, version, digest, Instant.now(), detail);
        entries.add(entry);
        return tree.append(entry.toJson());
    }

    /** Seals an envelope: what a node gets to see. */
    byte[] seal(Envelope envelope, String name, long version) {
        long index = record(LedgerEntry.SEALED, name, version, envelope.digest(), envelope.signatures().size() + " signatures");
        byte[] entry = entries.get((int) index).toJson();
        return new SealedContract(envelope.toJson(), entry, TlogProof.of(tree, index, key, Instant.now()).toText()).toJson();
    }

    List<LedgerEntry> entries() {
        return List.copyOf(entries);
    }
}
