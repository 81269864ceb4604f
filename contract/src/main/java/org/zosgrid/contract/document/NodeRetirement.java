package org.zosgrid.contract.document;

import java.time.Instant;
import java.util.Set;
import org.zosgrid.contract.JsonObject;
import org.zosgrid.contract.envelope.PayloadType;

/**
 * A node shall not belong to the system any more: nothing new comes to it, what is there must be moved or removed, and then a trust root leaves it out. No
 * node ever takes this document: nodes decide by trust roots.
 *
 * @param name the node's name
 * @param reason why, for whoever reads the ledger later
 */
public record NodeRetirement(String name, long version, String requester, Instant created, Instant expires, String reason, Demand demand) implements ChangeDocument {

    /** With no demand beyond the rules. */
    public NodeRetirement(String name, long version, String requester, Instant created, Instant expires, String reason) {
        this(name, version, requester, created, expires, reason, Demand.NONE);
    }

    public static NodeRetirement parse(byte[] payload) {
        JsonObject object = JsonObject.of(payload, "retirement");
        Order order = Order.read(object, 1); // Most nodes were there before any document was about them.
        object.end();
        return new NodeRetirement(order.name(), order.version(), order.requester(), order.created(), order.expires(), order.reason(), order.demand());
    }

    /** Empty: it is for the control plane. */
    @Override
    public Set<String> nodes() {
        return Set.of();
    }

    @Override
    public NodeRetirement withDemand(Demand other) {
        return new NodeRetirement(name, version, requester, created, expires, reason, other);
    }

    @Override
    public String payloadType() {
        return PayloadType.RETIREMENT;
    }

    @Override
    public byte[] toJson() {
        return new Order(name, version, requester, created, expires, reason, demand).toJson();
    }
}
