package org.zosgrid.contract.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.Digests;

/** Tiles against the tree in memory, and that against RFC 6962's own definition. */
class TiledTreeTest {
    /** Larger than a level of tiles, and no power of anything. */
    private static final int LARGE = 70_003;

    private static final MerkleTree REFERENCE = reference(LARGE);
    private static final Tiles STORE = Tiles.of(LARGE);

    /** What stands below each path. */
    private static final class Tiles implements TileStore {
        final TreeMap<String, byte[]> places = new TreeMap<>();
        int reads;

        static Tiles of(int size) {
            Tiles tiles = new Tiles();
            TileAppender appender = new TileAppender();
            for (int i = 0; i < size; i++) {
                appender.append(entry(i));
            }
            tiles.write(appender.changed());
            return tiles;
        }

        @Override
        public void write(SortedMap<Tile, byte[]> tiles) {
            tiles.forEach((tile, bytes) -> places.put(tile.place(), bytes));
        }

        @Override
        public Optional<byte[]> read(Tile tile) {
            reads++;
            return Optional.ofNullable(places.get(tile.place())).map(byte[]::clone);
        }
    }

    @Test
    void theReferenceIsTheTreeOfRfc6962() {
        List<byte[]> leaves = new ArrayList<>();
        for (int size = 1; size <= 70; size++) {
            leaves.add(entry(size - 1));
            assertThat(REFERENCE.root(size)).isEqualTo(definition(leaves));
        }
    }

    @Test
    void everySizeIsReachedOneByOneAndHasTheReferencesRoot() {
        Tiles tiles = new Tiles();
        TileAppender appender = new TileAppender();
        assertThat(appender.root()).isEqualTo(REFERENCE.root(0));
        assertThat(TiledTree.open(tiles, 0, appender.root()).root()).isEqualTo(REFERENCE.root(0));
        for (int size = 1; size <= 600; size++) {
            assertThat(appender.append(entry(size - 1))).isEqualTo(size - 1);
            tiles.write(appender.changed());
            assertThat(appender.root()).isEqualTo(REFERENCE.root(size));
            TiledTree tree = TiledTree.open(tiles, size, appender.root());
            assertThat(tree.root(size)).isEqualTo(REFERENCE.root(size));
            int index = size * 7919 % size + (size - 1) / 2;
            assertThat(tree.inclusionProof(index % size)).containsExactlyElementsOf(REFERENCE.inclusionProof(index % size, size));
            assertThat(tree.consistencyProof(1 + index % size)).containsExactlyElementsOf(REFERENCE.consistencyProof(1 + index % size, size));
        }
        // Every smaller size can still be read from what is there now.
        for (int size = 0; size <= 600; size++) {
            assertThat(TiledTree.open(tiles, size, REFERENCE.root(size)).size()).isEqualTo(size);
        }
    }

    @Property(tries = 500)
    void proofsAreTheReferencesAtAnyPairOfSizes(@ForAll @IntRange(min = 1, max = LARGE) int size, @ForAll @IntRange(min = 0, max = LARGE) int some, @ForAll @IntRange(min = 0, max = LARGE) int other) {
        TiledTree tree = TiledTree.open(STORE, size, REFERENCE.root(size));
        int index = some % size;
        int older = 1 + other % size;
        assertThat(tree.inclusionProof(index)).containsExactlyElementsOf(REFERENCE.inclusionProof(index, size));
        assertThat(tree.consistencyProof(older)).containsExactlyElementsOf(REFERENCE.consistencyProof(older, size));
        assertThat(tree.root(older)).isEqualTo(REFERENCE.root(older));
        if (index < older) {
            assertThat(tree.inclusionProof(index, older)).containsExactlyElementsOf(REFERENCE.inclusionProof(index, older));
        }
    }

    @Property(tries = 200)
    void appendingInAnyPiecesMakesTheSameTiles(@ForAll @IntRange(min = 1, max = 2000) int size, @ForAll long seed) {
        Random random = new Random(seed);
        Tiles tiles = new Tiles();
        for (int from = 0; from < size; ) {
            TileAppender appender = from == 0 ? new TileAppender() : new TileAppender(TiledTree.open(tiles, from, REFERENCE.root(from)));
            for (int rest = 1 + random.nextInt(700); rest > 0 && from < size; rest--) {
                appender.append(entry(from++));
                if (random.nextInt(50) == 0) {
                    tiles.write(appender.changed());
                }
            }
            tiles.write(appender.changed());
            assertThat(appender.root()).isEqualTo(REFERENCE.root(from));
        }
        Tiles atOnce = Tiles.of(size);
        assertThat(tiles.places.keySet()).isEqualTo(atOnce.places.keySet());
        tiles.places.forEach((place, bytes) -> assertThat(bytes).as(place).isEqualTo(atOnce.places.get(place)));
    }

    @Test
    void onlyTilesThatChangeAreMade() {
        TileAppender appender = new TileAppender(TiledTree.open(STORE, 66_000, REFERENCE.root(66_000)));
        assertThat(appender.changed()).isEmpty();
        appender.append(entry(66_000));
        assertThat(appender.changed().keySet()).extracting(Tile::path).containsExactly("tile/entries/257.p/209", "tile/0/257.p/209");
        for (int i = 66_001; i < 66_048; i++) {
            appender.append(entry(i));
        }
        assertThat(appender.changed().keySet()).extracting(Tile::path).containsExactly("tile/entries/257", "tile/0/257", "tile/1/001.p/2");
    }

    @Test
    void aProofReadsAFewTilesAtAnySize() {
        STORE.reads = 0;
        TiledTree tree = TiledTree.open(STORE, LARGE, REFERENCE.root());
        tree.inclusionProof(12_345);
        // the right edge (levels 0, 1 and 2), and the entry's own tiles of levels 0 and 1
        assertThat(STORE.reads).isLessThanOrEqualTo(5);
    }

    @Property(tries = 300)
    void aChangedTileIsFoundAndNamed(@ForAll @IntRange(min = 0, max = LARGE - 1) int index, @ForAll @LongRange(min = 0, max = Integer.MAX_VALUE) long at, @ForAll @IntRange(min = 0, max = 2) int how) {
        Tiles tiles = new Tiles();
        tiles.places.putAll(STORE.places);
        Tile damaged = Tile.of(0, index / Tile.WIDTH, LARGE);
        byte[] bytes = tiles.places.get(damaged.place()).clone();
        switch (how) {
            case 0 -> bytes[(int) (at % bytes.length)] ^= 1;
            case 1 -> bytes = java.util.Arrays.copyOf(bytes, bytes.length - 1);
            default -> bytes = null;
        }
        if (bytes == null) {
            tiles.places.remove(damaged.place());
        } else {
            tiles.places.put(damaged.place(), bytes);
        }
        assertThatThrownBy(() -> TiledTree.open(tiles, LARGE, REFERENCE.root()).inclusionProof(index))
                .isInstanceOfSatisfying(DamagedTileException.class, found -> assertThat(found.tiles()).contains(damaged))
                .hasMessageContaining(damaged.path());
    }

    @Test
    void anUpperTileThatLiesIsNamedToo() {
        Tiles tiles = new Tiles();
        tiles.places.putAll(STORE.places);
        byte[] bytes = tiles.places.get("tile/1/000").clone();
        bytes[40] ^= 1;
        tiles.places.put("tile/1/000", bytes);
        TiledTree tree = TiledTree.open(tiles, LARGE, REFERENCE.root());
        assertThatThrownBy(() -> tree.inclusionProof(5)).isInstanceOf(DamagedTileException.class).hasMessage("tile/1/000: must have the root hash that the tile above it holds");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 255, 256, 273})
    void anEntryThatWasChangedIsFoundWhenItsBundleIsRead(int number) {
        Tiles tiles = new Tiles();
        tiles.places.putAll(STORE.places);
        Tile bundle = Tile.of(Tile.ENTRIES, number, LARGE);
        TiledTree tree = TiledTree.open(tiles, LARGE, REFERENCE.root());
        assertThat(EntryBundle.parse(tree.read(bundle), bundle.width())).last().isEqualTo(entry(number * 256 + bundle.width() - 1));
        byte[] bytes = tiles.places.get(bundle.place()).clone();
        bytes[5] ^= 1;
        tiles.places.put(bundle.place(), bytes);
        assertThatThrownBy(() -> tree.read(bundle)).isInstanceOf(DamagedTileException.class)
                .hasMessage(bundle.path() + ": must hold the entry at " + number * 256L + " as it was appended");
    }

    @Test
    void aTreeIsNotOpenedAtARootThatIsNotIts() {
        assertThatThrownBy(() -> TiledTree.open(STORE, LARGE, REFERENCE.root(LARGE - 1))).isInstanceOf(DamagedTileException.class)
                .hasMessage("one of tile/0/273.p/115, tile/1/001.p/17, tile/2/000.p/1: must lead to the root hash at size 70003");
        assertThatThrownBy(() -> TiledTree.open(STORE, LARGE + 1, REFERENCE.root())).isInstanceOf(DamagedTileException.class)
                .hasMessage("tile/0/273.p/116: must have 3712 bytes or more (has: 3680)");
    }

    @Property
    void aPathIsReadAsItWasWritten(@ForAll @IntRange(min = -1, max = 7) int level, @ForAll @LongRange(min = 0, max = 1L << 60) long number, @ForAll @IntRange(min = 1, max = 256) int width) {
        Tile tile = new Tile(level, number, width);
        assertThat(Tile.parse(tile.path())).isEqualTo(tile);
    }

    @Test
    void pathsAreThoseOfTheFormat() {
        assertThat(new Tile(0, 1234067, 256).path()).isEqualTo("tile/0/x001/x234/067");
        assertThat(new Tile(0, 273, 112).path()).isEqualTo("tile/0/273.p/112");
        assertThat(new Tile(Tile.ENTRIES, 0, 256).path()).isEqualTo("tile/entries/000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "tile/0", "tile/8/000", "tile/0/0", "tile/0/x000/001", "tile/0/000.p/0", "tile/0/000.p/256", "tile/0/000.p/999", "tile/0/000.p/01", "tile/entries/x1/000",
        "/tile/0/000", "tile/0/000/", "tile/0/../000", "tile/data/000", "tile/0/x001/x001/x001/x001/x001/x001/x001/001"})
    void otherPathsAreRefused(String path) {
        assertThatThrownBy(() -> Tile.parse(path)).isInstanceOf(ContractException.class).hasMessageContaining("tile");
    }

    @Property
    void nonsenseIsNoPath(@ForAll String nonsense) {
        assertThatThrownBy(() -> Tile.parse(nonsense)).isInstanceOf(ContractException.class);
    }

    @Property
    void aBundleOfNonsenseIsReadOrRefused(@ForAll byte[] nonsense, @ForAll @IntRange(min = 1, max = 256) int count) {
        try {
            assertThat(EntryBundle.parse(nonsense, count)).hasSize(count);
        } catch (ContractException refused) {
            assertThat(refused.faults()).isNotEmpty();
        }
    }

    @Test
    void anEntryTooLongForABundleIsRefused() {
        assertThatThrownBy(() -> new TileAppender().append(new byte[65_536])).hasMessageContaining("65536 bytes");
        TileAppender appender = new TileAppender();
        appender.append(new byte[65_535]);
        assertThat(EntryBundle.parse(appender.changed().firstEntry().getValue(), 1)).containsExactly(new byte[65_535]);
    }

    /** RFC 6962, 2.1, word for word. */
    private static byte[] definition(List<byte[]> leaves) {
        if (leaves.size() == 1) {
            return Digests.sha256(new byte[] {0}, leaves.getFirst());
        }
        int split = 1;
        while (split * 2 < leaves.size()) {
            split *= 2;
        }
        return Digests.sha256(new byte[] {1}, definition(leaves.subList(0, split)), definition(leaves.subList(split, leaves.size())));
    }

    private static MerkleTree reference(int size) {
        MerkleTree tree = new MerkleTree();
        for (int i = 0; i < size; i++) {
            tree.append(entry(i));
        }
        return tree;
    }

    private static byte[] entry(int number) {
        return ("entry " + number).getBytes(StandardCharsets.UTF_8);
    }
}
