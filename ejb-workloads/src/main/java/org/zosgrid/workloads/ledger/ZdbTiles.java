package org.zosgrid.workloads.ledger;

import jakarta.resource.ResourceException;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import org.zosgrid.bpmn.UnavailableException;
import org.zosgrid.connector.zdb.ZdbConnection;
import org.zosgrid.connector.zdb.ZdbConnectionFactory;
import org.zosgrid.contract.ledger.Tile;
import org.zosgrid.contract.ledger.TileStore;
import org.zosgrid.model.CurrentOrganisation;

/** Tiles in a Zero-DB, each under the path of the full tile of its place; what grows takes the place of what it was. */
record ZdbTiles(ZdbConnectionFactory stores) implements TileStore {
    private static final String NAMESPACE = "ledger";

    @Override
    public void write(SortedMap<Tile, byte[]> tiles) {
        if (tiles.isEmpty()) {
            return;
        }
        SequencedMap<String, byte[]> values = new LinkedHashMap<>();
        tiles.forEach((tile, bytes) -> values.put(place(tile), bytes));
        try (ZdbConnection store = stores.getLedgerConnection()) {
            store.set(NAMESPACE, values);
        } catch (ResourceException away) {
            throw new UnavailableException(String.valueOf(away.getMessage()));
        }
    }

    @Override
    public Optional<byte[]> read(Tile tile) {
        try (ZdbConnection store = stores.getLedgerConnection()) {
            return store.get(NAMESPACE, place(tile));
        } catch (ResourceException away) {
            throw new UnavailableException(String.valueOf(away.getMessage()));
        }
    }

    /** The default organisation's tiles lie where they always lay. */
    private static String place(Tile tile) {
        return CurrentOrganisation.isDefault() ? tile.place() : "organisation/" + CurrentOrganisation.name() + "/" + tile.place();
    }
}
