package org.zosgrid.node.zdb;

import java.nio.ByteBuffer;

/**
 * Some entries of one data file that follow each other, byte for byte as they were written, and from where to go on after them.
 *
 * @param file number of the file
 * @param epoch in which the file was begun
 * @param entries little-endian; each says itself where it belongs
 * @param next location from which on the next part is to be read
 */
record LogPart(int file, int epoch, ByteBuffer entries, long next) {}
