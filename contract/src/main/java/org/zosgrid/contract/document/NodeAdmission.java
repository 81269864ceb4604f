package org.zosgrid.contract.document;

import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.JsonObject;
import org.zosgrid.contract.StrictJson;
import org.zosgrid.contract.envelope.PayloadType;
import org.zosgrid.contract.inventory.NodeAddress;
import org.zosgrid.contract.key.VerificationKey;

/**
 * A node shall belong to the system. Where it answers, the inventory says from then on; what it may be used for, a trust root says, which must name exactly
 * this key and these capabilities. No node ever takes this document: nodes decide by trust roots.
 *
 * @param name the node's name; it is the name of nothing else
 * @param reason why, for whoever reads the ledger later
 * @param key the node's public key in PEM
 * @param capabilities what it shall be used for: {@code compute}, {@code gateway}
 * @param address a literal IP address on the management network
 * @param storePort Zero-DB over TLS
 * @param apiPort HTTPS
 */
public record NodeAdmission(String name, long version, String requester, Instant created, Instant expires, String reason, String key, Set<String> capabilities, String address, int storePort, int apiPort, Demand demand)
        implements ChangeDocument {
    private static final Set<String> KNOWN = Set.of("compute", "gateway");
    private static final int MAX_KEY = 10_000;

    public NodeAdmission {
        capabilities = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(capabilities));
    }

    /** With no demand beyond the rules. */
    public NodeAdmission(String name, long version, String requester, Instant created, Instant expires, String reason, String key, Set<String> capabilities, String address, int storePort, int apiPort) {
        this(name, version, requester, created, expires, reason, key, capabilities, address, storePort, apiPort, Demand.NONE);
    }

    public static NodeAdmission parse(byte[] payload) {
        JsonObject object = JsonObject.of(payload, "admission");
        Order order = Order.read(object, 1);
        NodeAdmission admission = new NodeAdmission(
                order.name(), order.version(), order.requester(), order.created(), order.expires(), order.reason(),
                object.text("key", MAX_KEY),
                Set.copyOf(object.texts("capabilities", KNOWN.size(), 20)),
                object.text("address", 45),
                (int) object.number("storePort", 1, 65_535),
                (int) object.number("apiPort", 1, 65_535),
                order.demand());
        if (admission.capabilities.isEmpty() || !KNOWN.containsAll(admission.capabilities)) {
            object.fault("capabilities", "must be compute, gateway or both", admission.capabilities.toString());
        }
        if (!admission.address.matches("[0-9.]+|[0-9a-fA-F:]*:[0-9a-fA-F:.]*")) {
            object.fault("address", "must be a literal IP address", admission.address);
        }
        try {
            admission.verificationKey();
        } catch (ContractException none) {
            object.fault("key", String.valueOf(none.getMessage()), "");
        }
        object.end();
        return admission;
    }

    /** The key by which the node signs receipts. */
    public VerificationKey verificationKey() {
        return VerificationKey.fromPem(key);
    }

    /** As the inventory has it. */
    public NodeAddress inventoried() {
        return new NodeAddress(name, address, storePort, apiPort);
    }

    /** Empty: it is for the control plane. */
    @Override
    public Set<String> nodes() {
        return Set.of();
    }

    @Override
    public NodeAdmission withDemand(Demand other) {
        return new NodeAdmission(name, version, requester, created, expires, reason, key, capabilities, address, storePort, apiPort, other);
    }

    @Override
    public String payloadType() {
        return PayloadType.ADMISSION;
    }

    @Override
    public byte[] toJson() {
        var object = new Order(name, version, requester, created, expires, reason, demand).object()
                .put("key", key);
        capabilities.forEach(object.withArray("capabilities")::add);
        return StrictJson.bytes(object.put("address", address).put("storePort", storePort).put("apiPort", apiPort));
    }
}
