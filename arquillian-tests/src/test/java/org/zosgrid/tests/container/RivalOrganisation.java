package org.zosgrid.tests.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.envelope.PayloadType;
import org.zosgrid.contract.key.KeyId;
import org.zosgrid.contract.key.SigningKey;
import org.zosgrid.contract.ledger.LedgerKey;
import org.zosgrid.contract.policy.Policy;
import org.zosgrid.contract.trust.Role;
import org.zosgrid.contract.trust.TrustRoot;
import org.zosgrid.contract.trust.TrustedKey;

/** A second organisation at the stage's control plane: people, trust root and ledger of its own, no node, and a quota of nothing. */
public final class RivalOrganisation {
    public static final String NAME = "rival";
    /** Requests changes, and holds a root key. */
    public static final String MALLORY = "mallory";
    /** What a collector of its figures shows. */
    public static final String METRICS_TOKEN = "a-token-of-the-rival";

    /** What its provisioning service shows. */
    public static final String SCIM_TOKEN = "the-rivals-service-of-provisioning-0123456789";

    private static final String ROB = "rob";

    private final Map<String, SigningKey> keys = new LinkedHashMap<>();
    private final Path file;

    RivalOrganisation(Path directory) throws IOException {
        Files.createDirectories(directory);
        List.of(MALLORY, ROB).forEach(name -> keys.put(name, SigningKey.generate()));
        LedgerKey ledger = LedgerKey.generate("rival.example/ledger");
        ledger.write(directory.resolve("ledger.json"));
        TrustRoot root = root(ledger);
        Files.write(directory.resolve("root.json"), Envelope.sign(PayloadType.TRUST_ROOT, root.toJson(), keys.get(MALLORY)).toJson());
        Files.writeString(directory.resolve("token"), METRICS_TOKEN + "\n");
        Files.writeString(directory.resolve("scim-token"), SCIM_TOKEN + "\n");
        file = Files.writeString(directory.resolve("organisations.json"), """
                {"organisations": [{"name": "rival", "trustRoot": "root.json", "ledgerKey": "ledger.json", "hub": "http://127.0.0.1:9", "nodes": ["rivals-node"],
                  "metricsToken": "token", "scimToken": "scim-token", "quota": {"deployments": 0}}]}
                """);
    }

    private TrustRoot root(LedgerKey ledger) {
        Map<KeyId, TrustedKey> trusted = new TreeMap<>(java.util.Comparator.comparing(KeyId::hex));
        keys.forEach((name, key) -> trusted.put(key.id(), new TrustedKey(name, key.verificationKey())));
        Map<String, Role> roles = Map.of("root", role(MALLORY), "requester", role(MALLORY), "approver", role(ROB));
        return new TrustRoot(1, Instant.now().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.SECONDS), trusted, roles, Policy.quorum(TrustRoot.APPROVER, 1), Map.of(), ledger.verifiers());
    }

    private Role role(String... holders) {
        return new Role(Set.of(holders).stream().map(name -> keys.get(name).id()).collect(Collectors.toSet()), 1);
    }

    /** What the control plane is told of organisations. */
    Path file() {
        return file;
    }

    public SigningKey key(String person) {
        return keys.get(person);
    }
}
