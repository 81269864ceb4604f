package org.zosgrid.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.zosgrid.contract.StrictJson;
import org.zosgrid.workloads.view.NodeView;

/** Nodes as JSON. */
final class NodeAnswer {
    private static final long NANOS_PER_MICRO = 1000;

    private NodeAnswer() {}

    static byte[] of(List<NodeView> nodes) {
        ObjectNode json = StrictJson.object();
        ArrayNode items = json.putArray("items");
        nodes.forEach(each -> items.add(node(each)));
        return StrictJson.bytes(json);
    }

    static byte[] of(NodeView.Detail detail) {
        ObjectNode json = node(detail.node());
        Answer.list(json, "receipts", detail.receipts(), (each, into) -> into.put("sequence", each.sequence()).put("name", each.name()).put("version", each.version())
                .put("outcome", each.outcome()).put("reason", each.reason()).put("message", each.message()).put("at", each.at().toString()));
        return StrictJson.bytes(json);
    }

    private static ObjectNode node(NodeView node) {
        ObjectNode json = StrictJson.object().put("name", node.name()).put("standing", node.standing());
        Answer.texts(json, "capabilities", node.capabilities());
        json.put("witness", node.witness()).put("problem", node.problem()).put("heardAt", node.heardAt().map(Object::toString).orElse(null))
                .put("receiptsNext", node.receiptsNext()).put("ledgerSize", node.ledgerSize());
        json.set("status", node.status().<JsonNode>map(NodeAnswer::status).orElse(NullNode.getInstance()));
        return json;
    }

    private static ObjectNode status(NodeView.Status status) {
        ObjectNode json = StrictJson.object().put("release", status.release()).put("uptimeSeconds", status.uptime().toSeconds()).put("overlayAddress", status.overlayAddress())
                .put("trustRootVersion", status.trustRootVersion());
        json.putObject("capacity").put("cpuMillis", status.capacity().cpuMillis()).put("memoryBytes", status.capacity().memoryBytes());
        Answer.list(json, "reserved", status.reserved(), (each, into) ->
                into.put("deployment", each.deployment()).put("cpuMillis", each.cpuMillis()).put("memoryBytes", each.memoryBytes()));
        json.putObject("storage").put("capacityBytes", status.storage().capacityBytes()).put("freeBytes", status.storage().freeBytes());
        Answer.list(json, "workloads", status.workloads(), (each, into) -> into.put("deployment", each.deployment()).put("name", each.name()).put("state", each.state())
                .put("address", each.address()).put("message", each.message()));
        Answer.list(json, "links", status.links(), (each, into) -> into.put("peer", each.peer()).put("up", each.up())
                .put("roundTripMicros", each.roundTrip().map(time -> time.toNanos() / NANOS_PER_MICRO).orElse(null)).put("problem", each.problem()));
        Answer.texts(json, "images", status.images());
        Answer.texts(json, "references", status.references());
        return json;
    }
}
