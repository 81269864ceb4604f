package org.zosgrid.workloads.ledger;

import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.zosgrid.bpmn.UnavailableException;
import org.zosgrid.connector.zdb.ZdbConnectionFactory;
import org.zosgrid.contract.ledger.DamagedTileException;
import org.zosgrid.contract.ledger.Tile;
import org.zosgrid.contract.ledger.TiledTree;
import org.zosgrid.model.LedgerTiles;
import org.zosgrid.model.TiledSize;
import org.zosgrid.workloads.engine.OwnTransaction;

/**
 * The ledger's tree, and where it stands. Everything here happens in transactions of its own, so that only what is committed, whoever asks, comes into tiles and
 * into checkpoints: an entry that the caller has appended and not committed does not count.
 */
@ApplicationScoped
public class TiledLedger {
    private static final Logger LOG = Logger.getLogger(TiledLedger.class.getName());
    private static final int NAMED = 20;

    @Resource(lookup = "zos/zdb")
    private ZdbConnectionFactory stores;

    @Inject private LedgerTiles tiles;
    @EJB private OwnTransaction own;

    /**
     * Brings every committed entry into tiles; returns where the ledger stands then.
     *
     * @throws UnavailableException if the store is away, or does not keep what it is given
     */
    public TiledSize now() {
        return mended(() -> alone(() -> tiles.integrate(store())));
    }

    /**
     * Does something with the tree of a size. The work may be done twice, the second time after tiles were mended.
     *
     * @throws UnavailableException if the store is away, or does not keep what it is given
     */
    public <T> T read(TiledSize at, Function<TiledTree, T> work) {
        return mended(() -> work.apply(TiledTree.open(store(), at.size(), at.root())));
    }

    /** Remembers a checkpoint that enough witnesses signed. */
    public void publish(TiledSize at, String note) {
        alone(() -> {
            tiles.publish(at.size(), note);
            return at;
        });
    }

    /** The largest checkpoint that enough witnesses signed when it was new. */
    public Optional<String> published() {
        return tiles.published();
    }

    private <T> T mended(Supplier<T> work) {
        try {
            return work.get();
        } catch (DamagedTileException damaged) {
            LOG.log(Level.WARNING, "the ledger''s store is damaged; its tiles are compared with the entries: {0}", damaged.getMessage());
        }
        Collection<Tile> made = alone(() -> tiles.repair(store()));
        LOG.log(Level.WARNING, "tiles of the ledger that were made again from the entries: {0}", named(made));
        try {
            return work.get();
        } catch (DamagedTileException still) {
            throw new UnavailableException("the ledger's store does not keep what it is given: " + still.getMessage());
        }
    }

    private static String named(Collection<Tile> tiles) {
        return tiles.size() + " (" + tiles.stream().limit(NAMED).map(Tile::path).collect(Collectors.joining(", ")) + (tiles.size() > NAMED ? ", …)" : ")");
    }

    private <T> T alone(Supplier<T> work) {
        OwnTransaction.Result<T> result = own.call(work::get);
        @Nullable T value = result.value();
        if (result.failure() != null) {
            throw result.failure();
        }
        if (value == null) {
            throw new IllegalStateException("the work has no result");
        }
        return value;
    }

    private ZdbTiles store() {
        return new ZdbTiles(stores);
    }
}
