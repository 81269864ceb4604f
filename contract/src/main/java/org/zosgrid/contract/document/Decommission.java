package org.zosgrid.contract.document;

import java.time.Instant;
import java.util.Set;
import org.zosgrid.contract.JsonObject;
import org.zosgrid.contract.StrictJson;
import org.zosgrid.contract.envelope.PayloadType;

/**
 * Nothing of a deployment shall run any more. It takes a version like any change, so that it can be neither replayed nor undone by an old document.
 *
 * @param reason why, for whoever reads the ledger later
 */
public record Decommission(String name, long version, String requester, Instant created, Instant expires, String reason) implements ChangeDocument {

    public static Decommission parse(byte[] payload) {
        JsonObject object = JsonObject.of(payload, "decommission");
        Decommission document = new Decommission(
                object.text("name", Names.MAX, Names.NAME, Names.FORM),
                object.number("version", 2, Long.MAX_VALUE),
                object.text("requester", Names.MAX, Names.NAME, Names.FORM),
                object.instant("created"),
                object.instant("expires"),
                object.text("reason", 1000));
        object.end();
        return document;
    }

    /** Empty: it concerns whichever nodes run something of that name. */
    @Override
    public Set<String> nodes() {
        return Set.of();
    }

    @Override
    public String payloadType() {
        return PayloadType.DECOMMISSION;
    }

    @Override
    public byte[] toJson() {
        return StrictJson.bytes(StrictJson.object()
                .put("name", name)
                .put("version", version)
                .put("requester", requester)
                .put("created", created.toString())
                .put("expires", expires.toString())
                .put("reason", reason));
    }
}
