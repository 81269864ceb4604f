package org.zosgrid.model;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.zosgrid.contract.ledger.DamagedTileException;
import org.zosgrid.contract.ledger.Tile;
import org.zosgrid.contract.ledger.TileAppender;
import org.zosgrid.contract.ledger.TileStore;
import org.zosgrid.contract.ledger.TiledTree;

/**
 * Brings committed entries into tiles, in their order. The entries here are the outbox: written in the transaction of what they record, they are brought into
 * the store of tiles later, by one writer at a time, and the size that was reached is written down last. A writer that dies at any point leaves tiles that
 * nobody looks at yet; the next one makes the same again.
 *
 * <p>Both methods need a transaction of their own: one that sees what others committed and nothing of its caller's, and that ends, and frees the lock, at once.
 */
@ApplicationScoped
public class LedgerTiles {
    /** Entries between two writes: a whole number of tiles, so that catching up writes most tiles once. */
    private static final int PAGE = 4 * Tile.WIDTH;

    @PersistenceContext(unitName = "zos")
    private EntityManager entities;

    protected LedgerTiles() {}

    LedgerTiles(EntityManager entities) {
        this.entities = entities;
    }

    /**
     * Brings every committed entry into tiles; returns where the ledger stands then.
     *
     * @throws DamagedTileException if what is in the store is not what was put there; {@link #repair} helps
     */
    public TiledSize integrate(TileStore store) {
        TiledSize before = entities.find(LedgerHead.class, LedgerHead.ID).tiled();
        long committed = new Ledger(entities).size();
        if (before.size() == committed) {
            return before;
        }
        LedgerHead head = lock();
        TileAppender appender = new TileAppender(TiledTree.open(store, head.tiled().size(), head.tiled().root()));
        while (append(appender, committed)) {
            store.write(appender.changed());
        }
        if (appender.size() > head.tiled().size()) {
            head.advance(new TiledSize(appender.size(), appender.root()));
        }
        return head.tiled();
    }

    /**
     * Compares every tile with the entries and makes those again that are not right; returns them. Reads the whole ledger, twice: nothing is written before it is
     * known that the entries still lead to the root hash.
     *
     * @throws IllegalStateException if they do not: then they were changed in the database, and no tile may follow them
     */
    public Collection<Tile> repair(TileStore store) {
        TiledSize head = lock().tiled();
        TileAppender reference = new TileAppender();
        while (append(reference, head.size())) {
            reference.changed();
        }
        if (reference.size() != head.size() || !Arrays.equals(reference.root(), head.root())) {
            throw new IllegalStateException("the entries in the database do not lead to the ledger's root hash at size " + head.size() + " (there are: " + reference.size()
                    + "); they were changed, and the ledger's tiles are not made from them");
        }
        SortedSet<Tile> wrong = new TreeSet<>();
        TileAppender again = new TileAppender();
        while (append(again, head.size())) {
            SortedMap<Tile, byte[]> right = new TreeMap<>();
            again.changed().forEach((tile, bytes) -> {
                if (!holds(store.read(tile), bytes)) {
                    right.put(tile, bytes);
                    wrong.add(Tile.of(tile.level(), tile.number(), head.size()));
                }
            });
            store.write(right);
        }
        return wrong;
    }

    /** A tile only grows: what is there may be wider. */
    private static boolean holds(Optional<byte[]> stored, byte[] right) {
        return stored.filter(bytes -> bytes.length >= right.length && Arrays.equals(bytes, 0, right.length, right, 0, right.length)).isPresent();
    }

    /** Appends the next entries below a size, up to the end of a page; false if there are none. */
    private boolean append(TileAppender appender, long size) {
        int limit = (int) Math.min(PAGE - appender.size() % PAGE, size - appender.size());
        if (limit <= 0) {
            return false;
        }
        List<Object[]> page = entities.createQuery("select index, entry from LedgerRecord where index >= :from order by index", Object[].class)
                .setParameter("from", appender.size()).setMaxResults(limit).getResultList();
        for (Object[] record : page) {
            if ((long) record[0] != appender.size()) {
                throw new IllegalStateException("the ledger has no entry at " + appender.size() + " (next is: " + record[0] + ")");
            }
            appender.append((byte[]) record[1]);
        }
        return !page.isEmpty();
    }

    private LedgerHead lock() {
        LedgerHead head = entities.find(LedgerHead.class, LedgerHead.ID);
        // Somebody may have brought it forward while we waited.
        entities.refresh(head, LockModeType.PESSIMISTIC_WRITE);
        return head;
    }

    /** Remembers a checkpoint that enough witnesses signed, unless a larger one is known. */
    public void publish(long size, String note) {
        entities.createNativeQuery("insert into ledger_checkpoint values (:id, :size, :note) on conflict (id) do update set size = excluded.size, note = excluded.note "
                        + "where ledger_checkpoint.size <= excluded.size")
                .setParameter("id", LedgerHead.ID).setParameter("size", size).setParameter("note", note).executeUpdate();
    }

    /** The largest checkpoint that enough witnesses signed. */
    public Optional<String> published() {
        List<?> found = entities.createNativeQuery("select note from ledger_checkpoint", String.class).getResultList();
        return found.stream().map(String.class::cast).findFirst();
    }
}
