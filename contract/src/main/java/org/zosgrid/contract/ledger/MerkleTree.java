package org.zosgrid.contract.ledger;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.zosgrid.contract.Digests;

/**
 * A ledger's tree in memory. Holds hashes, not entries: of every leaf and of every complete subtree, so that an append costs two hashes on average; about 64
 * bytes an entry, at most 67 million of them. Not safe for use by several threads.
 */
public final class MerkleTree implements LedgerTree {
    private static final byte[] LEAF = {0};
    private static final byte[] NODE = {1};

    /** Level k holds the hashes of the complete subtrees of 2^k leaves, from the left. */
    private final List<Hashes> levels = new ArrayList<>(List.of(new Hashes()));

    /** A tree over leaf hashes that were kept elsewhere. */
    public static MerkleTree ofLeafHashes(List<byte[]> hashes) {
        MerkleTree tree = new MerkleTree();
        hashes.forEach(tree::appendLeafHash);
        return tree;
    }

    public static byte[] leafHash(byte[] entry) {
        return Digests.sha256(LEAF, entry);
    }

    static byte[] nodeHash(byte[] left, byte[] right) {
        return Digests.sha256(NODE, left, right);
    }

    /** Appends an entry; returns its index. */
    public long append(byte[] entry) {
        return appendLeafHash(leafHash(entry));
    }

    /** Appends an entry of which only the leaf hash is known, 32 bytes; returns its index. */
    public long appendLeafHash(byte[] leafHash) {
        if (leafHash.length != Hashes.LENGTH) {
            throw new IllegalArgumentException("a leaf hash must be of 32 bytes (is: " + leafHash.length + ")");
        }
        int index = levels.getFirst().add(leafHash);
        byte[] hash = leafHash;
        for (int level = 0, place = index; (place & 1) == 1; level++, place >>= 1) {
            hash = nodeHash(levels.get(level).get(place - 1), hash);
            if (levels.size() == level + 1) {
                levels.add(new Hashes());
            }
            levels.get(level + 1).add(hash);
        }
        return index;
    }

    @Override
    public long size() {
        return levels.getFirst().size;
    }

    /** Whether a leaf hash stands at an index of the tree with this size and root (RFC 9162, 2.1.3.2). */
    public static boolean verifyInclusion(byte[] leafHash, long index, long size, List<byte[]> path, byte[] root) {
        if (index < 0 || index >= size) {
            return false;
        }
        long place = index;
        long last = size - 1;
        byte[] hash = leafHash;
        for (byte[] sibling : path) {
            if (last == 0 || sibling.length != 32) {
                return false;
            }
            if ((place & 1) == 1 || place == last) {
                hash = nodeHash(sibling, hash);
                while ((place & 1) == 0 && place != 0) {
                    place >>= 1;
                    last >>= 1;
                }
            } else {
                hash = nodeHash(hash, sibling);
            }
            place >>= 1;
            last >>= 1;
        }
        return last == 0 && Arrays.equals(hash, root);
    }

    /** Whether the tree of the old size and root is a prefix of the new one (RFC 9162, 2.1.4.2). */
    public static boolean verifyConsistency(long oldSize, byte[] oldRoot, long newSize, byte[] newRoot, List<byte[]> proof) {
        if (oldSize < 1 || oldSize > newSize || proof.stream().anyMatch(hash -> hash.length != 32)) {
            return false;
        }
        if (oldSize == newSize) {
            return proof.isEmpty() && Arrays.equals(oldRoot, newRoot);
        }
        List<byte[]> path = new ArrayList<>(proof);
        if (Long.bitCount(oldSize) == 1) {
            path.addFirst(oldRoot);
        }
        if (path.isEmpty()) {
            return false;
        }
        long place = oldSize - 1;
        long last = newSize - 1;
        while ((place & 1) == 1) {
            place >>= 1;
            last >>= 1;
        }
        byte[] oldHash = path.getFirst();
        byte[] newHash = path.getFirst();
        for (byte[] each : path.subList(1, path.size())) {
            if (last == 0) {
                return false;
            }
            if ((place & 1) == 1 || place == last) {
                oldHash = nodeHash(each, oldHash);
                newHash = nodeHash(each, newHash);
                while ((place & 1) == 0 && place != 0) {
                    place >>= 1;
                    last >>= 1;
                }
            } else {
                newHash = nodeHash(newHash, each);
            }
            place >>= 1;
            last >>= 1;
        }
        return last == 0 && Arrays.equals(oldHash, oldRoot) && Arrays.equals(newHash, newRoot);
    }

    @Override
    public byte[] subtree(int level, long place) {
        return levels.get(level).get(Math.toIntExact(place));
    }

    /** Hashes one after another in one array, which is less than half of what an object for each would take. */
    private static final class Hashes {
        static final int LENGTH = 32;

        private byte[] bytes = new byte[8 * LENGTH];
        private int size;

        int add(byte[] hash) {
            if (size * (long) LENGTH == bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.toIntExact(Math.min(bytes.length * 2L, Integer.MAX_VALUE / LENGTH * (long) LENGTH)));
            }
            System.arraycopy(hash, 0, bytes, size * LENGTH, LENGTH);
            return size++;
        }

        byte[] get(int index) {
            return Arrays.copyOfRange(bytes, index * LENGTH, (index + 1) * LENGTH);
        }
    }
}
