package org.zosgrid.flist;

/**
 * A file, directory, link or device of an image.
 *
 * @param number 1 for the root; children of a directory have numbers in a row
 * @param name without slashes; empty for the root
 * @param mode permission bits, 0 to 07777
 * @param modified seconds since 1970
 * @param size bytes of content
 * @param firstChild number of a directory's first child
 * @param children how many it has
 * @param firstChunk index of a file's first chunk
 * @param chunks how many it has
 * @param target of a symbolic link, otherwise empty
 * @param device major and minor number of a device, as {@code major << 32 | minor}
 */
public record Inode(
        int number,
        int parent,
        String name,
        Kind kind,
        int mode,
        int uid,
        int gid,
        long modified,
        long size,
        int firstChild,
        int children,
        int firstChunk,
        int chunks,
        String target,
        long device) {
    /** What it is; the order is part of the format. */
    public enum Kind {
        DIRECTORY(0040000),
        FILE(0100000),
        SYMLINK(0120000),
        CHARACTER_DEVICE(0020000),
        BLOCK_DEVICE(0060000),
        FIFO(0010000);

        private final int bits;

        Kind(int bits) {
            this.bits = bits;
        }

        /** The S_IFMT bits. */
        public int bits() {
            return bits;
        }
    }
}
