package org.zosgrid.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.zosgrid.cli.CliException;
import org.zosgrid.cli.terminal.Json;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.envelope.PayloadType;
import org.zosgrid.contract.key.KeyId;
import org.zosgrid.contract.key.Signer;
import org.zosgrid.contract.key.VerificationKey;
import org.zosgrid.contract.ledger.LedgerKey;
import org.zosgrid.contract.policy.Policy;
import org.zosgrid.contract.trust.Role;
import org.zosgrid.contract.trust.TrustRoot;
import org.zosgrid.contract.trust.TrustedKey;
import org.zosgrid.contract.trust.TrustedNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "trust",
        mixinStandardHelpOptions = true,
        description = {
            "Make, replace and look at the trust root: who may do what, pinned into every node.",
            "A change writes the next version, which counts once enough root holders of both versions have signed it ('zos sign' adds signatures)."
        },
        subcommands = {
            TrustCommand.Init.class,
            TrustCommand.Show.class,
            TrustChange.Rotate.class,
            TrustChange.AddKey.class,
            TrustChange.RevokeKey.class,
            TrustInForce.Submit.class,
            TrustInForce.ListVersions.class,
            TrustChain.VerifyChain.class,
            TrustChain.Follow.class
        })
public final class TrustCommand {

    @Command(
            name = "init",
            mixinStandardHelpOptions = true,
            description = "Make the first trust root and sign it with the root holders' keys.",
            footer = {
                "",
                "Example:",
                "  zos trust init --out root.json --ledger ledger.pem --origin ledger.example.org/main \\",
                "     --person alice=alice.pub.pem --person bob=bob.pub.pem --person carol=carol.pub.pem --person dave=dave.pub.pem \\",
                "     --role requester=1:alice --role approver=2:bob,carol,dave --role root=2:bob,carol,dave \\",
                "     --role image-signer=1:alice --role boot-signer=2:bob,carol --node compute-1=node.pub.pem:compute \\",
                "     --sign bob.pem --sign carol.pem"
            })
    static final class Init implements Runnable {
        @Option(names = "--out", required = true, paramLabel = "FILE", description = "Where the signed trust root goes; it must not exist yet.")
        Path out = Path.of("");

        @Option(names = "--person", required = true, paramLabel = "NAME=PUB.PEM", description = "A person's public key; repeat for more keys or people.")
        List<String> people = List.of();

        @Option(names = "--role", required = true, paramLabel = "ROLE=THRESHOLD:NAME,…",
                description = "Who holds a role, and how many must sign: root, requester, image-signer, boot-signer, gateway-operator; any other name is an approver group.")
        List<String> roles = List.of();

        @Option(names = "--deputy", paramLabel = "GROUP=NAME", description = "Somebody who stands in for an approver group once half of the time for a change is over; repeat for more.")
        List<String> deputies = List.of();

        @Option(names = "--node", paramLabel = "NAME=PUB.PEM:CAPABILITY,…", description = "A node's public key and what it may be: compute, gateway.")
        List<String> nodes = List.of();

        @Option(names = "--floor", paramLabel = "N", description = "Least approvals by the group 'approver' for any change (default: that group's threshold).")
        int floor;

        @Option(names = "--policy", paramLabel = "FILE", description = "Rules instead of --floor: JSON with the one field 'policy' (docs/formats/policy.md).")
        @Nullable Path policy;

        @Option(names = "--ledger", required = true, paramLabel = "PEM", description = "The ledger's key pair; made if the file does not exist.")
        Path ledger = Path.of("");

        @Option(names = "--origin", paramLabel = "NAME", defaultValue = "zosgrid.example/ledger", description = "The ledger's name (default: ${DEFAULT-VALUE}).")
        String origin = "";

        @Option(names = "--valid", paramLabel = "DAYS", defaultValue = "365", description = "Days until it expires (default: ${DEFAULT-VALUE}).")
        int days;

        @Option(names = "--sign", required = true, paramLabel = "PEM", description = "Private keys of enough root holders; 'zos sign' adds others later.")
        List<Path> signers = List.of();

        @Option(names = "--passphrase-file", paramLabel = "FILE")
        @Nullable Path passphraseFile;

        @Mixin
        Output output = new Output();

        @Override
        public void run() {
            if (Files.exists(out)) {
                throw new CliException("--out: " + out + " exists; a trust root is never overwritten");
            }
            if (!Files.exists(ledger)) {
                LedgerKey.generate(origin).write(ledger);
            }
            TrustRoot root = compose(LedgerKey.read(ledger));
            Signer[] keys = signers.stream().map(file -> Keys.read(file, Optional.ofNullable(passphraseFile))).toArray(Signer[]::new);
            Envelope envelope = Envelope.sign(PayloadType.TRUST_ROOT, root.toJson(), keys);
            try {
                Files.write(out, envelope.toJson());
            } catch (IOException unwritable) {
                throw new CliException("cannot write " + out + ": " + unwritable.getMessage());
            }
            output.print(summary(root, envelope), () -> "wrote " + out + ": version 1, expires " + root.expires() + ", digest " + envelope.digest());
        }

        private TrustRoot compose(LedgerKey ledgerKey) {
            Map<KeyId, TrustedKey> trusted = new TreeMap<>(Comparator.comparing(KeyId::hex));
            Map<String, List<KeyId>> held = new LinkedHashMap<>();
            for (String each : people) {
                String[] part = split("--person", each, "=", "NAME=PUB.PEM");
                VerificationKey key = publicKey(Path.of(part[1]));
                trusted.put(key.id(), new TrustedKey(part[0], key));
                held.computeIfAbsent(part[0], name -> new ArrayList<>()).add(key.id());
            }
            Map<String, TrustedNode> trustedNodes = new TreeMap<>();
            for (String each : nodes) {
                String[] part = split("--node", each, "=", "NAME=PUB.PEM:CAPABILITY");
                int colon = part[1].lastIndexOf(':');
                if (colon < 1) {
                    throw new CliException("--node: expected NAME=PUB.PEM:CAPABILITY (is: " + each + ")");
                }
                VerificationKey key = publicKey(Path.of(part[1].substring(0, colon)));
                trusted.put(key.id(), new TrustedKey(part[0], key));
                trustedNodes.put(part[0], new TrustedNode(key.id(), Set.of(part[1].substring(colon + 1).split(","))));
            }
            Map<String, Role> trustedRoles = new TreeMap<>();
            for (String each : roles) {
                role(each, held).forEach(trustedRoles::put);
            }
            deputies.forEach(each -> deputy(each, trustedRoles, held));
            if (!trustedNodes.isEmpty()) {
                trustedRoles.put(TrustRoot.NODE, new Role(trustedNodes.values().stream().map(TrustedNode::key).collect(Collectors.toSet()), 1));
            }
            return new TrustRoot(1, Instant.now().plus(Duration.ofDays(days)).truncatedTo(ChronoUnit.SECONDS), trusted, trustedRoles,
                    policy == null ? quorum(trustedRoles) : policy(policy), trustedNodes, ledgerKey.verifiers());
        }

        private Policy quorum(Map<String, Role> groups) {
            Role approver = Optional.ofNullable(groups.get(TrustRoot.APPROVER)).orElseThrow(() -> new CliException("--role approver=… is missing; or give --policy with rules for other groups"));
            return Policy.quorum(TrustRoot.APPROVER, floor > 0 ? floor : approver.threshold());
        }
    }

    /** {@code ROLE=THRESHOLD:NAME,…} with the keys that people hold. */
    static Map<String, Role> role(String text, Map<String, List<KeyId>> held) {
        String[] part = split("--role", text, "=", "ROLE=THRESHOLD:NAME,…");
        String[] holders = split("--role", part[1], ":", "ROLE=THRESHOLD:NAME,…");
        Set<KeyId> keys = java.util.Arrays.stream(holders[1].split(","))
                .flatMap(name -> Optional.ofNullable(held.get(name)).orElseThrow(() -> new CliException("--role " + part[0] + ": nobody is called " + name)).stream())
                .collect(Collectors.toSet());
        return Map.of(part[0], new Role(keys, number("--role " + part[0], holders[0])));
    }

    /**
     * A group with somebody more as its deputy.
     *
     * @param text {@code GROUP=NAME}
     * @param held the keys of everybody, by name
     */
    static void deputy(String text, Map<String, Role> roles, Map<String, List<KeyId>> held) {
        String[] part = split("--deputy", text, "=", "GROUP=NAME");
        Role role = Optional.ofNullable(roles.get(part[0])).orElseThrow(() -> new CliException("--deputy: there is no group " + part[0]));
        Set<KeyId> deputies = new TreeSet<>(role.deputies());
        deputies.addAll(Optional.ofNullable(held.get(part[1])).orElseThrow(() -> new CliException("--deputy " + part[0] + ": nobody is called " + part[1])));
        roles.put(part[0], new Role(role.keys(), role.threshold(), deputies));
    }

    static Policy policy(Path file) {
        return Policy.parse(Context.read(file).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    static int number(String option, String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException wrong) {
            throw new CliException(option + ": the threshold must be a number (is: " + text + ")");
        }
    }

    static String[] split(String option, String text, String at, String expected) {
        String[] part = text.split(at, 2);
        if (part.length != 2 || part[0].isEmpty() || part[1].isEmpty()) {
            throw new CliException(option + ": expected " + expected + " (is: " + text + ")");
        }
        return part;
    }

    static VerificationKey publicKey(Path file) {
        return VerificationKey.fromPem(Context.read(file));
    }

    @Command(name = "show", mixinStandardHelpOptions = true, description = "Check a trust root's signatures and show who may do what.")
    static final class Show implements Runnable {
        @Parameters(paramLabel = "FILE", arity = "0..1", description = "A signed trust root (default: what 'zos up' wrote down).")
        @Nullable Path file;

        @Mixin
        Output output = new Output();

        @Override
        public void run() {
            Path source = Path.of(Context.setting(file == null ? null : file.toString(), "ZOS_TRUST_ROOT", "trust-root", "FILE"));
            Envelope envelope = Envelope.parse(Context.read(source).getBytes(java.nio.charset.StandardCharsets.UTF_8));
            TrustRoot root = TrustRoot.verify(envelope, Instant.now());
            output.print(summary(root, envelope), () -> readable(root, envelope));
        }
    }

    static ObjectNode summary(TrustRoot root, Envelope envelope) {
        ObjectNode summary = Json.object().put("version", root.version()).put("expires", root.expires().toString()).put("digest", envelope.digest());
        ObjectNode roles = summary.putObject("roles");
        root.roles().forEach((name, role) -> {
            ObjectNode each = roles.putObject(name).put("threshold", role.threshold());
            holders(root, role.keys()).forEach(each.withArray("holders")::add);
            if (!role.deputies().isEmpty()) {
                holders(root, role.deputies()).forEach(each.withArray("deputies")::add);
            }
        });
        root.policy().write(summary, "policy");
        root.emergency().ifPresent(rule -> summary.putObject("emergency").put("longest", rule.longest().toString()).set("require", rule.require().toJson()));
        root.nodes().forEach((name, node) -> summary.withObject("/nodes").putObject(name).put("key", node.key().hex()));
        return summary;
    }

    static String readable(TrustRoot root, Envelope envelope) {
        StringBuilder text = new StringBuilder("trust root version " + root.version() + ", expires " + root.expires() + "\ndigest " + envelope.digest() + "\n");
        root.roles().forEach((name, role) -> text.append(String.format("  %-14s %d of %s%s%n", name, role.threshold(), String.join(", ", holders(root, role.keys())),
                role.deputies().isEmpty() ? "" : "; deputies " + String.join(", ", holders(root, role.deputies())))));
        root.nodes().forEach((name, node) -> text.append(String.format("  node %-9s %s  %s%n", name, String.join(",", node.capabilities()), node.key().hex())));
        ObjectNode policy = Json.object();
        root.policy().write(policy, "policy");
        policy.get("policy").forEach(rule -> text.append("  rule ").append(rule).append('\n'));
        root.emergency().ifPresent(rule -> text.append("  emergency changes need ").append(rule.require().toJson()).append(", for at most ").append(rule.longest()).append('\n'));
        return text.toString().stripTrailing();
    }

    static List<String> holders(TrustRoot root, Set<KeyId> keys) {
        return keys.stream().map(key -> root.person(key).orElse(key.hex())).sorted().distinct().toList();
    }
}
