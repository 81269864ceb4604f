package org.zosgrid.contract.ledger;

import java.util.Optional;

/** Where a log's tiles are read. Nothing that it hands out is believed: {@link TiledTree} verifies every tile. */
@FunctionalInterface
public interface TileSource {
    /** What is stored at a tile's place, which may be wider than what is asked for: a tile only grows. Empty if there is nothing. */
    Optional<byte[]> read(Tile tile);
}
