package org.zosgrid.contract.ledger;

import java.util.List;
import java.util.stream.Collectors;

/** Tiles that do not lead to the root hash that the log is known by: the store has lost or changed something. They can be made again from the entries. */
public final class DamagedTileException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<Tile> tiles;

    DamagedTileException(List<Tile> tiles, String what) {
        super((tiles.size() == 1 ? "" : "one of ") + tiles.stream().map(Tile::path).collect(Collectors.joining(", ")) + ": " + what);
        this.tiles = List.copyOf(tiles);
    }

    /** The tile; several where only their sum is known to be wrong. */
    public List<Tile> tiles() {
        return tiles;
    }
}
