package org.zosgrid.workloads;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.zosgrid.bpmn.UnavailableException;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.Fault;
import org.zosgrid.contract.ledger.Checkpoint;
import org.zosgrid.contract.ledger.LedgerEntry;
import org.zosgrid.contract.ledger.Tile;
import org.zosgrid.contract.ledger.Witnesses;
import org.zosgrid.model.Ledger;
import org.zosgrid.model.LedgerRecord;
import org.zosgrid.model.TiledSize;
import org.zosgrid.workloads.RefusedException.Kind;
import org.zosgrid.workloads.ledger.TiledLedger;
import org.zosgrid.workloads.trust.Trust;
import org.zosgrid.workloads.view.LedgerLine;
import org.zosgrid.workloads.view.Page;

/** Hands out the ledger: entries, checkpoints and proofs that anybody can verify offline. */
@Stateless
public class ReadLedger {
    @Inject private Ledger ledger;
    @Inject private DecisionLog decisions;
    @Inject private TiledLedger tiles;
    @Inject private Trust trust;

    /** Entries from an index on; at most {@code limit}, 1 to 500. The cursor of the next page is an index. */
    public Page<LedgerLine> entries(long from, int limit) {
        List<LedgerRecord> found = ledger.read(from, limit + 1);
        boolean more = found.size() > limit;
        List<LedgerLine> lines = (more ? found.subList(0, limit) : found).stream().map(ReadLedger::line).toList();
        return new Page<>(lines, more ? Optional.of(Long.toString(from + limit)) : Optional.empty());
    }

    static LedgerLine line(LedgerRecord record) {
        LedgerEntry entry = record.entry();
        return new LedgerLine(record.index(), entry.kind(), entry.name(), entry.version(), entry.digest(), entry.at(), entry.detail(), record.bytes());
    }

    /**
     * The largest checkpoint that as many witnesses signed as the trust root in force demands; if it demands none, or there is no such, one of the whole ledger,
     * signed now. A C2SP signed note.
     *
     * @throws RefusedException UNAVAILABLE
     */
    public String checkpoint() {
        return tiles.published().filter(this::counts).orElseGet(() -> orUnavailable(() -> {
            TiledSize at = tiles.now();
            return new Checkpoint(trust.ledger().origin(), at.size(), at.root()).sign(trust.ledger(), Instant.now());
        }));
    }

    /** Trust roots may have followed since it was signed: with other keys of the ledger, or other witnesses. */
    private boolean counts(String note) {
        Witnesses witnesses = trust.root().witnesses();
        try {
            return witnesses.threshold() > 0 && witnesses.cosigners(note, Checkpoint.verify(note, trust.ledger().verifiers())).size() >= witnesses.threshold();
        } catch (ContractException ofOtherKeys) {
            return false;
        }
    }

    /**
     * A tile's bytes (C2SP tlog-tiles), verified up to the root hash of the ledger.
     *
     * @param path such as {@code tile/0/x001/067} or {@code tile/entries/000.p/3}
     * @throws RefusedException NOT_FOUND if there is no such tile (yet), UNAVAILABLE
     */
    public byte[] tile(String path) {
        Tile tile;
        try {
            tile = Tile.parse(path);
        } catch (ContractException malformed) {
            throw new RefusedException(Kind.NOT_FOUND, "There is no such tile", malformed.faults().getFirst());
        }
        TiledSize at = orUnavailable(tiles::now);
        if (!tile.isWithin(at.size())) {
            throw new RefusedException(Kind.NOT_FOUND, "There is no such tile", new Fault("tile", "must lie within a ledger of " + at.size() + " entries", path));
        }
        return orUnavailable(() -> tiles.read(at, tree -> tree.read(tile)));
    }

    private static <T> T orUnavailable(Supplier<T> work) {
        try {
            return work.get();
        } catch (UnavailableException away) {
            throw new RefusedException(Kind.UNAVAILABLE, "The ledger cannot be read now", new Fault("ledger", String.valueOf(away.getMessage()), ""));
        }
    }

    /**
     * A C2SP tlog-proof of one entry in a checkpoint signed now.
     *
     * @throws RefusedException NOT_FOUND, UNAVAILABLE
     */
    public String proof(long index) {
        long size = ledger.size();
        if (index < 0 || index >= size) {
            throw new RefusedException(Kind.NOT_FOUND, "There is no such entry", new Fault("index", "must lie between 0 and " + (size - 1), Long.toString(index)));
        }
        return orUnavailable(() -> decisions.proof(index));
    }
}
