package org.zosgrid.contract.document;

import java.time.Instant;
import java.util.Set;
import org.zosgrid.contract.envelope.PayloadType;

/**
 * A deployment shall stand still: its machines stop and its routes close, and what its machines wrote stays. It takes a version like any change.
 *
 * @param reason why, for whoever reads the ledger later
 */
public record Pause(String name, long version, String requester, Instant created, Instant expires, String reason) implements ChangeDocument {

    public static Pause parse(byte[] payload) {
        Order order = Order.parse(payload, "pause");
        return new Pause(order.name(), order.version(), order.requester(), order.created(), order.expires(), order.reason());
    }

    /** Empty: it concerns whichever nodes run something of that name. */
    @Override
    public Set<String> nodes() {
        return Set.of();
    }

    @Override
    public String payloadType() {
        return PayloadType.PAUSE;
    }

    @Override
    public byte[] toJson() {
        return new Order(name, version, requester, created, expires, reason).toJson();
    }
}
