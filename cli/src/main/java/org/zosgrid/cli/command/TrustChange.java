package org.zosgrid.cli.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.zosgrid.cli.CliException;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.JsonObject;
import org.zosgrid.contract.document.Environment;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.envelope.PayloadType;
import org.zosgrid.contract.key.KeyId;
import org.zosgrid.contract.key.Signer;
import org.zosgrid.contract.key.VerificationKey;
import org.zosgrid.contract.ledger.LedgerKeys;
import org.zosgrid.contract.ledger.WitnessKeys;
import org.zosgrid.contract.ledger.Witnesses;
import org.zosgrid.contract.policy.Policy;
import org.zosgrid.contract.policy.Requirement;
import org.zosgrid.contract.trust.EmergencyRule;
import org.zosgrid.contract.trust.Role;
import org.zosgrid.contract.trust.TrustRoot;
import org.zosgrid.contract.trust.TrustedKey;
import org.zosgrid.contract.trust.TrustedNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A change of the trust root: reads the version in force, writes the next one, and says whose signatures it still lacks. */
abstract class TrustChange implements Runnable {
    @Parameters(paramLabel = "ROOT", description = "The signed trust root in force.")
    Path file = Path.of("");

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "Where the next version goes; it must not exist yet.")
    Path out = Path.of("");

    @Option(names = "--valid", paramLabel = "DAYS", defaultValue = "365", description = "Days until the next version expires (default: ${DEFAULT-VALUE}).")
    int days;

    @Option(names = "--sign", paramLabel = "PEM", description = "Private keys of root holders; 'zos sign' adds others later.")
    List<Path> signers = List.of();

    @Option(names = "--passphrase-file", paramLabel = "FILE")
    @Nullable Path passphraseFile;

    @Mixin
    Output output = new Output();

    /** What the next version says, beyond its number and expiry. */
    abstract Draft change(TrustRoot root);

    /** The parts of a trust root that change. */
    record Draft(Map<KeyId, TrustedKey> keys, Map<String, Role> roles, Policy policy, Map<String, TrustedNode> nodes, LedgerKeys ledger, Witnesses witnesses, Set<Environment> promoted, Optional<EmergencyRule> emergency) {
        static Draft of(TrustRoot root) {
            return new Draft(new TreeMap<>(root.keys()), new TreeMap<>(root.roles()), root.policy(), new TreeMap<>(root.nodes()), root.ledger(), root.witnesses(), root.promoted(), root.emergency());
        }

        Draft with(Policy other) {
            return new Draft(keys, roles, other, nodes, ledger, witnesses, promoted, emergency);
        }

        Draft with(LedgerKeys otherLedger, Witnesses otherWitnesses) {
            return new Draft(keys, roles, policy, nodes, otherLedger, otherWitnesses, promoted, emergency);
        }

        Draft promoting(Set<Environment> environments) {
            return new Draft(keys, roles, policy, nodes, ledger, witnesses, environments, emergency);
        }

        Draft allowing(Optional<EmergencyRule> emergencies) {
            return new Draft(keys, roles, policy, nodes, ledger, witnesses, promoted, emergencies);
        }

        /** The keys of everybody, by name. */
        Map<String, List<KeyId>> held() {
            Map<String, List<KeyId>> held = new LinkedHashMap<>();
            keys.forEach((id, key) -> held.computeIfAbsent(key.person(), name -> new ArrayList<>()).add(id));
            return held;
        }
    }

    @Override
    public final void run() {
        if (Files.exists(out)) {
            throw new CliException("--out: " + out + " exists; a trust root is never overwritten");
        }
        if (days < 1) {
            throw new CliException("--valid: must be at least 1 day (is: " + days + ")");
        }
        // Also an expired root is replaced by its holders; whether it is the one in force, the nodes know.
        TrustRoot root = TrustRoot.follow(List.of(Envelope.parse(Context.read(file).getBytes(StandardCharsets.UTF_8))), Instant.MIN);
        Draft draft = change(root);
        TrustRoot next = new TrustRoot(root.version() + 1, Instant.now().plus(Duration.ofDays(days)).truncatedTo(ChronoUnit.SECONDS),
                draft.keys(), draft.roles(), draft.policy(), draft.nodes(), draft.ledger(), draft.witnesses(), draft.promoted(), draft.emergency());
        Envelope envelope = Envelope.sign(PayloadType.TRUST_ROOT, next.toJson(),
                signers.stream().map(each -> Keys.read(each, Optional.ofNullable(passphraseFile))).toArray(Signer[]::new));
        try {
            Files.write(out, envelope.toJson());
        } catch (IOException unwritable) {
            throw new CliException("cannot write " + out + ": " + unwritable.getMessage());
        }
        output.print(TrustCommand.summary(next, envelope), () -> "wrote " + out + ": version " + next.version() + ", digest " + envelope.digest() + "\n"
                + lacks(root, envelope) + "\n" + lacks(next, envelope));
    }

    private static String lacks(TrustRoot judge, Envelope envelope) {
        Role holders = judge.roles().get(TrustRoot.ROOT);
        Set<String> signed = judge.people(TrustRoot.ROOT, envelope.verifiedBy(judge::key));
        Set<String> others = new TreeSet<>(judge.holders(TrustRoot.ROOT));
        others.removeAll(signed);
        int missing = holders.threshold() - signed.size();
        return "root holders of version " + judge.version() + ": " + (missing <= 0 ? "enough have signed" : missing + " more must sign, of " + String.join(", ", others));
    }

    @Command(
            name = "rotate",
            mixinStandardHelpOptions = true,
            description = "Write the next version: a later expiry, other roles, groups, rules or nodes.",
            footer = {
                "",
                "Examples:",
                "  zos trust rotate root-1.json --out root-2.json --sign bob.pem --sign carol.pem      only a later expiry",
                "  zos trust rotate root-1.json --out root-2.json --role root=2:bob,carol,erin --role security=1:erin --policy rules.json",
                "  zos trust rotate root-1.json --out root-2.json --promoted production --sign bob.pem --sign carol.pem",
                "  zos trust rotate root-1.json --out root-2.json --deputy security=frank --sign bob.pem --sign carol.pem",
                "  zos trust rotate root-1.json --out root-2.json --emergency approver=1 --emergency-longest PT4H --sign bob.pem --sign carol.pem"
            })
    static final class Rotate extends TrustChange {
        @Option(names = "--role", paramLabel = "ROLE=THRESHOLD:NAME,…", description = "Who holds a role or belongs to a group from now on, and how many must sign.")
        List<String> roles = List.of();

        @Option(names = "--deputy", paramLabel = "GROUP=NAME", description = "Somebody more who stands in for an approver group once half of the time for a change is over; GROUP=NAME:PUB.PEM for somebody new.")
        List<String> deputies = List.of();

        @Option(names = "--no-deputy", paramLabel = "GROUP=NAME", description = "Somebody who does not stand in for a group any more.")
        List<String> formerDeputies = List.of();

        @Option(names = "--remove-group", paramLabel = "GROUP", description = "An approver group that no rule asks for any more.")
        List<String> removedGroups = List.of();

        @Option(names = "--policy", paramLabel = "FILE", description = "The rules from now on: JSON with the one field 'policy' (docs/formats/policy.md).")
        @Nullable Path policy;

        @Option(names = "--node", paramLabel = "NAME=PUB.PEM:CAPABILITY,…", description = "A new node, or a node's new key.")
        List<String> nodes = List.of();

        @Option(names = "--remove-node", paramLabel = "NAME", description = "A node that does not belong to the system any more.")
        List<String> removedNodes = List.of();

        @Option(names = "--ledger-keys", paramLabel = "FILE", description = "The ledger's public keys from now on, from 'zos keys ledger'. Another origin is another ledger, whose history begins anew.")
        @Nullable Path ledgerKeys;

        @Option(names = "--witness", paramLabel = "FILE", description = "A witness's public keys, from 'zos keys witness'; new, or instead of its old ones.")
        List<Path> witnesses = List.of();

        @Option(names = "--remove-witness", paramLabel = "NAME", description = "A witness that counts no more.")
        List<String> removedWitnesses = List.of();

        @Option(names = "--witness-threshold", paramLabel = "N", description = "How many witnesses must have cosigned what a node accepts (default: as before).")
        @Nullable Integer witnessThreshold;

        @Option(names = "--promoted", paramLabel = "ENVIRONMENT,…", description = "In these environments only images run that were promoted to them ('zos image promote'); 'none' for no environment (default: as before).")
        @Nullable String promoted;

        @Option(names = "--emergency", paramLabel = "GROUP=N", description = "How many people of a group an emergency change needs, instead of every other rule; repeat for more groups (default: as before).")
        List<String> emergency = List.of();

        @Option(names = "--emergency-longest", paramLabel = "DURATION", description = "How long an emergency may last from the moment it was written, in ISO 8601, such as PT4H; at most P7D (default: as before).")
        @Nullable String emergencyLongest;

        @Option(names = "--no-emergency", description = "There are no emergency changes any more.")
        boolean noEmergency;

        @Override
        Draft change(TrustRoot root) {
            Draft draft = Draft.of(root).with(ledger(root), witnesses(root)).promoting(promoted(root)).allowing(emergency(root));
            for (String name : removedNodes) {
                remove(draft, Optional.ofNullable(draft.nodes().remove(name)).orElseThrow(() -> new CliException("--remove-node: the trust root knows no node " + name)).key());
            }
            for (String each : nodes) {
                String[] part = TrustCommand.split("--node", each, "=", "NAME=PUB.PEM:CAPABILITY");
                int colon = part[1].lastIndexOf(':');
                if (colon < 1) {
                    throw new CliException("--node: expected NAME=PUB.PEM:CAPABILITY (is: " + each + ")");
                }
                VerificationKey key = TrustCommand.publicKey(Path.of(part[1].substring(0, colon)));
                Optional.ofNullable(draft.nodes().get(part[0])).ifPresent(old -> remove(draft, old.key()));
                draft.keys().put(key.id(), new TrustedKey(part[0], key));
                draft.nodes().put(part[0], new TrustedNode(key.id(), Set.of(part[1].substring(colon + 1).split(","))));
            }
            if (!draft.nodes().isEmpty()) {
                draft.roles().put(TrustRoot.NODE, new Role(draft.nodes().values().stream().map(TrustedNode::key).collect(Collectors.toSet()), 1));
            }
            for (String each : removedGroups) {
                if (!root.groups().contains(each)) {
                    throw new CliException("--remove-group: there is no group " + each + "; there are " + String.join(", ", root.groups()));
                }
                draft.roles().remove(each);
            }
            Map<String, List<KeyId>> held = draft.held();
            roles.forEach(each -> TrustCommand.role(each, held).forEach((name, role) -> draft.roles().put(name, keepingDeputies(role, draft.roles().get(name)))));
            formerDeputies.forEach(each -> dismiss(draft, each));
            deputies.forEach(each -> TrustCommand.deputy(known(draft, each), draft.roles(), draft.held()));
            if (!emergency.isEmpty()) {
                draft.emergency().ifPresent(rule -> rule.require().groups().forEach((group, people) -> asksForNoMore(draft, group, people)));
            }
            return policy == null ? draft : draft.with(TrustCommand.policy(policy));
        }

        /** Who joins a group is no deputy of it any more. */
        private static Role keepingDeputies(Role next, @Nullable Role before) {
            Set<KeyId> deputies = new TreeSet<>(before == null ? Set.of() : before.deputies());
            deputies.removeAll(next.keys());
            return new Role(next.keys(), next.threshold(), deputies);
        }

        private static void dismiss(Draft draft, String text) {
            String[] part = TrustCommand.split("--no-deputy", text, "=", "GROUP=NAME");
            Role role = Optional.ofNullable(draft.roles().get(part[0])).orElseThrow(() -> new CliException("--no-deputy: there is no group " + part[0]));
            Set<KeyId> others = new TreeSet<>(role.deputies());
            if (!others.removeIf(key -> draft.keys().get(key).person().equals(part[1]))) {
                throw new CliException("--no-deputy: " + part[1] + " is no deputy of " + part[0]);
            }
            draft.roles().put(part[0], new Role(role.keys(), role.threshold(), others));
        }

        /** Takes the key of somebody new in; what is left is {@code GROUP=NAME}. */
        private static String known(Draft draft, String text) {
            int colon = text.indexOf(':', Math.max(0, text.indexOf('=')));
            if (colon < 0) {
                return text;
            }
            String[] part = TrustCommand.split("--deputy", text.substring(0, colon), "=", "GROUP=NAME:PUB.PEM");
            VerificationKey key = TrustCommand.publicKey(Path.of(text.substring(colon + 1)));
            draft.keys().put(key.id(), new TrustedKey(part[1], key));
            return text.substring(0, colon);
        }

        private Optional<EmergencyRule> emergency(TrustRoot root) {
            if (noEmergency) {
                if (!emergency.isEmpty() || emergencyLongest != null) {
                    throw new CliException("--no-emergency: cannot stand beside --emergency or --emergency-longest");
                }
                return Optional.empty();
            }
            if (emergency.isEmpty() && emergencyLongest == null) {
                return root.emergency();
            }
            Optional<Requirement> require = emergency.isEmpty() ? root.emergency().map(EmergencyRule::require) : Optional.of(requirement());
            Optional<Duration> longest = emergencyLongest == null ? root.emergency().map(EmergencyRule::longest) : Optional.of(longest(emergencyLongest));
            return Optional.of(new EmergencyRule(
                    require.orElseThrow(() -> new CliException("--emergency: must be given, since the trust root knows no emergencies so far")),
                    longest.orElseThrow(() -> new CliException("--emergency-longest: must be given, since the trust root knows no emergencies so far"))));
        }

        /** A group's own threshold holds in every rule. */
        private static void asksForNoMore(Draft draft, String group, int people) {
            Role role = draft.roles().get(group);
            if (role != null && role.threshold() > people) {
                throw new CliException("--emergency: the group " + group + " asks for " + role.threshold() + " people by its own threshold, whatever stands here; name one with a smaller, such as --role oncall=1:NAME,…");
            }
        }

        private Requirement requirement() {
            TreeMap<String, Integer> groups = new TreeMap<>();
            for (String each : emergency) {
                String[] part = TrustCommand.split("--emergency", each, "=", "GROUP=N");
                groups.put(part[0], TrustCommand.number("--emergency " + part[0], part[1]));
            }
            return new Requirement(groups, Optional.empty(), Set.of(), List.of(), Optional.empty());
        }

        private static Duration longest(String text) {
            try {
                return Duration.parse(text);
            } catch (DateTimeParseException wrong) {
                throw new CliException("--emergency-longest: must be a duration in ISO 8601 such as PT4H or P1D (is: " + text + ")");
            }
        }

        private LedgerKeys ledger(TrustRoot root) {
            return ledgerKeys == null ? root.ledger() : read(ledgerKeys, LedgerKeys::read);
        }

        private Set<Environment> promoted(TrustRoot root) {
            if (promoted == null) {
                return root.promoted();
            }
            Set<Environment> environments = new TreeSet<>();
            if (!promoted.equals("none")) {
                for (String each : promoted.split(",", -1)) {
                    try {
                        environments.add(Environment.parse(each));
                    } catch (ContractException wrong) {
                        throw new CliException("--promoted: must be none, or of development, staging, production, separated by commas (is: " + promoted + ")");
                    }
                }
            }
            return environments;
        }

        private Witnesses witnesses(TrustRoot root) {
            TreeMap<String, WitnessKeys> known = new TreeMap<>(root.witnesses().keys());
            for (String name : removedWitnesses) {
                if (known.remove(name) == null) {
                    throw new CliException("--remove-witness: the trust root knows no witness " + name);
                }
            }
            for (Path each : witnesses) {
                WitnessKeys keys = read(each, WitnessKeys::read);
                known.put(keys.name(), keys);
            }
            return new Witnesses(witnessThreshold == null ? root.witnesses().threshold() : witnessThreshold, known);
        }

        private static <T> T read(Path file, Function<JsonObject, T> reader) {
            JsonObject object = JsonObject.of(Context.read(file).getBytes(StandardCharsets.UTF_8), file.toString());
            T value = reader.apply(object);
            object.end();
            return value;
        }
    }

    @Command(
            name = "add-key",
            mixinStandardHelpOptions = true,
            description = {
                "Write the next version with one more key for somebody. A key of somebody who is known gets their roles and groups;",
                "somebody new gets those that are named. Two keys of one person are still one person."
            },
            footer = {"", "Example:", "  zos trust add-key root-1.json --person bob=bob-new.pub.pem --out root-2.json --sign carol.pem --sign dave.pem"})
    static final class AddKey extends TrustChange {
        @Option(names = "--person", required = true, paramLabel = "NAME=PUB.PEM", description = "Whose key it is, and its public half.")
        String person = "";

        @Option(names = "--role", paramLabel = "ROLE", description = "A role or group that the key gets too; needed for somebody new.")
        List<String> roles = List.of();

        @Override
        Draft change(TrustRoot root) {
            String[] part = TrustCommand.split("--person", person, "=", "NAME=PUB.PEM");
            VerificationKey key = TrustCommand.publicKey(Path.of(part[1]));
            if (root.key(key.id()).isPresent()) {
                throw new CliException("--person: the key is already that of " + root.person(key.id()).orElse("somebody"));
            }
            Set<String> standsInFor = root.standsInFor(part[0]);
            Set<String> places = new TreeSet<>(roles);
            root.roles().forEach((name, role) -> {
                if (role.keys().stream().anyMatch(each -> root.person(each).orElse("").equals(part[0]))) {
                    places.add(name);
                }
            });
            if (places.isEmpty() && standsInFor.isEmpty()) {
                throw new CliException("--role: " + part[0] + " is new and needs at least one role or group");
            }
            Draft draft = Draft.of(root);
            draft.keys().put(key.id(), new TrustedKey(part[0], key));
            for (String place : standsInFor) {
                Role role = draft.roles().get(place);
                Set<KeyId> deputies = new TreeSet<>(role.deputies());
                deputies.add(key.id());
                draft.roles().put(place, new Role(role.keys(), role.threshold(), deputies));
            }
            for (String place : places) {
                Role role = Optional.ofNullable(draft.roles().get(place)).orElseThrow(() -> new CliException("--role: there is no role or group " + place));
                Set<KeyId> keys = new TreeSet<>(role.keys());
                keys.add(key.id());
                draft.roles().put(place, new Role(keys, role.threshold(), role.deputies()));
            }
            return draft;
        }
    }

    @Command(
            name = "revoke-key",
            mixinStandardHelpOptions = true,
            description = {
                "Write the next version without a key, or without any key of a person. Refused where a threshold or a rule would be out of reach:",
                "then somebody must take the place first ('zos trust add-key'), or 'zos trust rotate' must ask for less."
            },
            footer = {
                "",
                "Examples:",
                "  zos trust revoke-key root-2.json --key 3fa91c --out root-3.json --sign carol.pem --sign dave.pem",
                "  zos trust revoke-key root-2.json --person bob --out root-3.json --sign carol.pem --sign dave.pem"
            })
    static final class RevokeKey extends TrustChange {
        @Option(names = "--key", paramLabel = "ID", description = "The key's id, or enough of its beginning.")
        @Nullable String key;

        @Option(names = "--person", paramLabel = "NAME", description = "Every key of a person.")
        @Nullable String person;

        @Override
        Draft change(TrustRoot root) {
            if ((key == null) == (person == null)) {
                throw new CliException("give either --key or --person");
            }
            Set<KeyId> revoked = root.keys().entrySet().stream()
                    .filter(each -> person == null ? each.getKey().hex().startsWith(String.valueOf(key)) : each.getValue().person().equals(person))
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toCollection(TreeSet::new));
            if (revoked.isEmpty() || key != null && revoked.size() > 1) {
                throw new CliException(key == null ? "--person: nobody is called " + person : "--key: " + revoked.size() + " keys begin with " + key);
            }
            Draft draft = Draft.of(root);
            for (KeyId each : revoked) {
                if (root.nodes().values().stream().anyMatch(node -> node.key().equals(each))) {
                    throw new CliException("--key: is a node's; 'zos trust rotate --remove-node' or '--node' replaces it");
                }
                remove(draft, each);
            }
            return draft;
        }
    }

    /** Takes a key out of everything; a group that is left without keys goes as well, unless a rule asks for it, which the next version's check tells. */
    static void remove(Draft draft, KeyId key) {
        draft.keys().remove(key);
        for (Map.Entry<String, Role> each : List.copyOf(draft.roles().entrySet())) {
            Role role = each.getValue();
            Set<KeyId> keys = new TreeSet<>(role.keys());
            Set<KeyId> deputies = new TreeSet<>(role.deputies());
            if (keys.remove(key) | deputies.remove(key)) {
                if (keys.isEmpty()) {
                    draft.roles().remove(each.getKey());
                } else {
                    draft.roles().put(each.getKey(), new Role(keys, role.threshold(), deputies));
                }
            }
        }
    }
}
