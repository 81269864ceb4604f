package org.zosgrid.contract.inventory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.JsonObject;

/** The nodes of a system, from a JSON file that its operator keeps: {@code {"nodes": [{"name", "address", "storePort", "apiPort"}]}}. */
public record NodeInventory(List<NodeAddress> nodes) {
    private static final int MAX_NODES = 10_000;

    public NodeInventory {
        nodes = List.copyOf(nodes);
    }

    public static NodeInventory read(Path file) {
        try {
            return parse(Files.readAllBytes(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read the node inventory " + file, unreadable);
        }
    }

    public static NodeInventory parse(byte[] json) {
        JsonObject object = JsonObject.of(json, "inventory");
        List<NodeAddress> nodes = object.objects("nodes", MAX_NODES, each -> new NodeAddress(
                each.text("name", 36),
                each.text("address", 45),
                (int) each.number("storePort", 1, 65_535),
                (int) each.number("apiPort", 1, 65_535)));
        object.end();
        return new NodeInventory(nodes);
    }

    /** The node of that name; an unknown name is a fault that lists the known ones. */
    public NodeAddress node(String name) {
        return nodes.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ContractException("node", "must be one of " + nodes.stream().map(NodeAddress::name).toList(), name));
    }
}
