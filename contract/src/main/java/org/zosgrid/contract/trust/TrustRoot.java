package org.zosgrid.contract.trust;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.Fault;
import org.zosgrid.contract.JsonObject;
import org.zosgrid.contract.StrictJson;
import org.zosgrid.contract.document.ChangeDocument;
import org.zosgrid.contract.document.Environment;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.envelope.PayloadType;
import org.zosgrid.contract.key.KeyId;
import org.zosgrid.contract.key.VerificationKey;
import org.zosgrid.contract.ledger.LedgerKeys;
import org.zosgrid.contract.ledger.WitnessKeys;
import org.zosgrid.contract.ledger.Witnesses;
import org.zosgrid.contract.policy.Approvals;
import org.zosgrid.contract.policy.Match;
import org.zosgrid.contract.policy.Policy;
import org.zosgrid.contract.policy.Rule;

/**
 * Who may do what, in the manner of TUF's root role. Every node pins one version and follows the chain from there: each next version is exactly one above,
 * and signed by the thresholds of the root role of both, the old version and itself. A threshold counts people: two keys of one person are one.
 *
 * <p>The roles {@code root}, {@code requester}, {@code image-signer}, {@code boot-signer}, {@code gateway-operator} and {@code node} are known by name;
 * every other is an approver group ({@code approver}, {@code security}, {@code operations}), which the rules of the {@link Policy} ask for.
 * Gateway operators are an approver group that every new route to the internet needs, whatever the rules ask for.
 *
 * @param keys every key the root knows, by id
 * @param roles roles and approver groups; a group's threshold is the least number of its people wherever a rule asks for the group
 * @param policy the floor: what every change needs at least
 * @param ledger the keys that sign the ledger's checkpoints
 * @param witnesses whose cosignatures a checkpoint needs
 * @param promoted environments in which only images run that were promoted to them
 * @param emergency what an emergency change needs; empty where there shall be none
 */
public record TrustRoot(
        long version,
        Instant expires,
        Map<KeyId, TrustedKey> keys,
        Map<String, Role> roles,
        Policy policy,
        Map<String, TrustedNode> nodes,
        LedgerKeys ledger,
        Witnesses witnesses,
        Set<Environment> promoted,
        Optional<EmergencyRule> emergency) {
    public static final String ROOT = "root";
    public static final String REQUESTER = "requester";
    /** The usual name of the approver group where there is one alone. */
    public static final String APPROVER = "approver";
    public static final String IMAGE_SIGNER = "image-signer";
    public static final String BOOT_SIGNER = "boot-signer";
    public static final String GATEWAY_OPERATOR = "gateway-operator";
    public static final String NODE = "node";

    private static final Set<String> KNOWN_ROLES = Set.of(ROOT, REQUESTER, IMAGE_SIGNER, BOOT_SIGNER, GATEWAY_OPERATOR, NODE);
    private static final Set<String> CAPABILITIES = Set.of("compute", "gateway");
    private static final Pattern GROUP = Pattern.compile("[a-z](?:[a-z0-9-]{0,34}[a-z0-9])?");
    private static final int MAX_KEYS = 10_000;
    private static final int MAX_GROUPS = 64;

    /** Without emergencies. */
    public TrustRoot(
            long version, Instant expires, Map<KeyId, TrustedKey> keys, Map<String, Role> roles, Policy policy, Map<String, TrustedNode> nodes, LedgerKeys ledger, Witnesses witnesses, Set<Environment> promoted) {
        this(version, expires, keys, roles, policy, nodes, ledger, witnesses, promoted, Optional.empty());
    }

    /** With environments in which any image may run that an image signer signed. */
    public TrustRoot(long version, Instant expires, Map<KeyId, TrustedKey> keys, Map<String, Role> roles, Policy policy, Map<String, TrustedNode> nodes, LedgerKeys ledger, Witnesses witnesses) {
        this(version, expires, keys, roles, policy, nodes, ledger, witnesses, Set.of());
    }

    /** Without witnesses. */
    public TrustRoot(long version, Instant expires, Map<KeyId, TrustedKey> keys, Map<String, Role> roles, Policy policy, Map<String, TrustedNode> nodes, LedgerKeys ledger) {
        this(version, expires, keys, roles, policy, nodes, ledger, Witnesses.NONE);
    }

    public TrustRoot {
        keys = Collections.unmodifiableSortedMap(new TreeMap<>(keys));
        roles = Collections.unmodifiableSortedMap(new TreeMap<>(roles));
        nodes = Collections.unmodifiableSortedMap(new TreeMap<>(nodes));
        promoted = Collections.unmodifiableSortedSet(new TreeSet<>(promoted));
        List<Fault> faults = new ArrayList<>();
        if (version < 1) {
            faults.add(new Fault("version", "must be at least 1", Long.toString(version)));
        }
        for (String required : List.of(ROOT, REQUESTER)) {
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
        if (policy.rules().stream().noneMatch(rule -> rule.require().demandsApproval())) {
            faults.add(new Fault("policy", "must have a rule that demands approvals; without one, every change is refused", policy.rules().size() + " rules"));
        }
        if (!faults.isEmpty()) {
            throw new ContractException(faults);
        }
        Approvals everybody = approvals(keys, roles, everyKey(roles), Set.of(), false);
        checkPolicy(policy, everybody);
        emergency.ifPresent(rule -> checkPolicy(new Policy(List.of(new Rule("emergency", Match.EVERYTHING, rule.require()))), everybody));
    }

    /** A rule that all approvers together could not satisfy would lock everybody out. */
    private static void checkPolicy(Policy policy, Approvals everybody) {
        List<Fault> faults = new ArrayList<>();
        for (Rule rule : policy.rules()) {
            for (String group : rule.require().groups().keySet()) {
                if (!everybody.thresholds().containsKey(group)) {
                    faults.add(new Fault("policy." + rule.name(), "asks for a group that does not exist; there are " + new TreeSet<>(everybody.thresholds().keySet()), group));
                }
            }
            List<String> missing = rule.require().missing(everybody);
            if (!missing.isEmpty()) {
                faults.add(new Fault("policy." + rule.name(), "is out of reach even if everybody approves", String.join("; ", missing)));
            }
        }
        if (!faults.isEmpty()) {
            throw new ContractException(faults);
        }
    }

    private static Set<KeyId> everyKey(Map<String, Role> roles) {
        return roles.values().stream().flatMap(role -> role.keys().stream()).collect(Collectors.toSet());
    }

    private static void checkRole(String name, Role role, Map<KeyId, TrustedKey> keys, List<Fault> faults) {
        if (!KNOWN_ROLES.contains(name) && !GROUP.matcher(name).matches()) {
            faults.add(new Fault("groups." + name, "must be called 1 to 36 of a-z, 0-9 and '-', beginning with a letter", ""));
        }
        Set<String> people = new HashSet<>();
        for (KeyId key : role.keys()) {
            if (keys.containsKey(key)) {
                people.add(keys.get(key).person());
            } else {
                faults.add(new Fault("roles." + name + ".keys", "must be among the root's keys", key.hex()));
            }
        }
        checkDeputies(name, role, people, keys, faults);
        if (role.threshold() > people.size()) {
            faults.add(new Fault("roles." + name + ".threshold", "must not be above the number of people who hold the role, " + people.size(), Integer.toString(role.threshold())));
        }
    }

    private static void checkDeputies(String name, Role role, Set<String> people, Map<KeyId, TrustedKey> keys, List<Fault> faults) {
        if (KNOWN_ROLES.contains(name) && !name.equals(GATEWAY_OPERATOR) && !role.deputies().isEmpty()) {
            faults.add(new Fault("roles." + name + ".deputies", "are for approver groups alone", role.deputies().size() + " deputies"));
        }
        for (KeyId key : role.deputies()) {
            if (!keys.containsKey(key)) {
                faults.add(new Fault("roles." + name + ".deputies", "must be among the root's keys", key.hex()));
            } else if (people.contains(keys.get(key).person())) {
                faults.add(new Fault("roles." + name + ".deputies", "must not hold the role themselves", keys.get(key).person()));
            }
        }
    }

    /** Checks a signed trust root by itself: its own root role's threshold signed it, and it has not expired. Whoever pins it has it from elsewhere. */
    public static TrustRoot verify(Envelope envelope, Instant now) {
        TrustRoot root = selfSigned(envelope);
        root.requireValid(now);
        return root;
    }

    /**
     * Follows a chain from the version that is pinned, its first. Only the last must not have expired: earlier ones are but steps.
     *
     * @throws ContractException naming the version that does not follow from the one before it
     */
    public static TrustRoot follow(List<Envelope> chain, Instant now) {
        if (chain.isEmpty()) {
            throw new ContractException("chain", "must begin with the pinned trust root");
        }
        TrustRoot root = selfSigned(chain.getFirst());
        for (Envelope each : chain.subList(1, chain.size())) {
            root = root.successor(each);
        }
        root.requireValid(now);
        return root;
    }

    /**
     * Checks the version that replaces this one; whether it has expired is not looked at.
     *
     * @throws ContractException if it is not exactly the next, or a threshold of either root role is not reached
     */
    public TrustRoot successor(Envelope envelope) {
        TrustRoot next = parsed(envelope);
        if (next.version != version + 1) {
            throw new ContractException("version", "must be " + (version + 1) + ", exactly one above the trust root it replaces", Long.toString(next.version));
        }
        requireSigned(this, envelope);
        requireSigned(next, envelope);
        return next;
    }

    static TrustRoot selfSigned(Envelope envelope) {
        TrustRoot root = parsed(envelope);
        requireSigned(root, envelope);
        return root;
    }

    void requireValid(Instant now) {
        if (expired(now)) {
            throw new ContractException("expires", "lies in the past", expires.toString());
        }
    }

    private static TrustRoot parsed(Envelope envelope) {
        if (!envelope.payloadType().equals(PayloadType.TRUST_ROOT)) {
            throw new ContractException("payloadType", "must be " + PayloadType.TRUST_ROOT, envelope.payloadType());
        }
        return parse(envelope.payload());
    }

    private static void requireSigned(TrustRoot judge, Envelope envelope) {
        Set<KeyId> verified = envelope.verifiedBy(id -> judge.holds(ROOT, id) ? judge.key(id) : Optional.empty());
        if (!judge.reached(ROOT, verified)) {
            throw new ContractException("signatures", "must be by " + judge.roles.get(ROOT).threshold() + " of the people who hold the role root in version " + judge.version,
                    judge.people(ROOT, verified).isEmpty() ? "by nobody of them" : "by " + String.join(", ", judge.people(ROOT, verified)));
        }
    }

    public static TrustRoot parse(byte[] payload) {
        JsonObject object = JsonObject.of(payload, "trust root");
        long version = object.number("version", 1, Long.MAX_VALUE);
        Instant expires = object.instant("expires");
        Map<KeyId, TrustedKey> keys = new TreeMap<>();
        object.map("keys", MAX_KEYS, each -> new TrustedKey(each.text("person", 36), VerificationKey.fromSpki(each.base64("publicKey", 4096))))
                .forEach((id, key) -> keys.put(new KeyId(id), key));
        Map<String, Role> roles = new TreeMap<>(object.map("roles", KNOWN_ROLES.size(), TrustRoot::role));
        roles.keySet().stream().filter(name -> !KNOWN_ROLES.contains(name)).forEach(name -> object.fault("roles." + name, "is not a known role; known are " + new TreeSet<>(KNOWN_ROLES), ""));
        object.map("groups", MAX_GROUPS, TrustRoot::role).forEach((name, group) -> {
            if (KNOWN_ROLES.contains(name)) {
                object.fault("groups." + name, "is the name of a role", "");
            }
            roles.put(name, group);
        });
        Policy policy = Policy.read(object, "policy");
        Map<String, TrustedNode> nodes = object.map("nodes", MAX_KEYS, each -> new TrustedNode(
                each.value("key", 64, KeyId::new, new KeyId("0".repeat(64))), new TreeSet<>(each.texts("capabilities", 8, 20))));
        Optional<LedgerKeys> ledger = object.object("ledger", LedgerKeys::read);
        Optional<Witnesses> witnesses = object.has("witnesses") ? object.object("witnesses", TrustRoot::witnesses) : Optional.of(Witnesses.NONE);
        Set<Environment> promoted = new TreeSet<>();
        object.texts("promoted", Environment.values().length, 20).forEach(each -> environment(object, each).ifPresent(promoted::add));
        Optional<EmergencyRule> emergency = object.has("emergency") ? object.object("emergency", EmergencyRule::read) : Optional.empty();
        object.end();
        return new TrustRoot(version, expires, keys, roles, policy, nodes, ledger.orElseThrow(), witnesses.orElseThrow(), promoted, emergency);
    }

    private static Optional<Environment> environment(JsonObject object, String text) {
        try {
            return Optional.of(Environment.parse(text));
        } catch (ContractException wrong) {
            wrong.faults().forEach(each -> object.fault("promoted", each.problem(), each.value()));
            return Optional.empty();
        }
    }

    private static Witnesses witnesses(JsonObject each) {
        int threshold = (int) each.number("threshold", 0, MAX_GROUPS);
        return new Witnesses(threshold, new TreeMap<>(each.map("keys", MAX_GROUPS, WitnessKeys::read)));
    }

    private static Role role(JsonObject each) {
        Set<KeyId> keys = new TreeSet<>();
        for (String id : each.texts("keys", MAX_KEYS, 64)) {
            keys.add(new KeyId(id));
        }
        Set<KeyId> deputies = new TreeSet<>();
        for (String id : each.texts("deputies", MAX_KEYS, 64)) {
            deputies.add(new KeyId(id));
        }
        return new Role(keys, (int) each.number("threshold", 1, MAX_KEYS), deputies);
    }

    public byte[] toJson() {
        ObjectNode object = StrictJson.object().put("version", version).put("expires", expires.toString());
        ObjectNode keyList = object.putObject("keys");
        keys.forEach((id, key) -> keyList.putObject(id.hex())
                .put("person", key.person())
                .put("publicKey", Base64.getEncoder().encodeToString(key.key().spki())));
        ObjectNode roleList = object.putObject("roles");
        ObjectNode groupList = object.putObject("groups");
        roles.forEach((name, role) -> {
            ObjectNode each = (KNOWN_ROLES.contains(name) ? roleList : groupList).putObject(name);
            role.keys().forEach(key -> each.withArray("keys").add(key.hex()));
            each.put("threshold", role.threshold());
            role.deputies().forEach(key -> each.withArray("deputies").add(key.hex()));
        });
        policy.write(object, "policy");
        ObjectNode nodeList = object.putObject("nodes");
        nodes.forEach((name, node) -> {
            ObjectNode each = nodeList.putObject(name).put("key", node.key().hex());
            node.capabilities().forEach(each.withArray("capabilities")::add);
        });
        object.set("ledger", ledger.toJson());
        if (!witnesses.equals(Witnesses.NONE)) {
            ObjectNode witnessKeys = object.putObject("witnesses").put("threshold", witnesses.threshold()).putObject("keys");
            witnesses.keys().forEach((name, each) -> witnessKeys.set(name, each.toJson()));
        }
        promoted.forEach(each -> object.withArray("promoted").add(each.toString()));
        emergency.ifPresent(rule -> object.set("emergency", rule.toJson()));
        return StrictJson.bytes(object);
    }

    /** The approver groups; the gateway operators, if there are any, are one of them. */
    public Set<String> groups() {
        return groups(roles);
    }

    private static Set<String> groups(Map<String, Role> roles) {
        Set<String> groups = new TreeSet<>(roles.keySet());
        groups.removeAll(KNOWN_ROLES);
        if (roles.containsKey(GATEWAY_OPERATOR)) {
            groups.add(GATEWAY_OPERATOR); // they approve, if only of routes
        }
        return groups;
    }

    /** Everybody who is in an approver group. */
    public Set<String> approvers() {
        Set<String> people = new TreeSet<>();
        groups().forEach(group -> people.addAll(holders(group)));
        return people;
    }

    /** The deputies of every approver group, whoever else they are. */
    public Set<String> deputies() {
        Set<String> people = new TreeSet<>();
        groups().forEach(group -> roles.get(group).deputies().forEach(key -> people.add(keys.get(key).person())));
        return people;
    }

    /** The approver groups for which somebody is a deputy. */
    public Set<String> standsInFor(String person) {
        Set<String> groups = new TreeSet<>(groups());
        groups.removeIf(group -> roles.get(group).deputies().stream().noneMatch(key -> keys.get(key).person().equals(person)));
        return groups;
    }

    /** Who approved, given whose signatures verified: everybody but the requester who signed with a key of an approver group. Deputies are left out: see {@link #approvals(Set, ChangeDocument, Instant)}. */
    public Approvals approvals(Set<KeyId> verified, String requester) {
        return approvals(keys, roles, verified, Set.of(requester), false);
    }

    /** The same of a document: nobody who is a party to it counts. */
    public Approvals approvals(Set<KeyId> verified, ChangeDocument document) {
        return approvals(keys, roles, verified, document.parties(), false);
    }

    /** Who approved a change, as it counts at a moment: deputies of a group count as people of it from {@link ChangeDocument#deputiesFrom()} on. */
    public Approvals approvals(Set<KeyId> verified, ChangeDocument document, Instant now) {
        return approvals(keys, roles, verified, document.parties(), !now.isBefore(document.deputiesFrom()));
    }

    private static Approvals approvals(Map<KeyId, TrustedKey> keys, Map<String, Role> roles, Set<KeyId> verified, Set<String> parties, boolean deputies) {
        TreeMap<String, Set<String>> held = new TreeMap<>();
        TreeMap<String, Integer> thresholds = new TreeMap<>();
        for (String group : groups(roles)) {
            thresholds.put(group, roles.get(group).threshold());
            Set<String> people = people(keys, roles.get(group).keys(), verified);
            if (deputies) {
                people.addAll(people(keys, roles.get(group).deputies(), verified));
            }
            for (String person : people) {
                if (!parties.contains(person)) {
                    held.computeIfAbsent(person, name -> new TreeSet<>()).add(group);
                }
            }
        }
        return new Approvals(held, thresholds);
    }

    private boolean holds(String role, KeyId key) {
        return roles.containsKey(role) && roles.get(role).keys().contains(key);
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

    /** The people among the signers who hold a role or belong to a group, each once; empty for one that nobody defined. */
    public Set<String> people(String role, Set<KeyId> signers) {
        return roles.containsKey(role) ? people(keys, roles.get(role).keys(), signers) : Set.of();
    }

    private static Set<String> people(Map<KeyId, TrustedKey> keys, Set<KeyId> holders, Set<KeyId> signers) {
        Set<String> people = new TreeSet<>();
        signers.stream().filter(holders::contains).forEach(key -> people.add(keys.get(key).person()));
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
