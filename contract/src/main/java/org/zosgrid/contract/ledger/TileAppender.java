package org.zosgrid.contract.ledger;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.zosgrid.contract.Digests;

/**
 * Makes the tiles that a log gets when entries are appended, and no others: of what is there it needs the partial tiles only. An append costs two hashes on
 * average. Not safe for use by several threads.
 */
public final class TileAppender {
    private static final int HASH_BYTES = 32;

    /** Partial tiles by level; those above the last are empty. */
    private final List<ByteArrayOutputStream> edge = new ArrayList<>(List.of(new ByteArrayOutputStream()));
    private ByteArrayOutputStream bundle = new ByteArrayOutputStream();
    private final SortedMap<Tile, byte[]> filled = new TreeMap<>();
    private long size;
    private long taken;

    /** For a log without entries. */
    public TileAppender() {}

    /**
     * Goes on where a log ends.
     *
     * @throws DamagedTileException if a tile at its right edge is not right
     */
    public TileAppender(TiledTree tree) {
        size = tree.size();
        taken = size;
        for (int level = 0; level <= Tile.MAX_LEVEL; level++) {
            long count = Tile.count(level, size);
            if (count % Tile.WIDTH != 0) {
                level(level).writeBytes(tree.read(Tile.of(level, count / Tile.WIDTH, size)));
            }
        }
        if (size % Tile.WIDTH != 0) {
            bundle.writeBytes(tree.read(Tile.of(Tile.ENTRIES, size / Tile.WIDTH, size)));
        }
    }

    /** Appends an entry, at most {@value EntryBundle#MAX_ENTRY} bytes; returns its index. */
    public long append(byte[] entry) {
        EntryBundle.write(bundle, entry);
        level(0).writeBytes(MerkleTree.leafHash(entry));
        size++;
        if (size % Tile.WIDTH == 0) {
            filled.put(new Tile(Tile.ENTRIES, size / Tile.WIDTH - 1, Tile.WIDTH), bundle.toByteArray());
            bundle = new ByteArrayOutputStream();
            fill();
        }
        return size - 1;
    }

    /** A tile that is full goes to the store, and its root to the level above. */
    private void fill() {
        for (int level = 0; level(level).size() == Tile.WIDTH * HASH_BYTES; level++) {
            byte[] tile = level(level).toByteArray();
            level(level).reset();
            filled.put(new Tile(level, Tile.count(level, size) / Tile.WIDTH - 1, Tile.WIDTH), tile);
            level(level + 1).writeBytes(TiledTree.tileRoot(tile));
        }
    }

    public long size() {
        return size;
    }

    /** The root hash, 32 bytes. */
    public byte[] root() {
        return size == 0 ? Digests.sha256() : TiledTree.edgeRoot(edge.stream().map(ByteArrayOutputStream::toByteArray).toList());
    }

    /** Every tile that is new or wider since the last call. Stored in the order of the map, they can be read up to {@link #size} then. */
    public SortedMap<Tile, byte[]> changed() {
        SortedMap<Tile, byte[]> changed = new TreeMap<>(filled);
        filled.clear();
        if (size % Tile.WIDTH != 0 && taken < size) {
            changed.put(Tile.of(Tile.ENTRIES, size / Tile.WIDTH, size), bundle.toByteArray());
        }
        for (int level = 0; level < edge.size(); level++) {
            long count = Tile.count(level, size);
            if (count % Tile.WIDTH != 0 && count > Tile.count(level, taken)) {
                changed.put(Tile.of(level, count / Tile.WIDTH, size), level(level).toByteArray());
            }
        }
        taken = size;
        return changed;
    }

    private ByteArrayOutputStream level(int level) {
        while (edge.size() <= level) {
            edge.add(new ByteArrayOutputStream());
        }
        return edge.get(level);
    }
}
