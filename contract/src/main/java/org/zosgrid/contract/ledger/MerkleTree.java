package org.zosgrid.contract.ledger;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.zosgrid.contract.Digests;

/**
 * The tree of RFC 6962, section 2.1, with SHA-256: leaves are hashed behind a 0x00 byte, nodes behind 0x01. Holds hashes, not
 * entries: of every leaf and of every complete subtree, so that an append costs two hashes on average, and a root or a proof a few dozen at any size; about
 * 64 bytes an entry, at most 67 million of them. Not safe for use by several threads.
 */
public final class MerkleTree {
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

    public long size() {
        return levels.getFirst().size;
    }

    /** The root hash, 32 bytes; of the empty tree, the hash of nothing. */
    public byte[] root() {
        return root(size());
    }

    /** The root hash that the tree had at a smaller size. */
    public byte[] root(long size) {
        if (size < 0 || size > size()) {
            throw new IllegalArgumentException("size must lie between 0 and " + size() + " (is: " + size + ")");
        }
        return size == 0 ? Digests.sha256() : hash(0, (int) size);
    }

    /** The audit path of RFC 6962, 2.1.1: the hashes that lead from a leaf to the root, from the bottom up. */
    public List<byte[]> inclusionProof(long index) {
        return inclusionProof(index, size());
    }

    /** The audit path to the root that the tree had at a smaller size. */
    public List<byte[]> inclusionProof(long index, long size) {
        if (index < 0 || index >= size || size > size()) {
            throw new IllegalArgumentException("index must lie between 0 and " + (Math.min(size, size()) - 1) + " (is: " + index + ")");
        }
        List<byte[]> path = new ArrayList<>();
        path((int) index, 0, (int) size, path);
        return path;
    }

    /** The consistency proof of RFC 6962, 2.1.2: that the tree of {@code oldSize} leaves is a prefix of this one. */
    public List<byte[]> consistencyProof(long oldSize) {
        return consistencyProof(oldSize, size());
    }

    /** That the tree of {@code oldSize} leaves is a prefix of the one of {@code newSize}, which is at most this one's. */
    public List<byte[]> consistencyProof(long oldSize, long newSize) {
        if (oldSize < 1 || oldSize > newSize || newSize > size()) {
            throw new IllegalArgumentException("sizes must lie between 1 and " + size() + ", the older first (are: " + oldSize + ", " + newSize + ")");
        }
        List<byte[]> proof = new ArrayList<>();
        consistency((int) oldSize, 0, (int) newSize, true, proof);
        return proof;
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

    /** A complete subtree is looked up; of any other range, the left part is one. */
    private byte[] hash(int from, int to) {
        int length = to - from;
        if (Integer.bitCount(length) == 1) {
            int level = Integer.numberOfTrailingZeros(length);
            return levels.get(level).get(from >> level);
        }
        int middle = from + split(length);
        return nodeHash(hash(from, middle), hash(middle, to));
    }

    private void path(int index, int from, int to, List<byte[]> path) {
        if (to - from == 1) {
            return;
        }
        int middle = from + split(to - from);
        if (index < middle) {
            path(index, from, middle, path);
            path.add(hash(middle, to));
        } else {
            path(index, middle, to, path);
            path.add(hash(from, middle));
        }
    }

    private void consistency(int oldSize, int from, int to, boolean whole, List<byte[]> proof) {
        if (oldSize == to - from) {
            if (!whole) {
                proof.add(hash(from, to));
            }
            return;
        }
        int half = split(to - from);
        if (oldSize <= half) {
            consistency(oldSize, from, from + half, whole, proof);
            proof.add(hash(from + half, to));
        } else {
            consistency(oldSize - half, from + half, to, false, proof);
            proof.add(hash(from, from + half));
        }
    }

    /** The largest power of two below n. */
    private static int split(int n) {
        return Integer.highestOneBit(n - 1);
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
