package org.zosgrid.contract.ledger;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.Digests;

/**
 * A ledger's tree of which the hashes lie in tiles (C2SP tlog-tiles). It is opened at a size and root hash that are known from elsewhere, such as a signed
 * checkpoint, and believes no tile that does not lead there: those of the right edge together make the root hash, and every full tile's own root stands in the
 * tile above it. A root or a proof costs one tile for each eight levels of the tree and each side of it. Tiles are kept once they were verified, so an object is
 * for one task. Not safe for use by several threads.
 */
public final class TiledTree implements LedgerTree {
    private static final int HASH_BYTES = 32;

    private final TileSource source;
    private final long size;
    private final byte[] root;
    private final Map<Tile, byte[]> verified = new HashMap<>();

    private TiledTree(TileSource source, long size, byte[] root) {
        this.source = source;
        this.size = size;
        this.root = root.clone();
    }

    /**
     * Opens a log and verifies its right edge.
     *
     * @param root what the tiles must lead to, 32 bytes
     * @throws DamagedTileException if they do not
     */
    public static TiledTree open(TileSource source, long size, byte[] root) {
        TiledTree tree = new TiledTree(source, size, root);
        TreeMap<Tile, byte[]> edge = new TreeMap<>();
        for (int level = 0; level <= Tile.MAX_LEVEL; level++) {
            long count = Tile.count(level, size);
            if (count % Tile.WIDTH != 0) {
                Tile tile = Tile.of(level, count / Tile.WIDTH, size);
                edge.put(tile, tree.fetch(tile));
            }
        }
        if (!Arrays.equals(edgeRoot(edge.values()), root)) {
            throw new DamagedTileException(List.copyOf(edge.keySet()), "must lead to the root hash at size " + size);
        }
        tree.verified.putAll(edge);
        return tree;
    }

    /** The root hash of a log whose partial tiles are these, from the lowest level up: every hash in them is that of a subtree that no other covers. */
    static byte[] edgeRoot(Iterable<byte[]> partialTiles) {
        Optional<byte[]> right = Optional.empty();
        for (byte[] tile : partialTiles) {
            int width = tile.length / HASH_BYTES;
            for (int length = 1; length <= width; length <<= 1) {
                if ((width & length) != 0) {
                    int from = width & ~(2 * length - 1); // what stands left of this subtree is larger than it
                    byte[] hash = combined(tile, from, length);
                    right = Optional.of(right.map(smaller -> MerkleTree.nodeHash(hash, smaller)).orElse(hash));
                }
            }
        }
        return right.orElseGet(Digests::sha256);
    }

    /** The root hash of a full tile: the hash that stands for it one level up. */
    static byte[] tileRoot(byte[] tile) {
        return combined(tile, 0, Tile.WIDTH);
    }

    /** The hash of a complete subtree of {@code length} hashes, a power of two. */
    private static byte[] combined(byte[] tile, int from, int length) {
        if (length == 1) {
            return Arrays.copyOfRange(tile, from * HASH_BYTES, (from + 1) * HASH_BYTES);
        }
        return MerkleTree.nodeHash(combined(tile, from, length / 2), combined(tile, from + length / 2, length / 2));
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public byte[] root() {
        return root.clone();
    }

    @Override
    public byte[] subtree(int level, long place) {
        int tileLevel = level / 8;
        int length = 1 << level % 8;
        long first = place * length;
        byte[] tile = hashes(Tile.of(tileLevel, first / Tile.WIDTH, size));
        return combined(tile, (int) (first % Tile.WIDTH), length);
    }

    /**
     * A tile's bytes, as tlog-tiles has them, verified.
     *
     * @param tile {@linkplain Tile#isWithin within} this tree
     * @throws DamagedTileException if the store has it not, or not right
     */
    public byte[] read(Tile tile) {
        if (!tile.isWithin(size)) {
            throw new IllegalArgumentException(tile.path() + " must lie within a tree of " + size + " entries");
        }
        if (tile.level() != Tile.ENTRIES) {
            return Arrays.copyOf(hashes(Tile.of(tile.level(), tile.number(), size)), tile.bytes());
        }
        ByteArrayOutputStream bundle = new ByteArrayOutputStream();
        entries(tile).forEach(entry -> EntryBundle.write(bundle, entry));
        return bundle.toByteArray();
    }

    /** The entries of a bundle; their hashes stand in the tile of level 0. */
    private List<byte[]> entries(Tile tile) {
        byte[] stored = stored(tile);
        byte[] hashes = hashes(Tile.of(0, tile.number(), size));
        List<byte[]> entries;
        try {
            entries = EntryBundle.parse(stored, tile.width());
        } catch (ContractException broken) {
            throw new DamagedTileException(List.of(tile), String.valueOf(broken.getMessage()));
        }
        for (int i = 0; i < entries.size(); i++) {
            if (!Arrays.equals(MerkleTree.leafHash(entries.get(i)), combined(hashes, i, 1))) {
                throw new DamagedTileException(List.of(tile), "must hold the entry at " + (tile.number() * Tile.WIDTH + i) + " as it was appended");
            }
        }
        return entries;
    }

    private byte[] hashes(Tile tile) {
        byte[] known = verified.get(tile);
        if (known != null) {
            return known;
        }
        // Every partial tile was verified when the tree was opened, so this one is full.
        byte[] bytes = fetch(tile);
        byte[] above = hashes(Tile.of(tile.level() + 1, tile.number() / Tile.WIDTH, size));
        if (!Arrays.equals(tileRoot(bytes), combined(above, (int) (tile.number() % Tile.WIDTH), 1))) {
            throw new DamagedTileException(List.of(tile), "must have the root hash that the tile above it holds");
        }
        verified.put(tile, bytes);
        return bytes;
    }

    private byte[] fetch(Tile tile) {
        byte[] stored = stored(tile);
        if (stored.length < tile.bytes()) {
            throw new DamagedTileException(List.of(tile), "must have " + tile.bytes() + " bytes or more (has: " + stored.length + ")");
        }
        return Arrays.copyOf(stored, tile.bytes());
    }

    private byte[] stored(Tile tile) {
        return source.read(tile).orElseThrow(() -> new DamagedTileException(List.of(tile), "is missing"));
    }
}
