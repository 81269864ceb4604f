package org.zosgrid.contract.document;

import java.time.Instant;
import java.util.Set;
import org.zosgrid.contract.envelope.PayloadType;

/**
 * A deployment that stands still shall run again, as it was approved. It takes a version like any change.
 *
 * @param reason why, for whoever reads the ledger later
 */
public record Resume(String name, long version, String requester, Instant created, Instant expires, String reason, Demand demand) implements ChangeDocument {

    /** With no demand beyond the rules. */
    public Resume(String name, long version, String requester, Instant created, Instant expires, String reason) {
        this(name, version, requester, created, expires, reason, Demand.NONE);
    }

    public static Resume parse(byte[] payload) {
        Order order = Order.parse(payload, "resume");
        return new Resume(order.name(), order.version(), order.requester(), order.created(), order.expires(), order.reason(), order.demand());
    }

    /** Empty: it concerns whichever nodes run something of that name. */
    @Override
    public Set<String> nodes() {
        return Set.of();
    }

    @Override
    public Resume withDemand(Demand other) {
        return new Resume(name, version, requester, created, expires, reason, other);
    }

    @Override
    public String payloadType() {
        return PayloadType.RESUME;
    }

    @Override
    public byte[] toJson() {
        return new Order(name, version, requester, created, expires, reason, demand).toJson();
    }
}
