package org.zosgrid.connector.zdb;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.ResourceAdapterInternalException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.inventory.FollowedInventory;
import org.zosgrid.contract.inventory.NodeAddress;
import org.zosgrid.contract.transport.ManagementIdentity;
import org.zosgrid.contract.transport.ManagementTls;

/** The nodes of the inventory, who we are to them, and the ledger's store if there is one. The TLS context is made once: that takes longer than a handshake. */
record Nodes(FollowedInventory inventory, SSLContext tls, Optional<LedgerStore> ledger) {

    /** Reads what the adapter's properties name; every fault is told, not only the first. */
    static Nodes read(@Nullable String inventory, @Nullable String tlsDirectory, @Nullable String ledger, @Nullable String ledgerPassword) throws ResourceAdapterInternalException {
        List<String> faults = new ArrayList<>();
        Optional<FollowedInventory> nodes = read("inventory", inventory, FollowedInventory::new, faults);
        Optional<SSLContext> tls = read("tlsDirectory", tlsDirectory, directory -> ManagementTls.context(ManagementIdentity.read(directory)), faults);
        boolean named = ledger != null && !ledger.isBlank();
        Optional<LedgerStore> store = named ? read("ledgerPassword", ledgerPassword, file -> LedgerStore.parse(String.valueOf(ledger), file), faults) : Optional.empty();
        if (nodes.isPresent() && nodes.get().newest().nodes().isEmpty()) {
            faults.add("inventory: must list at least one node (is: " + inventory + ")");
        }
        if (!faults.isEmpty()) {
            throw new ResourceAdapterInternalException("the adapter to the nodes' stores cannot start: " + String.join("; ", faults));
        }
        return new Nodes(nodes.orElseThrow(), tls.orElseThrow(), store);
    }

    private static <T> Optional<T> read(String property, @Nullable String value, Function<Path, T> reader, List<String> faults) {
        if (value == null || value.isBlank()) {
            faults.add(property + ": must be a path (is not set)");
            return Optional.empty();
        }
        try {
            return Optional.of(reader.apply(Path.of(value)));
        } catch (RuntimeException wrong) {
            faults.add(property + ": " + wrong.getMessage() + " (is: " + value + ")");
            return Optional.empty();
        }
    }

    /** Refuses a store that nobody has named. */
    void known(String store) throws ResourceException {
        if (!store.equals(LedgerStore.NAME)) {
            address(store);
        } else if (ledger.isEmpty()) {
            throw new ResourceException("ledger: must be the address of the ledger's store (is not set)");
        }
    }

    /** Where a node answers; an unknown name is refused with the known ones. */
    NodeAddress address(String node) throws ResourceException {
        try {
            return inventory.node(node);
        } catch (ContractException unknown) {
            throw new ResourceException(unknown.getMessage(), unknown);
        }
    }

    /** Where a store is now; empty for the ledger's. */
    Optional<NodeAddress> place(String store) throws ResourceException {
        return store.equals(LedgerStore.NAME) ? Optional.empty() : Optional.of(address(store));
    }

    /** Whether the inventory has a node elsewhere by now, or not at all. */
    boolean hasMoved(Optional<NodeAddress> from) {
        return from.isPresent() && inventory.newest().nodes().stream().noneMatch(from.get()::equals);
    }

    String first() throws ResourceException {
        return inventory.newest().nodes().stream().findFirst().orElseThrow(() -> new ResourceException("inventory: must list at least one node (lists none)")).name();
    }

    /** A fresh connection to a store. */
    StoreLink connect(String store) throws ResourceException {
        known(store);
        return store.equals(LedgerStore.NAME) ? StoreLink.open(ledger.orElseThrow()) : StoreLink.open(address(store), tls);
    }
}
