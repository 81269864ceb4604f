package org.zosgrid.contract.ledger;

import java.util.ArrayList;
import java.util.List;
import org.zosgrid.contract.Digests;

/**
 * The tree of RFC 6962, section 2.1, with SHA-256, wherever its hashes are kept: leaves are hashed behind a 0x00 byte, nodes behind 0x01. Roots and proofs are
 * made from hashes of complete subtrees, a few dozen of them at any size.
 */
public sealed interface LedgerTree permits MerkleTree, TiledTree {
    /** How many entries it has. */
    long size();

    /** The hash of the complete subtree of 2^level leaves, the {@code place}th from the left; it must lie within the tree. */
    byte[] subtree(int level, long place);

    /** The root hash, 32 bytes; of the empty tree, the hash of nothing. */
    default byte[] root() {
        return root(size());
    }

    /** The root hash that the tree had at a smaller size. */
    default byte[] root(long size) {
        if (size < 0 || size > size()) {
            throw new IllegalArgumentException("size must lie between 0 and " + size() + " (is: " + size + ")");
        }
        return size == 0 ? Digests.sha256() : hash(0, size);
    }

    /** The audit path of RFC 6962, 2.1.1: the hashes that lead from a leaf to the root, from the bottom up. */
    default List<byte[]> inclusionProof(long index) {
        return inclusionProof(index, size());
    }

    /** The audit path to the root that the tree had at a smaller size. */
    default List<byte[]> inclusionProof(long index, long size) {
        if (index < 0 || index >= size || size > size()) {
            throw new IllegalArgumentException("index must lie between 0 and " + (Math.min(size, size()) - 1) + " (is: " + index + ")");
        }
        List<byte[]> path = new ArrayList<>();
        path(index, 0, size, path);
        return path;
    }

    /** The consistency proof of RFC 6962, 2.1.2: that the tree of {@code oldSize} leaves is a prefix of this one. */
    default List<byte[]> consistencyProof(long oldSize) {
        return consistencyProof(oldSize, size());
    }

    /** That the tree of {@code oldSize} leaves is a prefix of the one of {@code newSize}, which is at most this one's. */
    default List<byte[]> consistencyProof(long oldSize, long newSize) {
        if (oldSize < 1 || oldSize > newSize || newSize > size()) {
            throw new IllegalArgumentException("sizes must lie between 1 and " + size() + ", the older first (are: " + oldSize + ", " + newSize + ")");
        }
        List<byte[]> proof = new ArrayList<>();
        consistency(oldSize, 0, newSize, true, proof);
        return proof;
    }

    /** A complete subtree is looked up; of any other range, the left part is one. */
    private byte[] hash(long from, long to) {
        long length = to - from;
        if (Long.bitCount(length) == 1) {
            int level = Long.numberOfTrailingZeros(length);
            return subtree(level, from >> level);
        }
        long middle = from + split(length);
        return MerkleTree.nodeHash(hash(from, middle), hash(middle, to));
    }

    private void path(long index, long from, long to, List<byte[]> path) {
        if (to - from == 1) {
            return;
        }
        long middle = from + split(to - from);
        if (index < middle) {
            path(index, from, middle, path);
            path.add(hash(middle, to));
        } else {
            path(index, middle, to, path);
            path.add(hash(from, middle));
        }
    }

    private void consistency(long oldSize, long from, long to, boolean whole, List<byte[]> proof) {
        if (oldSize == to - from) {
            if (!whole) {
                proof.add(hash(from, to));
            }
            return;
        }
        long half = split(to - from);
        if (oldSize <= half) {
            consistency(oldSize, from, from + half, whole, proof);
            proof.add(hash(from + half, to));
        } else {
            consistency(oldSize - half, from + half, to, false, proof);
            proof.add(hash(from, from + half));
        }
    }

    /** The largest power of two below n. */
    private static long split(long n) {
        return Long.highestOneBit(n - 1);
    }
}
