package org.zosgrid.contract.inventory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.JsonObject;
import org.zosgrid.contract.StrictJson;

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

    public byte[] toJson() {
        ObjectNode object = StrictJson.object();
        object.withArray("nodes");
        for (NodeAddress each : nodes) {
            object.withArray("nodes").addObject().put("name", each.name()).put("address", each.address()).put("storePort", each.storePort()).put("apiPort", each.apiPort());
        }
        return StrictJson.bytes(object);
    }

    /** With this node, instead of what is said of its name so far. */
    public NodeInventory with(NodeAddress node) {
        List<NodeAddress> all = new ArrayList<>(without(node.name()).nodes);
        int place = nodes.stream().map(NodeAddress::name).toList().indexOf(node.name());
        all.add(place < 0 ? all.size() : place, node);
        return new NodeInventory(all);
    }

    /** Without the node of this name. */
    public NodeInventory without(String name) {
        return new NodeInventory(nodes.stream().filter(each -> !each.name().equals(name)).toList());
    }

    /** The node of that name; an unknown name is a fault that lists the known ones. */
    public NodeAddress node(String name) {
        return nodes.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ContractException("node", "must be one of " + nodes.stream().map(NodeAddress::name).toList(), name));
    }
}
