package org.zosgrid.contract.document;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.zosgrid.contract.JsonObject;
import org.zosgrid.contract.StrictJson;

/** What an order says, and every document that goes with a reason: who asks for what, when, until when, and why. */
record Order(String name, long version, String requester, Instant created, Instant expires, String reason, Demand demand) {

    /** @param kind as faults name it, such as {@code pause} */
    static Order parse(byte[] payload, String kind) {
        JsonObject object = JsonObject.of(payload, kind);
        Order order = read(object, 2); // There is a first version to give an order about.
        object.end();
        return order;
    }

    /** @param first the least version there can be */
    static Order read(JsonObject object, long first) {
        return new Order(
                object.text("name", Names.MAX, Names.NAME, Names.FORM),
                object.number("version", first, Long.MAX_VALUE),
                object.text("requester", Names.MAX, Names.NAME, Names.FORM),
                object.instant("created"),
                object.instant("expires"),
                object.text("reason", 1000),
                Demand.read(object));
    }

    byte[] toJson() {
        return StrictJson.bytes(object());
    }

    ObjectNode object() {
        ObjectNode object = StrictJson.object()
                .put("name", name)
                .put("version", version)
                .put("requester", requester)
                .put("created", created.toString())
                .put("expires", expires.toString())
                .put("reason", reason);
        demand.write(object);
        return object;
    }
}
