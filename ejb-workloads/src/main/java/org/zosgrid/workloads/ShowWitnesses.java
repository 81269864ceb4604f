package org.zosgrid.workloads;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.Set;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.ledger.Checkpoint;
import org.zosgrid.contract.ledger.Witnesses;
import org.zosgrid.model.Ledger;
import org.zosgrid.model.NodeReceipts;
import org.zosgrid.workloads.ledger.TiledLedger;
import org.zosgrid.workloads.trust.Trust;
import org.zosgrid.workloads.view.WitnessesView;

/** Tells which witnesses signed the published checkpoint, and how far each is behind. */
@Stateless
public class ShowWitnesses {
    @Inject private Ledger ledger;
    @Inject private TiledLedger tiles;
    @Inject private NodeReceipts receipts;
    @Inject private Trust trust;

    public WitnessesView show() {
        Witnesses witnesses = trust.root().witnesses();
        Optional<String> note = tiles.published();
        Optional<Checkpoint> published = note.flatMap(this::verified);
        Set<String> signed = published.map(checkpoint -> witnesses.cosigners(note.orElseThrow(), checkpoint)).orElse(Set.of());
        return new WitnessesView(ledger.size(), published.map(Checkpoint::size), witnesses.threshold(),
                witnesses.keys().keySet().stream().map(name -> new WitnessesView.Witness(name, signed.contains(name), receipts.ledgerSize(name))).toList());
    }

    /** Empty if trust roots with other keys of the ledger have followed since it was signed. */
    private Optional<Checkpoint> verified(String note) {
        try {
            return Optional.of(Checkpoint.verify(note, trust.ledger().verifiers()));
        } catch (ContractException ofOtherKeys) {
            return Optional.empty();
        }
    }
}
