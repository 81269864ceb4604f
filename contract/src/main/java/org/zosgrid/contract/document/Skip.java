package org.zosgrid.contract.document;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.JsonObject;
import org.zosgrid.contract.StrictJson;
import org.zosgrid.contract.envelope.PayloadType;

/**
 * A step of a process that is stuck shall be passed over. It is for the control plane; no node ever takes one, and what the step would have told a node stays untold.
 *
 * @param name of this document, which has versions of its own
 * @param subject the change whose process is stuck
 * @param subjectVersion its version
 * @param step id of the stuck element in the diagram
 * @param node that the step is about; empty if it is about none
 * @param reason why, for whoever reads the ledger later
 */
public record Skip(String name, long version, String requester, Instant created, Instant expires, String reason, String subject, long subjectVersion, String step, Optional<String> node, Demand demand)
        implements ChangeDocument {
    private static final int MAX_STEP = 120;

    /** With no demand beyond the rules. */
    public Skip(String name, long version, String requester, Instant created, Instant expires, String reason, String subject, long subjectVersion, String step, Optional<String> node) {
        this(name, version, requester, created, expires, reason, subject, subjectVersion, step, node, Demand.NONE);
    }

    public static Skip parse(byte[] payload) {
        JsonObject object = JsonObject.of(payload, "skip");
        Order order = Order.read(object, 1);
        Skip skip = new Skip(
                order.name(), order.version(), order.requester(), order.created(), order.expires(), order.reason(),
                object.text("subject", Names.MAX, Names.NAME, Names.FORM),
                object.number("subjectVersion", 1, Long.MAX_VALUE),
                object.value("step", MAX_STEP, Skip::element, "step"),
                object.has("node") ? Optional.of(object.text("node", Names.MAX, Names.NAME, Names.FORM)) : Optional.empty(),
                order.demand());
        object.end();
        return skip;
    }

    private static String element(String text) {
        if (!text.matches("[A-Za-z_][A-Za-z0-9._-]*")) {
            throw new ContractException("", "must be the id of an element of a diagram", text);
        }
        return text;
    }

    /** Names the stuck step as the control plane does: {@code shop:3:send:compute-1}. */
    public String incident() {
        return subject + ":" + subjectVersion + ":" + step + node.map(each -> ":" + each).orElse("");
    }

    /** Empty: it is for the control plane. */
    @Override
    public Set<String> nodes() {
        return Set.of();
    }

    @Override
    public Skip withDemand(Demand other) {
        return new Skip(name, version, requester, created, expires, reason, subject, subjectVersion, step, node, other);
    }

    @Override
    public String payloadType() {
        return PayloadType.SKIP;
    }

    @Override
    public byte[] toJson() {
        var object = new Order(name, version, requester, created, expires, reason, demand).object()
                .put("subject", subject)
                .put("subjectVersion", subjectVersion)
                .put("step", step);
        node.ifPresent(each -> object.put("node", each));
        return StrictJson.bytes(object);
    }
}
