package org.zosgrid.contract.ledger;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.zosgrid.contract.Digests;

/**
 * The tree of RFC 6962, section 2.1, with SHA-256: leaves are hashed behind a 0x00 byte, nodes behind 0x01. Holds leaf hashes, not entries.
 * Not safe for use by several threads.
 */
public final class MerkleTree {
    private static final byte[] LEAF = {0};
    private static final byte[] NODE = {1};

    private final List<byte[]> leaves = new ArrayList<>();

    /** A tree over leaf hashes that were kept elsewhere. */
    public static MerkleTree ofLeafHashes(List<byte[]> hashes) {
        MerkleTree tree = new MerkleTree();
        tree.leaves.addAll(hashes);
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
        leaves.add(leafHash(entry));
        return leaves.size() - 1L;
    }

    public long size() {
        return leaves.size();
    }

    /** The root hash, 32 bytes; of the empty tree, the hash of nothing. */
    public byte[] root() {
        return leaves.isEmpty() ? Digests.sha256() : root(0, leaves.size());
    }

    /** The audit path of RFC 6962, 2.1.1: the hashes that lead from a leaf to the root, from the bottom up. */
    public List<byte[]> inclusionProof(long index) {
        if (index < 0 || index >= leaves.size()) {
            throw new IllegalArgumentException("index must lie between 0 and " + (leaves.size() - 1) + " (is: " + index + ")");
        }
        List<byte[]> path = new ArrayList<>();
        path((int) index, 0, leaves.size(), path);
        return path;
    }

    /** The consistency proof of RFC 6962, 2.1.2: that the tree of {@code oldSize} leaves is a prefix of this one. */
    public List<byte[]> consistencyProof(long oldSize) {
        if (oldSize < 1 || oldSize > leaves.size()) {
            throw new IllegalArgumentException("oldSize must lie between 1 and " + leaves.size() + " (is: " + oldSize + ")");
        }
        List<byte[]> proof = new ArrayList<>();
        consistency((int) oldSize, 0, leaves.size(), true, proof);
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

    private byte[] root(int from, int to) {
        if (to - from == 1) {
            return leaves.get(from).clone();
        }
        int middle = from + split(to - from);
        return nodeHash(root(from, middle), root(middle, to));
    }

    private void path(int index, int from, int to, List<byte[]> path) {
        if (to - from == 1) {
            return;
        }
        int middle = from + split(to - from);
        if (index < middle) {
            path(index, from, middle, path);
            path.add(root(middle, to));
        } else {
            path(index, middle, to, path);
            path.add(root(from, middle));
        }
    }

    private void consistency(int oldSize, int from, int to, boolean whole, List<byte[]> proof) {
        if (oldSize == to - from) {
            if (!whole) {
                proof.add(root(from, to));
            }
            return;
        }
        int half = split(to - from);
        if (oldSize <= half) {
            consistency(oldSize, from, from + half, whole, proof);
            proof.add(root(from + half, to));
        } else {
            consistency(oldSize - half, from + half, to, false, proof);
            proof.add(root(from, from + half));
        }
    }

    /** The largest power of two below n. */
    private static int split(int n) {
        return Integer.highestOneBit(n - 1);
    }
}
