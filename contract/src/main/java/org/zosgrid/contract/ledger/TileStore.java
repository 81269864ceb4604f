package org.zosgrid.contract.ledger;

import java.util.SortedMap;

/** Where a log's tiles are kept. One writer at a time. */
public interface TileStore extends TileSource {
    /** Stores tiles, each in the place of a narrower one. When it returns, all of them are durable; if it throws, any of them may be. */
    void write(SortedMap<Tile, byte[]> tiles);
}
