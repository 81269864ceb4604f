package org.zosgrid.tests.container;

import java.io.IOException;
import java.net.URI;
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
import org.zosgrid.cli.stage.Stage;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.envelope.PayloadType;
import org.zosgrid.contract.key.KeyId;
import org.zosgrid.contract.key.SigningKey;
import org.zosgrid.contract.ledger.LedgerKey;
import org.zosgrid.contract.policy.Policy;
import org.zosgrid.contract.trust.Role;
import org.zosgrid.contract.trust.TrustRoot;
import org.zosgrid.contract.trust.TrustedKey;
import org.zosgrid.contract.trust.TrustedNode;

/**
 * A second organisation at the stage's control plane: people, trust root, ledger and addresses of its own; a node that is there only while a test wants it; and a
 * quota that is enough for one small deployment.
 */
public final class RivalOrganisation {
    public static final String NAME = "rival";
    /** Requests changes, signs images and releases, and holds a root key. */
    public static final String MALLORY = "mallory";
    /** Approves changes, as somebody of the same name does in the first organisation. */
    public static final String DAVE = "dave";
    /** The node that is its own. */
    public static final String NODE = Stage.GUEST;
    /** Where its people get mail: at this domain, each under their name. */
    public static final String MAIL_DOMAIN = "@rival.example";
    /** What a collector of its figures shows. */
    public static final String METRICS_TOKEN = "a-token-of-the-rival";

    /** What its provisioning service shows. */
    public static final String SCIM_TOKEN = "the-rivals-service-of-provisioning-0123456789";

    public static final String ROB = "rob";

    private final Map<String, SigningKey> keys = new LinkedHashMap<>();
    private final SigningKey node = SigningKey.generate();
    private final Path file;

    /**
     * @param hub     where it has its images
     * @param tickets where it keeps tickets, as {@link #NAME}
     */
    RivalOrganisation(Path directory, URI hub, String tickets) throws IOException {
        Files.createDirectories(directory);
        List.of(MALLORY, DAVE, ROB).forEach(name -> keys.put(name, SigningKey.generate()));
        LedgerKey ledger = LedgerKey.generate("rival.example/ledger");
        ledger.write(directory.resolve("ledger.json"));
        TrustRoot root = root(ledger);
        Files.write(directory.resolve("root.json"), Envelope.sign(PayloadType.TRUST_ROOT, root.toJson(), keys.get(MALLORY)).toJson());
        Files.writeString(directory.resolve("token"), METRICS_TOKEN + "\n");
        Files.writeString(directory.resolve("scim-token"), SCIM_TOKEN + "\n");
        Files.writeString(directory.resolve("addresses"), String.join("\n", keys.keySet().stream().map(name -> name + "=" + name + MAIL_DOMAIN).toList()) + "\n");
        file = Files.writeString(directory.resolve("organisations.json"), """
                {"organisations": [{"name": "rival", "trustRoot": "root.json", "ledgerKey": "ledger.json", "hub": "%s", "nodes": ["%s"],
                  "metricsToken": "token", "scimToken": "scim-token", "mailAddresses": "addresses",
                  "tickets": {"system": "servicenow", "url": "%s", "user": "rival", "passwordFile": "token"}, "quota": {"deployments": 1, "cpuMillis": 400}}]}
                """.formatted(hub, NODE, tickets));
    }

    private TrustRoot root(LedgerKey ledger) {
        return root(1, ledger, Map.of(), Map.of());
    }

    private TrustRoot root(long version, LedgerKey ledger, Map<String, SigningKey> strangers, Map<String, TrustedNode> nodes) {
        Map<KeyId, TrustedKey> trusted = new TreeMap<>(java.util.Comparator.comparing(KeyId::hex));
        keys.forEach((name, key) -> trusted.put(key.id(), new TrustedKey(name, key.verificationKey())));
        strangers.forEach((name, key) -> trusted.put(key.id(), new TrustedKey(name, key.verificationKey())));
        trusted.put(node.id(), new TrustedKey(NODE, node.verificationKey()));
        Map<String, TrustedNode> all = new TreeMap<>(nodes);
        all.put(NODE, new TrustedNode(node.id(), Set.of("compute")));
        Map<String, Role> roles = Map.of("root", role(MALLORY), "requester", role(MALLORY), "approver", role(DAVE, ROB), TrustRoot.IMAGE_SIGNER, role(MALLORY), TrustRoot.BOOT_SIGNER, role(MALLORY),
                TrustRoot.NODE, new Role(all.values().stream().map(TrustedNode::key).collect(Collectors.toSet()), 1));
        return new TrustRoot(version, Instant.now().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.SECONDS), trusted, roles, Policy.quorum(TrustRoot.APPROVER, 1), all, ledger.verifiers());
    }

    /** The next trust root, as Mallory would like it: with keys of other people's, or nodes. */
    public Envelope rotation(Map<String, SigningKey> strangers, Map<String, TrustedNode> nodes) {
        TrustRoot next = root(2, LedgerKey.read(file.resolveSibling("ledger.json")), strangers, nodes);
        return Envelope.sign(PayloadType.TRUST_ROOT, next.toJson(), keys.get(MALLORY));
    }

    /** What an operator might write: a third organisation whose trust root has somebody else's key in it. */
    public Path withThirdOf(String person, SigningKey key) throws IOException {
        SigningKey own = SigningKey.generate();
        LedgerKey ledger = LedgerKey.generate("third.example/ledger");
        ledger.write(file.resolveSibling("third-ledger.json"));
        Map<KeyId, TrustedKey> trusted = Map.of(own.id(), new TrustedKey("trudy", own.verificationKey()), key.id(), new TrustedKey(person, key.verificationKey()));
        Role trudy = new Role(Set.of(own.id()), 1);
        TrustRoot root = new TrustRoot(1, Instant.now().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.SECONDS), trusted, Map.of("root", trudy, "requester", trudy, "approver", new Role(Set.of(key.id()), 1)),
                Policy.quorum(TrustRoot.APPROVER, 1), Map.of(), ledger.verifiers());
        Files.write(file.resolveSibling("third-root.json"), Envelope.sign(PayloadType.TRUST_ROOT, root.toJson(), own).toJson());
        return changed("with-a-third.json", "]}", ", {\"name\": \"third\", \"trustRoot\": \"third-root.json\", \"ledgerKey\": \"third-ledger.json\", \"hub\": \"http://127.0.0.1:9\", \"nodes\": []}]}");
    }

    /** What an operator might write: a node given to the rival that the first organisation's trust root names. */
    public Path withNode(String node) throws IOException {
        return changed("with-a-node.json", "\"" + NODE + "\"", "\"" + NODE + "\", \"" + node + "\"");
    }

    /** With a quota for the first organisation. */
    public Path withQuotaOfTheFirst(long deployments) throws IOException {
        return changed("with-a-quota.json", "[{\"name\": \"rival\"", "[{\"name\": \"default\", \"quota\": {\"deployments\": " + deployments + "}}, {\"name\": \"rival\"");
    }

    /** What an operator might write: with a file of addresses that is not there. */
    public Path withoutAddresses() throws IOException {
        return changed("without-addresses.json", "\"addresses\"", "\"no-addresses\"");
    }

    private Path changed(String name, String what, String into) throws IOException {
        String text = Files.readString(file);
        int at = text.lastIndexOf(what);
        return Files.writeString(file.resolveSibling(name), text.substring(0, at) + into + text.substring(at + what.length()));
    }

    private Role role(String... holders) {
        return new Role(Set.of(holders).stream().map(name -> keys.get(name).id()).collect(Collectors.toSet()), 1);
    }

    /** The trust root that control plane and node pin. */
    public Envelope trustRoot() throws IOException {
        return Envelope.parse(Files.readAllBytes(file.resolveSibling("root.json")));
    }

    /** The key of its node. */
    public SigningKey nodeKey() {
        return node;
    }

    /** What the control plane is told of organisations. */
    Path file() {
        return file;
    }

    public SigningKey key(String person) {
        return keys.get(person);
    }
}
