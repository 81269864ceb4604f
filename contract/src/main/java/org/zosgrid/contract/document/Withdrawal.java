package org.zosgrid.contract.document;

import java.time.Instant;
import org.zosgrid.contract.JsonObject;
import org.zosgrid.contract.StrictJson;

/**
 * The control plane stops a version it sealed itself, because it failed elsewhere. It needs no approval and can only ever stop: see
 * {@code docs/adr/0004-withdrawal-by-the-ledger-key.md}.
 */
public record Withdrawal(String name, long version, String reason, Instant at) {

    public static Withdrawal parse(byte[] payload) {
        JsonObject object = JsonObject.of(payload, "withdrawal");
        Withdrawal document = new Withdrawal(
                object.text("name", Names.MAX, Names.NAME, Names.FORM),
                object.number("version", 1, Long.MAX_VALUE),
                object.text("reason", 1000),
                object.instant("at"));
        object.end();
        return document;
    }

    public byte[] toJson() {
        return StrictJson.bytes(StrictJson.object()
                .put("name", name)
                .put("version", version)
                .put("reason", reason)
                .put("at", at.toString()));
    }
}
