package org.zosgrid.workloads.webhook;

import java.util.Base64;
import java.util.Map;
import org.zosgrid.contract.StrictJson;
import org.zosgrid.contract.ledger.LedgerEntry;

/**
 * A decision as a CloudEvent 1.0 in structured JSON mode. Everything in it comes from the ledger's entry, so that it is the same however often it is made.
 *
 * @param id      names the event within its source: the entry's index in the ledger
 * @param type    what happened, {@code org.zosgrid.…}
 * @param subject what it is about; order is kept within it
 * @param json    the event
 */
record CloudEvent(String id, String type, String subject, byte[] json) {
    static final String MEDIA_TYPE = "application/cloudevents+json; charset=UTF-8";
    /** Sent by {@code zos webhook test} alone. */
    static final String TEST = "org.zosgrid.webhook.test";

    private static final String CHANGE = "org.zosgrid.change.";
    /** Kinds of entries that are not about a change of a deployment. */
    private static final Map<String, String> OTHERS = Map.of("receipt", "org.zosgrid.node.receipt", LedgerEntry.ROOT_ROTATED, "org.zosgrid.trust-root.rotated",
            LedgerEntry.ROOT_AWAITED, "org.zosgrid.trust-root.awaited", LedgerEntry.ROOT_FOLLOWED, "org.zosgrid.trust-root.followed",
            LedgerEntry.ROOT_REFUSED, "org.zosgrid.trust-root.refused", LedgerEntry.ROOT_OVERDUE, "org.zosgrid.trust-root.overdue");

    /** The type of event that an entry of this kind becomes. */
    static String type(String kind) {
        return OTHERS.getOrDefault(kind, CHANGE + kind);
    }

    /**
     * @param origin the ledger's name
     * @param bytes  the entry as it was hashed: whoever has an inclusion proof can check the event
     */
    static CloudEvent of(String origin, long index, LedgerEntry entry, byte[] bytes) {
        String type = type(entry.kind());
        var event = StrictJson.object()
                .put("specversion", "1.0")
                .put("id", Long.toString(index))
                .put("source", source(origin))
                .put("type", type)
                .put("subject", entry.name())
                .put("time", entry.at().toString())
                // sorts as the ledger does, also as text
                .put("sequence", "%019d".formatted(index))
                .put("datacontenttype", "application/json");
        event.putObject("data")
                .put("kind", entry.kind())
                .put("name", entry.name())
                .put("version", entry.version())
                .put("digest", entry.digest())
                .put("detail", entry.detail())
                .put("index", index)
                .put("entry", Base64.getEncoder().encodeToString(bytes));
        return new CloudEvent(Long.toString(index), type, entry.name(), StrictJson.bytes(event));
    }

    /** Says nothing but that it arrived. */
    static CloudEvent test(String origin, String id, String time) {
        var event = StrictJson.object()
                .put("specversion", "1.0")
                .put("id", id)
                .put("source", source(origin))
                .put("type", TEST)
                .put("time", time)
                .put("datacontenttype", "application/json");
        event.putObject("data");
        return new CloudEvent(id, TEST, "", StrictJson.bytes(event));
    }

    /** A reference to whatever the ledger's name names, by no particular protocol. */
    private static String source(String origin) {
        return "//" + origin;
    }
}
