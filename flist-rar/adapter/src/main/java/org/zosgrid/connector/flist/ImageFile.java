package org.zosgrid.connector.flist;

/**
 * A place in an image's tree.
 *
 * @param kind {@code directory}, {@code file}, {@code symlink}, {@code character-device}, {@code block-device} or {@code fifo}
 * @param mode permission bits, 0 to 07777
 * @param size bytes of content; of a directory, how many names it has
 * @param target of a symbolic link, otherwise empty
 */
public record ImageFile(String name, String kind, int mode, int uid, int gid, long size, String target) {}
