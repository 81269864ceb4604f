package org.zosgrid.cli.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.envelope.PayloadType;
import org.zosgrid.contract.key.KeyId;
import org.zosgrid.contract.key.SigningKey;
import org.zosgrid.contract.ledger.LedgerKey;
import org.zosgrid.contract.ledger.WitnessKeys;
import org.zosgrid.contract.ledger.Witnesses;
import org.zosgrid.contract.policy.Policy;
import org.zosgrid.contract.trust.Role;
import org.zosgrid.contract.trust.TrustRoot;
import org.zosgrid.contract.trust.TrustedKey;
import org.zosgrid.contract.trust.TrustedNode;

/**
 * Who plays: the people of the demonstration, the two nodes, which are witnesses too, and the ledger, with their keys in files, and the trust root that says
 * who may do what.
 * Keys that exist are kept, so that a stage which is started again is still the same stage.
 */
public final class Cast {
    public static final String REQUESTER = "alice";
    public static final List<String> APPROVERS = List.of("bob", "carol", "dave");
    public static final String IMAGE_SIGNER = "erin";
    public static final List<String> BOOT_SIGNERS = List.of("frank", "grace");
    private static final List<String> WITNESSES = List.of(Stage.COMPUTE, Stage.GATEWAY);
    private static final String LEDGER = "ledger";
    private static final int QUORUM = 2;
    /** One of the two, so that a node that is down does not keep the other from getting contracts. */
    private static final int COSIGNATURES = 1;
    private static final Duration VALID = Duration.ofDays(365);

    private final Path directory;
    private final Map<String, SigningKey> keys = new LinkedHashMap<>();
    private final LedgerKey ledger;

    private Cast(Path directory, LedgerKey ledger) {
        this.directory = directory;
        this.ledger = ledger;
    }

    /** Reads the cast's keys from a directory, making those that are not there yet. */
    public static Cast in(Path directory) {
        try {
            Files.createDirectories(directory.resolve(LEDGER));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        Path ledgerFile = directory.resolve(LEDGER).resolve("1.json");
        if (!Files.exists(ledgerFile)) {
            LedgerKey.generate("zosgrid.example/demo").write(ledgerFile);
        }
        Cast cast = new Cast(directory, LedgerKey.read(ledgerFile));
        for (String name : cast.everybody()) {
            Path file = cast.keyFile(name);
            if (!Files.exists(file)) {
                SigningKey.generate().write(file, Optional.empty());
            }
            cast.keys.put(name, SigningKey.read(file, Optional.empty()));
        }
        for (String name : WITNESSES) {
            if (!Files.exists(cast.witnessFile(name))) {
                LedgerKey.generate(name).write(cast.witnessFile(name));
            }
        }
        return cast;
    }

    public SigningKey key(String name) {
        return keys.get(name);
    }

    public Path keyFile(String name) {
        return directory.resolve(name + ".pem");
    }

    public LedgerKey ledger() {
        return ledger;
    }

    /** Where the ledger's keys are: one, and after a rotation of them the next too. */
    public Path ledgerKeys() {
        return directory.resolve(LEDGER);
    }

    /** The keys by which a node cosigns checkpoints. */
    public Path witnessFile(String node) {
        return directory.resolve(node + "-witness.json");
    }

    public Path trustRootFile() {
        return directory.resolve("root.json");
    }

    /** The trust root, as every node pins it: made and signed by two of its three root holders the first time. */
    public TrustRoot trustRoot() {
        try {
            if (!Files.exists(trustRootFile())) {
                Envelope envelope = Envelope.sign(PayloadType.TRUST_ROOT, compose().toJson(), key(APPROVERS.get(0)), key(APPROVERS.get(1)));
                Files.write(trustRootFile(), envelope.toJson());
            }
            return TrustRoot.verify(Envelope.parse(Files.readAllBytes(trustRootFile())), Instant.now());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private TrustRoot compose() {
        Map<KeyId, TrustedKey> trusted = new TreeMap<>(java.util.Comparator.comparing(KeyId::hex));
        keys.forEach((name, key) -> trusted.put(key.id(), new TrustedKey(name, key.verificationKey())));
        Map<String, Role> roles = new TreeMap<>();
        roles.put("root", role(APPROVERS, QUORUM));
        roles.put("requester", role(List.of(REQUESTER), 1));
        roles.put("approver", role(APPROVERS, QUORUM));
        roles.put("image-signer", role(List.of(IMAGE_SIGNER), 1));
        roles.put("boot-signer", role(BOOT_SIGNERS, BOOT_SIGNERS.size()));
        roles.put("node", role(List.of(Stage.COMPUTE, Stage.GATEWAY), 1));
        Map<String, TrustedNode> nodes = new TreeMap<>();
        nodes.put(Stage.COMPUTE, new TrustedNode(key(Stage.COMPUTE).id(), Set.of("compute")));
        nodes.put(Stage.GATEWAY, new TrustedNode(key(Stage.GATEWAY).id(), Set.of("gateway")));
        return new TrustRoot(1, Instant.now().plus(VALID).truncatedTo(ChronoUnit.SECONDS), trusted, roles,
                Policy.quorum(TrustRoot.APPROVER, QUORUM), nodes, ledger.verifiers(), witnesses());
    }

    private Witnesses witnesses() {
        SortedMap<String, WitnessKeys> trusted = new TreeMap<>();
        WITNESSES.forEach(name -> trusted.put(name, LedgerKey.read(witnessFile(name)).witnessVerifiers()));
        return new Witnesses(COSIGNATURES, trusted);
    }

    private Role role(List<String> holders, int threshold) {
        return new Role(holders.stream().map(name -> key(name).id()).collect(Collectors.toSet()), threshold);
    }

    private List<String> everybody() {
        return java.util.stream.Stream.of(List.of(REQUESTER), APPROVERS, List.of(IMAGE_SIGNER), BOOT_SIGNERS, List.of(Stage.COMPUTE, Stage.GATEWAY))
                .flatMap(List::stream)
                .toList();
    }
}
