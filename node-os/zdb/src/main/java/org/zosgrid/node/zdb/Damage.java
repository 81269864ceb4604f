package org.zosgrid.node.zdb;

/**
 * Bytes of a data file that are not what was written, found when a namespace was opened.
 *
 * @param file number of the data file
 * @param offset first damaged byte
 * @param bytes how many, up to the next whole entry
 */
public record Damage(int file, long offset, long bytes) {}
