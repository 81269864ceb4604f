package org.zosgrid.contract.document;

import java.time.Instant;
import java.util.Set;
import org.zosgrid.contract.envelope.PayloadType;

/**
 * Nothing of a deployment shall run any more. It takes a version like any change, so that it can be neither replayed nor undone by an old document.
 *
 * @param reason why, for whoever reads the ledger later
 */
public record Decommission(String name, long version, String requester, Instant created, Instant expires, String reason) implements ChangeDocument {

    public static Decommission parse(byte[] payload) {
        Order order = Order.parse(payload, "decommission");
        return new Decommission(order.name(), order.version(), order.requester(), order.created(), order.expires(), order.reason());
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
        return new Order(name, version, requester, created, expires, reason).toJson();
    }
}
