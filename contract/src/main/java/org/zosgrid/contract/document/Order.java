package org.zosgrid.contract.document;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.zosgrid.contract.JsonObject;
import org.zosgrid.contract.StrictJson;

/** What every order about a deployment says, one that brings no new description of what to run. */
record Order(String name, long version, String requester, Instant created, Instant expires, String reason) {

    /** @param kind as faults name it, such as {@code pause} */
    static Order parse(byte[] payload, String kind) {
        JsonObject object = JsonObject.of(payload, kind);
        Order order = read(object);
        object.end();
        return order;
    }

    static Order read(JsonObject object) {
        return new Order(
                object.text("name", Names.MAX, Names.NAME, Names.FORM),
                object.number("version", 2, Long.MAX_VALUE),
                object.text("requester", Names.MAX, Names.NAME, Names.FORM),
                object.instant("created"),
                object.instant("expires"),
                object.text("reason", 1000));
    }

    byte[] toJson() {
        return StrictJson.bytes(object());
    }

    ObjectNode object() {
        return StrictJson.object()
                .put("name", name)
                .put("version", version)
                .put("requester", requester)
                .put("created", created.toString())
                .put("expires", expires.toString())
                .put("reason", reason);
    }
}
