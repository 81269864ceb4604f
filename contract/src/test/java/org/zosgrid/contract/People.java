package org.zosgrid.contract;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.zosgrid.contract.document.Deployment;
import org.zosgrid.contract.key.KeyId;
import org.zosgrid.contract.key.SigningKey;
import org.zosgrid.contract.ledger.LedgerKey;
import org.zosgrid.contract.ledger.Witnesses;
import org.zosgrid.contract.policy.Policy;
import org.zosgrid.contract.trust.Role;
import org.zosgrid.contract.trust.TrustRoot;
import org.zosgrid.contract.trust.TrustedKey;
import org.zosgrid.contract.trust.TrustedNode;

/** The people of the tests, each with a key, Bob with two; trust roots and documents of theirs. */
public final class People {
    public static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    public static final String IMAGE = "demo/web:1.0@sha256:" + "a".repeat(64);
    public static final LedgerKey LEDGER = LedgerKey.generate("ledger.example");

    private static final Map<String, SigningKey> KEYS = new LinkedHashMap<>();

    static {
        for (String name : "alice bob bob-too carol dave erin frank grace mallory compute-1 gateway-1".split(" ")) {
            KEYS.put(name, SigningKey.generate());
        }
    }

    private People() {}

    public static SigningKey key(String name) {
        return KEYS.get(name);
    }

    public static SigningKey[] keys(String names) {
        return names.isBlank() ? new SigningKey[0] : Arrays.stream(names.split(" ")).map(People::key).toArray(SigningKey[]::new);
    }

    /** A threshold and names, such as {@code "2 bob bob-too carol"}. */
    public static Role role(String text) {
        String[] part = text.split(" ");
        return new Role(Arrays.stream(part).skip(1).map(name -> key(name).id()).collect(Collectors.toSet()), Integer.parseInt(part[0]));
    }

    /** Everybody but Mallory has a place: root is 2 of bob, carol, dave; approvers are alice, bob (two keys), carol, dave; security erin, operations frank. */
    public static Map<String, Role> roles() {
        Map<String, Role> roles = new TreeMap<>();
        roles.put("root", role("2 bob bob-too carol dave"));
        roles.put("requester", role("1 alice"));
        roles.put("approver", role("1 alice bob bob-too carol dave"));
        roles.put("security", role("1 erin grace"));
        roles.put("operations", role("1 frank grace"));
        roles.put("node", role("1 compute-1 gateway-1"));
        return roles;
    }

    public static TrustRoot root(Policy policy) {
        return root(1, NOW.plusSeconds(3600), roles(), policy, Witnesses.NONE);
    }

    public static TrustRoot root(long version, Instant expires, Map<String, Role> roles, Policy policy, Witnesses witnesses) {
        Map<KeyId, TrustedKey> keys = new HashMap<>();
        KEYS.forEach((name, key) -> {
            if (!name.equals("mallory")) {
                keys.put(key.id(), new TrustedKey(name.replace("-too", ""), key.verificationKey()));
            }
        });
        return new TrustRoot(version, expires, keys, roles, policy,
                Map.of("compute-1", new TrustedNode(key("compute-1").id(), Set.of("compute")), "gateway-1", new TrustedNode(key("gateway-1").id(), Set.of("gateway"))),
                LEDGER.verifiers(), witnesses);
    }

    public static Policy policy(String rules) {
        return Policy.parse(("{\"policy\":[" + rules + "]}").getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    public static Deployment document(long version) {
        return document(version, "production", 1, "");
    }

    /** A deployment with so many machines, a policy of its own in YAML's flow style if there is one, and a route when the environment is marked {@code exposed}. */
    public static Deployment document(long version, String environment, int machines, String approval) {
        StringBuilder text = new StringBuilder("""
                name: shop
                version: %d
                requester: alice
                environment: %s
                created: 2026-11-23T12:00:00Z
                expires: 2026-11-23T12:10:00Z
                network: {name: shop-net, subnet: 10.40.0.0/24}
                machines:
                """.formatted(version, environment.replace("-exposed", "")));
        for (int i = 0; i < machines; i++) {
            text.append("  - {name: web-").append(i).append(", node: compute-1, image: \"").append(IMAGE).append("\", cpuMillis: 500, memory: 64MiB, ports: [8080]}\n");
        }
        if (environment.endsWith("-exposed")) {
            text.append("gateways:\n  - {name: front, node: gateway-1, host: shop.example, machine: web-0, port: 8080}\n");
        }
        if (!approval.isEmpty()) {
            text.append("approval: [").append(approval).append("]\n");
        }
        return Deployment.fromYaml(text.toString());
    }

    public static <T> Optional<T> none() {
        return Optional.empty();
    }
}
