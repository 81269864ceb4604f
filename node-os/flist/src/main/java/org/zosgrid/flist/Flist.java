package org.zosgrid.flist;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An opened flist. Everything in it was checked: every number lies in its range, every directory's children belong to it and stand in order, and
 * there are no cycles. Lookups are binary searches in the table; nothing is copied but what is asked for.
 */
public final class Flist {
    static final byte[] MAGIC = "ZFLIST01".getBytes(StandardCharsets.US_ASCII);
    static final int HEADER_BYTES = 24;
    static final int INODE_BYTES = 64;
    static final int CHUNK_BYTES = 36;

    private static final int MAX_BYTES = 1 << 30;
    private static final int MAX_NAME = 255;
    private static final int MAX_TARGET = 4095;
    private static final int NAME_OFFSET = 4;

    private final ByteBuffer bytes;
    private final int inodes;
    private final int chunks;
    private final int chunkTable;
    private final int heap;
    private final ImageConfig config;
    private final String fingerprint;

    private Flist(byte[] file) {
        this.bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
        if (file.length < HEADER_BYTES || file.length > MAX_BYTES || !Arrays.equals(file, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new FlistException("this is no flist: it must begin with ZFLIST01 and have " + HEADER_BYTES + " to " + MAX_BYTES + " bytes");
        }
        this.inodes = bytes.getInt(8);
        this.chunks = bytes.getInt(12);
        int heapBytes = bytes.getInt(16);
        int configBytes = bytes.getInt(20);
        long chunkStart = HEADER_BYTES + (long) inodes * INODE_BYTES;
        long heapStart = chunkStart + (long) chunks * CHUNK_BYTES;
        require(inodes >= 1 && chunks >= 0 && heapBytes >= 0 && configBytes >= 0 && configBytes <= heapBytes && heapStart + heapBytes == file.length,
                "the header's counts do not fit the file's " + file.length + " bytes");
        this.chunkTable = (int) chunkStart;
        this.heap = (int) heapStart;
        this.config = ImageConfig.parse(Arrays.copyOfRange(file, heap, heap + configBytes));
        this.fingerprint = Fingerprint.hex(file);
        check();
    }

    /** Opens an flist; the array must not be changed afterwards. */
    public static Flist open(byte[] file) {
        return new Flist(file);
    }

    /** Opens an flist that must have a certain fingerprint. */
    public static Flist open(byte[] file, String fingerprint) {
        String found = Fingerprint.hex(file);
        if (!found.equals(fingerprint)) {
            throw new FlistException("the flist must have the fingerprint " + fingerprint + " (is: " + found + ")");
        }
        return new Flist(file);
    }

    /** SHA-256 of the file, in hex. */
    public String fingerprint() {
        return fingerprint;
    }

    public ImageConfig config() {
        return config;
    }

    public int inodes() {
        return inodes;
    }

    /** Bytes of all files, each counted where it stands. */
    public long contentBytes() {
        long sum = 0;
        for (int i = 0; i < chunks; i++) {
            sum += chunk(i).length();
        }
        return sum;
    }

    /** The inode with a number from 1 to {@link #inodes}. */
    public Inode inode(int number) {
        if (number < 1 || number > inodes) {
            throw new FlistException("inode " + number + " must lie between 1 and " + inodes);
        }
        int at = HEADER_BYTES + (number - 1) * INODE_BYTES;
        int kind = bytes.get(at + 10);
        require(kind >= 0 && kind < Inode.Kind.values().length, "inode " + number + " has the unknown kind " + kind);
        boolean link = Inode.Kind.values()[kind] == Inode.Kind.SYMLINK;
        int first = bytes.getInt(at + 48);
        int count = bytes.getInt(at + 52);
        return new Inode(
                number,
                bytes.getInt(at),
                text(bytes.getInt(at + NAME_OFFSET), Short.toUnsignedInt(bytes.getShort(at + 8)), MAX_NAME),
                Inode.Kind.values()[kind],
                bytes.getInt(at + 12),
                bytes.getInt(at + 16),
                bytes.getInt(at + 20),
                bytes.getLong(at + 24),
                bytes.getLong(at + 32),
                bytes.getInt(at + 40),
                bytes.getInt(at + 44),
                link ? 0 : first,
                link ? 0 : count,
                link ? text(first, count, MAX_TARGET) : "",
                bytes.getLong(at + 56));
    }

    /** The child of a directory, by binary search. */
    public Optional<Inode> lookup(Inode directory, String name) {
        byte[] wanted = name.getBytes(StandardCharsets.UTF_8);
        int low = 0;
        int high = directory.children() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            Inode child = inode(directory.firstChild() + middle);
            int order = Arrays.compareUnsigned(child.name().getBytes(StandardCharsets.UTF_8), wanted);
            if (order == 0) {
                return Optional.of(child);
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return Optional.empty();
    }

    /** Follows a path of names from the root, without following links. */
    public Optional<Inode> find(String path) {
        Optional<Inode> found = Optional.of(inode(1));
        for (String part : Tree.path(path)) {
            found = found.flatMap(directory -> lookup(directory, part));
        }
        return found;
    }

    /** A file's chunks in order. */
    public List<Chunk> chunks(Inode file) {
        List<Chunk> list = new ArrayList<>(file.chunks());
        for (int i = 0; i < file.chunks(); i++) {
            list.add(chunk(file.firstChunk() + i));
        }
        return list;
    }

    /** Every different chunk with its length. */
    public List<Chunk> distinctChunks() {
        TreeMap<String, Chunk> distinct = new TreeMap<>();
        for (int i = 0; i < chunks; i++) {
            Chunk chunk = chunk(i);
            distinct.put(chunk.fingerprint(), chunk);
        }
        return List.copyOf(distinct.values());
    }

    private Chunk chunk(int index) {
        byte[] hash = new byte[Fingerprint.BYTES];
        bytes.get(chunkTable + index * CHUNK_BYTES, hash);
        return new Chunk(HexFormat.of().formatHex(hash), bytes.getInt(chunkTable + index * CHUNK_BYTES + Fingerprint.BYTES));
    }

    private String text(int offset, int length, int max) {
        require(length >= 0 && length <= max && offset >= 0 && heap + (long) offset + length <= bytes.capacity(), "a text lies outside the file or is longer than " + max + " bytes");
        byte[] text = new byte[length];
        bytes.get(heap + offset, text);
        return new String(text, StandardCharsets.UTF_8);
    }

    /** Walks every table once; after that no accessor can go wrong. */
    private void check() {
        Inode root = inode(1);
        require(root.kind() == Inode.Kind.DIRECTORY && root.parent() == 0 && root.name().isEmpty(), "inode 1 must be the root directory");
        int expectedChild = 2;
        int expectedChunk = 0;
        for (int number = 1; number <= inodes; number++) {
            Inode inode = inode(number);
            require(inode.mode() >= 0 && inode.mode() <= 07777, "inode " + number + " has the mode " + inode.mode());
            boolean directory = inode.kind() == Inode.Kind.DIRECTORY;
            require(inode.children() >= 0 && (directory || inode.children() == 0), "inode " + number + " is no directory and has children");
            // Breadth first: each directory's children follow those of the directory before it, so there can be no cycle.
            require(inode.children() == 0 ? inode.firstChild() == 0 : inode.firstChild() == expectedChild, "the children of inode " + number + " are out of order");
            require((long) expectedChild + inode.children() <= inodes + 1L, "inode " + number + " has more children than there are inodes");
            checkChildren(inode);
            expectedChild += inode.children();
            require(inode.chunks() >= 0 && (inode.kind() == Inode.Kind.FILE || inode.chunks() == 0), "inode " + number + " is no file and has chunks");
            if (inode.kind() == Inode.Kind.FILE) {
                require(inode.firstChunk() == expectedChunk && (long) expectedChunk + inode.chunks() <= chunks, "the chunks of inode " + number + " are out of order");
                expectedChunk += inode.chunks();
                long size = 0;
                List<Chunk> list = chunks(inode);
                for (int i = 0; i < list.size(); i++) {
                    int length = list.get(i).length();
                    require(i < list.size() - 1 ? length == Chunk.MAX_BYTES : length >= 1 && length <= Chunk.MAX_BYTES, "a chunk of inode " + number + " has " + length + " bytes");
                    size += length;
                }
                require(size == inode.size(), "the size of inode " + number + " must be that of its chunks, " + size + " (is: " + inode.size() + ")");
            }
        }
        require(expectedChild == inodes + 1, "there are inodes that belong to no directory");
        require(expectedChunk == chunks, "there are chunks that belong to no file");
    }

    private void checkChildren(Inode directory) {
        byte[] before = {};
        for (int i = 0; i < directory.children(); i++) {
            Inode child = inode(directory.firstChild() + i);
            byte[] name = child.name().getBytes(StandardCharsets.UTF_8);
            require(child.parent() == directory.number(), "inode " + child.number() + " does not belong to its directory");
            require(name.length > 0 && name.length <= MAX_NAME && !child.name().contains("/") && !child.name().contains("\0") && !child.name().equals(".") && !child.name().equals(".."),
                    "inode " + child.number() + " has the impossible name '" + child.name() + "'");
            require(i == 0 || Arrays.compareUnsigned(before, name) < 0, "the names in inode " + directory.number() + " must be in order and different");
            before = name;
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new FlistException("the flist is damaged: " + otherwise);
        }
    }
}
