package org.zosgrid.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.zosgrid.contract.ledger.DamagedTileException;
import org.zosgrid.contract.ledger.LedgerEntry;
import org.zosgrid.contract.ledger.MerkleTree;
import org.zosgrid.contract.ledger.Tile;
import org.zosgrid.contract.ledger.TileStore;
import org.zosgrid.contract.ledger.TiledTree;

/** Entries of a real PostgreSQL become tiles, whoever dies in between and whatever the store loses. */
class LedgerTilesTest {
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

    private final TestDatabase database = TestDatabase.create();
    private final Tiles tiles = new Tiles();

    /** A store that fails when it is told to, after so many tiles. */
    private static final class Tiles implements TileStore {
        final Map<String, byte[]> places = new ConcurrentHashMap<>();
        volatile int failsAfter = Integer.MAX_VALUE;

        @Override
        public void write(SortedMap<Tile, byte[]> tiles) {
            tiles.forEach((tile, bytes) -> {
                if (failsAfter-- <= 0) {
                    throw new IllegalStateException("the store is away");
                }
                places.put(tile.place(), bytes);
            });
        }

        @Override
        public Optional<byte[]> read(Tile tile) {
            return Optional.ofNullable(places.get(tile.place())).map(byte[]::clone);
        }
    }

    @Test
    void entriesStandInTilesAfterEveryIntegration() {
        assertThat(integrate().size()).isZero();
        for (int size = 1; size <= 600; size += 1 + size / 3) {
            append(size - count());
            TiledSize now = integrate();
            assertThat(now.size()).isEqualTo(size);
            assertThat(now.root()).isEqualTo(reference().root());
            assertThat(TiledTree.open(tiles, size, now.root()).inclusionProof(size / 2)).containsExactlyElementsOf(reference().inclusionProof(size / 2));
            assertThat(integrate()).isEqualTo(now);
        }
    }

    @Test
    void anOldDatabaseIsCaughtUpByItself() {
        append(2500);
        TiledSize now = integrate();
        assertThat(now).isEqualTo(new TiledSize(2500, reference().root()));
        assertThat(TiledTree.open(tiles, 2500, now.root()).read(new Tile(Tile.ENTRIES, 9, 196))).isNotEmpty();
    }

    @Test
    void whatIsNotCommittedStandsInNoTile() {
        append(3);
        database.run(entities -> {
            new Ledger(entities).append(entry(3));
            assertThat(integrate().size()).isEqualTo(3);
        });
        assertThat(integrate().size()).isEqualTo(4);
    }

    @Test
    void aKillAfterAnyWriteLosesNothing() {
        append(250);
        TiledSize before = integrate();
        append(300);
        for (int writes = 0; ; writes++) {
            tiles.failsAfter = writes;
            try {
                integrate();
                break; // enough writes for all
            } catch (IllegalStateException away) {
                assertThat(away).hasMessage("the store is away");
                assertThat(head()).isEqualTo(before);
                // What was signed before can still be proved, whatever stands in the store by now.
                assertThat(TiledTree.open(tiles, before.size(), before.root()).consistencyProof(77)).isNotEmpty();
            }
        }
        assertThat(tiles.failsAfter).isZero();
        assertThat(head()).isEqualTo(new TiledSize(550, reference().root()));
        assertThat(TiledTree.open(tiles, 550, head().root()).size()).isEqualTo(550);
    }

    @Test
    void aKillBeforeTheCommitLosesNothing() {
        append(5);
        assertThatThrownBy(() -> database.run(entities -> {
            new LedgerTiles(entities).integrate(tiles);
            throw new IllegalStateException("killed");
        })).hasMessage("killed");
        assertThat(head().size()).isZero();
        append(2);
        assertThat(integrate()).isEqualTo(new TiledSize(7, reference().root()));
        assertThat(TiledTree.open(tiles, 7, reference().root()).size()).isEqualTo(7);
    }

    @Test
    void severalControlPlanesWriteOneAfterTheOther() throws Exception {
        List<Future<?>> all = new ArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
            for (int thread = 0; thread < 4; thread++) {
                all.add(pool.submit(() -> {
                    for (int i = 0; i < 40; i++) {
                        database.<Long>ask(entities -> new Ledger(entities).append(entry(0)));
                        integrate();
                    }
                }));
            }
        }
        for (Future<?> each : all) {
            each.get();
        }
        TiledSize now = integrate();
        assertThat(now).isEqualTo(new TiledSize(160, reference().root()));
        assertThat(TiledTree.open(tiles, 160, now.root()).size()).isEqualTo(160);
    }

    @Test
    void aLostStoreIsFilledAgain() {
        append(1300);
        TiledSize now = integrate();
        Map<String, byte[]> before = Map.copyOf(tiles.places);
        tiles.places.clear();
        append(1);
        assertThatThrownBy(this::integrate).isInstanceOf(DamagedTileException.class).hasMessage("tile/0/005.p/20: is missing");
        assertThat(repair()).hasSize(13);
        assertThat(tiles.places.keySet()).isEqualTo(before.keySet());
        before.forEach((place, bytes) -> assertThat(tiles.places.get(place)).as(place).isEqualTo(bytes));
        assertThat(TiledTree.open(tiles, now.size(), now.root()).size()).isEqualTo(1300);
        assertThat(integrate().size()).isEqualTo(1301);
    }

    @Test
    void exactlyTheTilesThatWereChangedAreNamedAndMadeAgain() {
        append(1300);
        TiledSize now = integrate();
        tiles.places.get("tile/0/003")[17] ^= 1;
        tiles.places.get("tile/1/000")[33] ^= 1;
        tiles.places.get("tile/entries/005")[2] ^= 1;
        assertThat(repair()).extracting(Tile::path).containsExactly("tile/entries/005.p/20", "tile/0/003", "tile/1/000.p/5");
        assertThat(repair()).isEmpty();
        assertThat(TiledTree.open(tiles, now.size(), now.root()).inclusionProof(800)).containsExactlyElementsOf(reference().inclusionProof(800));
    }

    @Test
    void anOlderStoreIsBroughtForward() {
        append(300);
        integrate();
        Map<String, byte[]> older = Map.copyOf(tiles.places);
        append(300);
        integrate();
        tiles.places.clear();
        tiles.places.putAll(older);
        append(1);
        assertThatThrownBy(this::integrate).isInstanceOf(DamagedTileException.class);
        assertThat(repair()).isNotEmpty();
        assertThat(integrate()).isEqualTo(new TiledSize(601, reference().root()));
    }

    @Test
    void entriesThatWereChangedInTheDatabaseBecomeNoTiles() {
        append(300);
        integrate();
        Map<String, byte[]> before = Map.copyOf(tiles.places);
        TestDatabase.execute(database.source, "ALTER TABLE ledger_entry DISABLE TRIGGER USER; UPDATE ledger_entry SET entry = '\\x7b7d' WHERE index = 5");
        assertThatThrownBy(this::repair).isInstanceOf(IllegalStateException.class).hasMessageContaining("do not lead to the ledger's root hash at size 300");
        TestDatabase.execute(database.source, "DELETE FROM ledger_entry WHERE index = 299");
        assertThatThrownBy(this::repair).hasMessageContaining("(there are: 299)");
        assertThat(tiles.places).isEqualTo(before);
    }

    @Test
    void theHeadGoesForwardOnly() {
        append(3);
        integrate();
        assertThatThrownBy(() -> TestDatabase.execute(database.source, "UPDATE ledger_head SET size = 2")).rootCause().hasMessageContaining("forward only");
        assertThatThrownBy(() -> TestDatabase.execute(database.source, "UPDATE ledger_head SET root = sha256('other')")).rootCause().hasMessageContaining("forward only");
    }

    @Test
    void theLargestCosignedCheckpointIsRemembered() {
        assertThat(published()).isEmpty();
        publish(5, "five");
        publish(3, "three");
        assertThat(published()).contains("five");
        publish(5, "five with other witnesses");
        assertThat(published()).contains("five with other witnesses");
        publish(8, "eight");
        assertThat(published()).contains("eight");
    }

    private void publish(long size, String note) {
        database.run(entities -> new LedgerTiles(entities).publish(size, note));
    }

    private Optional<String> published() {
        return database.ask(entities -> new LedgerTiles(entities).published());
    }

    private TiledSize integrate() {
        return database.ask(entities -> new LedgerTiles(entities).integrate(tiles));
    }

    private Collection<Tile> repair() {
        return database.ask(entities -> new LedgerTiles(entities).repair(tiles));
    }

    private TiledSize head() {
        return database.ask(entities -> entities.find(LedgerHead.class, LedgerHead.ID).tiled());
    }

    private int count() {
        return database.<Long>ask(entities -> new Ledger(entities).size()).intValue();
    }

    private void append(int entries) {
        database.run(entities -> {
            Ledger ledger = new Ledger(entities);
            for (int i = 0; i < entries; i++) {
                ledger.append(entry(i));
            }
        });
    }

    private MerkleTree reference() {
        MerkleTree tree = new MerkleTree();
        database.run(entities -> new Ledger(entities).read(0, 10_000).forEach(record -> tree.append(record.bytes())));
        return tree;
    }

    private static LedgerEntry entry(int number) {
        return new LedgerEntry("submitted", "shop", number, "d", NOW, "");
    }
}
