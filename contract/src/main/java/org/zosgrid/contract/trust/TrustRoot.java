package org.zosgrid.contract.trust;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.Fault;
import org.zosgrid.contract.JsonObject;
import org.zosgrid.contract.StrictJson;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.envelope.PayloadType;
import org.zosgrid.contract.key.KeyId;
import org.zosgrid.contract.key.VerificationKey;
import org.zosgrid.contract.ledger.LedgerKeys;

/**
 * Who may do what. Every node pins one; it is signed by the threshold of its own root role.
 *
 * <p>Roles are {@code root}, {@code requester}, {@code approver}, {@code image-signer}, {@code boot-signer} and {@code node}. A threshold counts
 * people: two keys of one person are one.
 *
 * @param keys every key the root knows, by id
 * @param ledger the keys that sign the ledger's checkpoints
 */
public record TrustRoot(
        long version,
        Instant expires,
        Map<KeyId, TrustedKey> keys,
        Map<String, Role> roles,
        Floors floors,
        Map<String, TrustedNode> nodes,
        LedgerKeys ledger) {
    public static final String ROOT = "root";
    public static final String REQUESTER = "requester";
    public static final String APPROVER = "approver";
    public static final String IMAGE_SIGNER = "image-signer";
    public static final String BOOT_SIGNER = "boot-signer";
    public static final String NODE = "node";

    private static final Set<String> KNOWN_ROLES = Set.of(ROOT, REQUESTER, APPROVER, IMAGE_SIGNER, BOOT_SIGNER, NODE);
    private static final Set<String> CAPABILITIES = Set.of("compute", "gateway");
    private static final int MAX_KEYS = 10_000;

    public TrustRoot {
        keys = Collections.unmodifiableSortedMap(new TreeMap<>(keys));
        roles = Collections.unmodifiableSortedMap(new TreeMap<>(roles));
        nodes = Collections.unmodifiableSortedMap(new TreeMap<>(nodes));
        java.util.List<Fault> faults = new java.util.ArrayList<>();
        if (version < 1) {
            faults.add(new Fault("version", "must be at least 1", Long.toString(version)));
        }
        for (String required : Set.of(ROOT, REQUESTER, APPROVER)) {
            if (!roles.containsKey(required)) {
                faults.add(new Fault("roles." + required, "is missing", ""));
            }
        }
        for (Map.Entry<String, Role> each : roles.entrySet()) {
            checkRole(each.getKey(), each.getValue(), keys, faults);
        }
        for (Map.Entry<KeyId, TrustedKey> each : keys.entrySet()) {
            if (!each.getKey().equals(each.getValue().key().id())) {
                faults.add(new Fault("keys." + each.getKey(), "is not the id of its public key", each.getValue().key().id().hex()));
            }
        }
        for (Map.Entry<String, TrustedNode> each : nodes.entrySet()) {
            if (!keys.containsKey(each.getValue().key())) {
                faults.add(new Fault("nodes." + each.getKey() + ".key", "must be one of the root's keys", each.getValue().key().hex()));
            }
            if (!CAPABILITIES.containsAll(each.getValue().capabilities())) {
                faults.add(new Fault("nodes." + each.getKey() + ".capabilities", "must be among compute and gateway", each.getValue().capabilities().toString()));
            }
        }
        if (!faults.isEmpty()) {
            throw new ContractException(faults);
        }
    }

    private static void checkRole(String name, Role role, Map<KeyId, TrustedKey> keys, java.util.List<Fault> faults) {
        if (!KNOWN_ROLES.contains(name)) {
            faults.add(new Fault("roles." + name, "is not a known role; known are " + new TreeSet<>(KNOWN_ROLES), ""));
        }
        Set<String> people = new HashSet<>();
        for (KeyId key : role.keys()) {
            if (keys.containsKey(key)) {
                people.add(keys.get(key).person());
            } else {
                faults.add(new Fault("roles." + name + ".keys", "must be among the root's keys", key.hex()));
            }
        }
        if (role.threshold() > people.size()) {
            faults.add(new Fault("roles." + name + ".threshold", "must not be above the number of people who hold the role, " + people.size(), Integer.toString(role.threshold())));
        }
    }

    /** Checks a signed trust root: its own root role's threshold signed it, and it has not expired. */
    public static TrustRoot verify(Envelope envelope, Instant now) {
        if (!envelope.payloadType().equals(PayloadType.TRUST_ROOT)) {
            throw new ContractException("payloadType", "must be " + PayloadType.TRUST_ROOT, envelope.payloadType());
        }
        TrustRoot root = parse(envelope.payload());
        if (!root.reached(ROOT, envelope.verifiedBy(root::key))) {
            throw new ContractException("signatures", "must be by " + root.roles.get(ROOT).threshold() + " of the people who hold the role root");
        }
        if (root.expired(now)) {
            throw new ContractException("expires", "lies in the past", root.expires.toString());
        }
        return root;
    }

    public static TrustRoot parse(byte[] payload) {
        JsonObject object = JsonObject.of(payload, "trust root");
        long version = object.number("version", 1, Long.MAX_VALUE);
        Instant expires = object.instant("expires");
        Map<KeyId, TrustedKey> keys = new TreeMap<>();
        object.map("keys", MAX_KEYS, each -> new TrustedKey(each.text("person", 36), VerificationKey.fromSpki(each.base64("publicKey", 4096))))
                .forEach((id, key) -> keys.put(new KeyId(id), key));
        Map<String, Role> roles = object.map("roles", KNOWN_ROLES.size(), TrustRoot::role);
        Optional<Floors> floors = object.object("floors", each -> new Floors(
                (int) each.number("create", 1, 1000), (int) each.number("change", 1, 1000), (int) each.number("decommission", 1, 1000)));
        Map<String, TrustedNode> nodes = object.map("nodes", MAX_KEYS, each -> new TrustedNode(
                each.value("key", 64, KeyId::new, new KeyId("0".repeat(64))), new TreeSet<>(each.texts("capabilities", 8, 20))));
        Optional<LedgerKeys> ledger = object.object("ledger", each -> new LedgerKeys(each.text("origin", 200), each.text("ed25519", 8192), each.text("mldsa44", 8192)));
        object.end();
        return new TrustRoot(version, expires, keys, roles, floors.orElseThrow(), nodes, ledger.orElseThrow());
    }

    private static Role role(JsonObject each) {
        Set<KeyId> keys = new TreeSet<>();
        for (String id : each.texts("keys", MAX_KEYS, 64)) {
            keys.add(new KeyId(id));
        }
        return new Role(keys, (int) each.number("threshold", 1, MAX_KEYS));
    }

    public byte[] toJson() {
        ObjectNode object = StrictJson.object().put("version", version).put("expires", expires.toString());
        ObjectNode keyList = object.putObject("keys");
        keys.forEach((id, key) -> keyList.putObject(id.hex())
                .put("person", key.person())
                .put("publicKey", Base64.getEncoder().encodeToString(key.key().spki())));
        ObjectNode roleList = object.putObject("roles");
        roles.forEach((name, role) -> {
            ObjectNode each = roleList.putObject(name);
            role.keys().forEach(key -> each.withArray("keys").add(key.hex()));
            each.put("threshold", role.threshold());
        });
        object.putObject("floors").put("create", floors.create()).put("change", floors.change()).put("decommission", floors.decommission());
        ObjectNode nodeList = object.putObject("nodes");
        nodes.forEach((name, node) -> {
            ObjectNode each = nodeList.putObject(name).put("key", node.key().hex());
            node.capabilities().forEach(each.withArray("capabilities")::add);
        });
        object.putObject("ledger").put("origin", ledger.origin()).put("ed25519", ledger.ed25519()).put("mldsa44", ledger.mldsa44());
        return StrictJson.bytes(object);
    }

    public boolean expired(Instant now) {
        return !now.isBefore(expires);
    }

    public Optional<VerificationKey> key(KeyId id) {
        return Optional.ofNullable(keys.get(id)).map(TrustedKey::key);
    }

    public Optional<String> person(KeyId id) {
        return Optional.ofNullable(keys.get(id)).map(TrustedKey::person);
    }

    /** The people among the signers who hold a role, each once; empty for a role nobody defined. */
    public Set<String> people(String role, Set<KeyId> signers) {
        Set<String> people = new TreeSet<>();
        Role holders = roles.get(role);
        if (holders != null) {
            signers.stream().filter(holders.keys()::contains).forEach(key -> people.add(keys.get(key).person()));
        }
        return people;
    }

    /** Everybody who holds a role. */
    public Set<String> holders(String role) {
        return roles.containsKey(role) ? people(role, roles.get(role).keys()) : Set.of();
    }

    /** Whether enough people who hold a role are among the signers; false for a role nobody defined. */
    public boolean reached(String role, Set<KeyId> signers) {
        return roles.containsKey(role) && people(role, signers).size() >= roles.get(role).threshold();
    }
}
