package org.zosgrid.flist;

/** Where an importer puts chunks; the same chunk may come more than once. */
public interface ChunkSink {
    void put(Chunk chunk, byte[] plain);
}
