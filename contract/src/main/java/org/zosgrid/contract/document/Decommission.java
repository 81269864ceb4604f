package org.zosgrid.contract.document;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.zosgrid.contract.JsonObject;
import org.zosgrid.contract.StrictJson;
import org.zosgrid.contract.envelope.PayloadType;

/**
 * Nothing of a deployment shall run any more. It takes a version like any change, so that it can be neither replayed nor undone by an old document.
 *
 * @param reason why, for whoever reads the ledger later
 * @param workflow name of the customer's model by which it is approved and done; empty for the built-in one
 */
public record Decommission(String name, long version, String requester, Instant created, Instant expires, String reason, Optional<String> workflow, Demand demand) implements ChangeDocument {

    /** A removal by the built-in process. */
    public Decommission(String name, long version, String requester, Instant created, Instant expires, String reason) {
        this(name, version, requester, created, expires, reason, Optional.empty());
    }


    /** With no demand beyond the rules. */
    public Decommission(String name, long version, String requester, Instant created, Instant expires, String reason, Optional<String> workflow) {
        this(name, version, requester, created, expires, reason, workflow, Demand.NONE);
    }

    public static Decommission parse(byte[] payload) {
        JsonObject object = JsonObject.of(payload, "decommission");
        Order order = Order.read(object, 2);
        Optional<String> workflow = object.has("workflow") ? Optional.of(object.text("workflow", Names.MAX, Names.NAME, Names.FORM)) : Optional.empty();
        object.end();
        return new Decommission(order.name(), order.version(), order.requester(), order.created(), order.expires(), order.reason(), workflow, order.demand());
    }

    /** Empty: it concerns whichever nodes run something of that name. */
    @Override
    public Set<String> nodes() {
        return Set.of();
    }

    @Override
    public Decommission withDemand(Demand other) {
        return new Decommission(name, version, requester, created, expires, reason, workflow, other);
    }

    @Override
    public String payloadType() {
        return PayloadType.DECOMMISSION;
    }

    @Override
    public byte[] toJson() {
        var object = new Order(name, version, requester, created, expires, reason, demand).object();
        workflow.ifPresent(model -> object.put("workflow", model));
        return StrictJson.bytes(object);
    }
}
