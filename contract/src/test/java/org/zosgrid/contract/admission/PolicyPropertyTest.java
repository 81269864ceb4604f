package org.zosgrid.contract.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.zosgrid.contract.People.NOW;
import static org.zosgrid.contract.People.document;
import static org.zosgrid.contract.People.key;

import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.zosgrid.contract.People;
import org.zosgrid.contract.document.ChangeDocument;
import org.zosgrid.contract.document.DataSize;
import org.zosgrid.contract.document.Decommission;
import org.zosgrid.contract.document.Deployment;
import org.zosgrid.contract.document.Environment;
import org.zosgrid.contract.document.GatewayRoute;
import org.zosgrid.contract.document.Machine;
import org.zosgrid.contract.document.Pause;
import org.zosgrid.contract.document.Resume;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.key.SigningKey;
import org.zosgrid.contract.ledger.Witnesses;
import org.zosgrid.contract.policy.Kind;
import org.zosgrid.contract.policy.Match;
import org.zosgrid.contract.policy.Policy;
import org.zosgrid.contract.policy.Requirement;
import org.zosgrid.contract.policy.Rule;
import org.zosgrid.contract.policy.Weight;
import org.zosgrid.contract.policy.Window;
import org.zosgrid.contract.trust.Role;
import org.zosgrid.contract.trust.TrustRoot;

/**
 * Random people, groups, policies, documents and signatures: the decision is that of a reference written from docs/formats/policy.md alone, which tries out
 * every way to seat people instead of reasoning about it.
 */
class PolicyPropertyTest {
    private static final List<String> SIGNERS = List.of("alice", "bob", "bob-too", "carol", "dave", "erin", "frank", "grace", "mallory");
    private static final List<String> GROUPS = List.of("approver", "security", "operations");
    private static final List<String> ENVIRONMENTS = List.of("development", "staging", "production", "production-exposed");

    @Property(tries = 1500, shrinking = ShrinkingMode.OFF)
    void theDecisionIsThatOfTheReference(@ForAll long seed) {
        Random random = new Random(seed);
        Map<String, Role> roles = People.roles();
        for (String group : GROUPS) {
            Set<String> members = new HashSet<>(List.of(SIGNERS.get(1 + random.nextInt(7))));
            for (String each : SIGNERS.subList(0, 8)) {
                if (random.nextInt(3) == 0) {
                    members.add(each);
                }
            }
            roles.put(group, People.role((random.nextInt(4) == 0 && people(members).size() > 1 ? 2 : 1) + " " + String.join(" ", members)));
        }
        if (random.nextInt(3) == 0) {
            roles.put("gateway-operator", People.role(random.nextBoolean() ? "1 frank" : "2 bob bob-too grace"));
        }
        TrustRoot root;
        try {
            root = People.root(1, NOW.plusSeconds(3600), roles, policy(random, true), Witnesses.NONE);
        } catch (org.zosgrid.contract.ContractException outOfReach) {
            return;
        }
        Optional<Accepted> last = last(random);
        ChangeDocument document = next(random, last);
        Set<String> signers = new LinkedHashSet<>(List.of("alice"));
        SIGNERS.stream().filter(each -> random.nextInt(3) > 0).forEach(signers::add);
        SigningKey[] keys = signers.stream().map(People::key).toArray(SigningKey[]::new);
        Admission.Verdict verdict = Admission.approve(Envelope.sign(document.payloadType(), document.toJson(), keys), root, last, NOW);
        assertThat(verdict instanceof Admission.Verdict.Yes).as(() -> verdict + " for " + signers + " under " + root.policy() + " with " + last + " then " + document)
                .isEqualTo(reference(root, last, document, signers));
    }

    /** Many a property holds of a decision that always says no. */
    @Property(tries = 1, seed = "1")
    void bothAnswersOccur() {
        Map<Boolean, Integer> seen = new HashMap<>();
        for (long seed = 0; seed < 400; seed++) {
            Random random = new Random(seed);
            Policy policy = policy(random, true);
            try {
                TrustRoot root = People.root(policy);
                seen.merge(reference(root, Optional.empty(), document(1), Set.of("alice", "bob", "carol", "dave", "erin", "frank")), 1, Integer::sum);
            } catch (org.zosgrid.contract.ContractException outOfReach) {
                // Not every random policy can be satisfied by these people.
            }
        }
        assertThat(seen.get(true)).isGreaterThan(20);
        assertThat(seen.get(false)).isGreaterThan(20);
    }

    private static Policy policy(Random random, boolean floor) {
        List<Rule> rules = new ArrayList<>();
        for (int i = 0, many = (floor ? 1 : 0) + random.nextInt(3); i < many; i++) {
            rules.add(new Rule("rule-" + i, match(random), requirement(random)));
        }
        return new Policy(rules);
    }

    private static Match match(Random random) {
        Set<Kind> kinds = new HashSet<>();
        Set<Environment> environments = new HashSet<>();
        if (random.nextInt(3) == 0) {
            kinds.add(Kind.values()[random.nextInt(Kind.values().length)]);
            kinds.add(Kind.values()[random.nextInt(Kind.values().length)]);
        }
        if (random.nextInt(3) == 0) {
            environments.add(Environment.values()[random.nextInt(3)]);
        }
        return new Match(kinds, environments, random.nextInt(4) == 0 ? Optional.of(random.nextBoolean()) : Optional.empty(),
                random.nextInt(4) == 0 ? 1 + random.nextInt(3) : 0, random.nextInt(4) == 0 ? Optional.of(new DataSize((64L + random.nextInt(3) * 64L) << 20)) : Optional.empty());
    }

    private static Requirement requirement(Random random) {
        TreeMap<String, Integer> groups = new TreeMap<>();
        for (String group : GROUPS) {
            if (random.nextInt(3) == 0) {
                groups.put(group, 1 + random.nextInt(2));
            }
        }
        Optional<Weight> weight = Optional.empty();
        if (random.nextInt(4) == 0) {
            weight = Optional.of(new Weight(1 + random.nextInt(5), new TreeMap<>(Map.of("bob", random.nextInt(3))),
                    new TreeMap<>(Map.of(GROUPS.get(random.nextInt(3)), 1 + random.nextInt(2), "no-such-group", 5))));
        }
        List<Window> windows = new ArrayList<>();
        if (random.nextInt(8) == 0) {
            windows.add(new Window(Set.of(java.time.DayOfWeek.of(1 + random.nextInt(2))), 0, 600 + random.nextInt(840)));
        }
        return new Requirement(groups, weight, random.nextInt(5) == 0 ? Set.of(List.of("carol", "erin", "alice").get(random.nextInt(3))) : Set.of(), windows,
                random.nextInt(6) == 0 ? Optional.of(Duration.ofSeconds(1 + random.nextInt(120))) : Optional.empty());
    }

    private static Deployment deployment(Random random, long version) {
        Deployment plain = document(version, ENVIRONMENTS.get(random.nextInt(4)), 1 + random.nextInt(4), "");
        Policy own = random.nextInt(3) == 0 ? policy(random, false) : Policy.NONE;
        return new Deployment(plain.name(), version, "alice", plain.environment(), NOW.minusSeconds(random.nextInt(60)), plain.expires(), "", plain.network(), plain.machines(),
                plain.gateways(), own, plain.workflow());
    }

    private static Optional<Accepted> last(Random random) {
        return switch (random.nextInt(5)) {
            case 0, 1 -> Optional.of(Accepted.of(deployment(random, 4), "x"));
            case 2 -> Optional.of(random.nextBoolean() ? Accepted.of(deployment(random, 4), "x").withdrawn() : Accepted.of(deployment(random, 3), "x").paused(4, "y"));
            case 3 -> Optional.of(Accepted.decommissioned(4, "x"));
            default -> Optional.empty();
        };
    }

    private static ChangeDocument next(Random random, Optional<Accepted> last) {
        long version = last.isPresent() ? 5 : 1 + random.nextInt(2);
        return switch (last.isPresent() ? random.nextInt(9) : 8) {
            case 0, 1 -> new Decommission("shop", version, "alice", NOW, NOW.plusSeconds(60), "");
            case 2 -> new Pause("shop", version, "alice", NOW, NOW.plusSeconds(60), "");
            case 3 -> new Resume("shop", version, "alice", NOW, NOW.plusSeconds(60), "");
            default -> deployment(random, version);
        };
    }

    // ---- The reference: slow, and sharing nothing with what it checks but the documents' fields. ----

    private static boolean reference(TrustRoot root, Optional<Accepted> last, ChangeDocument document, Set<String> signers) {
        Deployment old = last.isPresent() && last.get().current().isPresent() ? last.get().current().get() : null;
        List<Rule> rules = new ArrayList<>();
        boolean floorAsksSomebody = false;
        for (Rule rule : root.policy().rules()) {
            if (referenceMatches(rule.match(), old, document)) {
                rules.add(rule);
                Requirement require = rule.require();
                floorAsksSomebody |= !require.groups().isEmpty() || require.weight().isPresent() || !require.signers().isEmpty();
            }
        }
        for (Policy own : List.of(old == null ? Policy.NONE : old.approval(), document instanceof Deployment deployment ? deployment.approval() : Policy.NONE)) {
            own.rules().stream().filter(rule -> referenceMatches(rule.match(), old, document)).forEach(rules::add);
        }
        return floorAsksSomebody && referenceRoutes(root, old, document, signers) && rules.stream().allMatch(rule -> referenceHolds(root, rule.require(), document, signers));
    }

    /** Who opens a route to the internet needs as many gateway operators as the role's threshold says, where there is the role. */
    private static boolean referenceRoutes(TrustRoot root, Deployment old, ChangeDocument document, Set<String> signers) {
        if (!root.roles().containsKey("gateway-operator") || !(document instanceof Deployment fresh)) {
            return true;
        }
        boolean opens = false;
        for (GatewayRoute route : fresh.gateways()) {
            opens |= old == null || !old.gateways().contains(route);
        }
        Set<String> operators = new HashSet<>();
        for (String signer : signers) {
            if (root.roles().get("gateway-operator").keys().contains(key(signer).id()) && !person(signer).equals("alice")) {
                operators.add(person(signer));
            }
        }
        return !opens || operators.size() >= root.roles().get("gateway-operator").threshold();
    }

    private static boolean referenceMatches(Match match, Deployment old, ChangeDocument document) {
        Set<String> kinds = new HashSet<>();
        if (document instanceof Decommission) {
            kinds.add("decommission");
        } else if (document instanceof Pause) {
            kinds.add("pause");
        } else if (document instanceof Resume) {
            kinds.add("resume");
        } else {
            Deployment fresh = (Deployment) document;
            if (old == null) {
                kinds.add("create");
                if (fresh.version() > 1) {
                    kinds.add("change");
                }
            } else {
                kinds.add("change");
                if (!old.approval().equals(fresh.approval())) {
                    kinds.add("policy-change");
                }
            }
        }
        boolean kindFits = match.kinds().isEmpty();
        for (Kind kind : match.kinds()) {
            kindFits |= kinds.contains(kind.toString());
        }
        List<Deployment> sides = new ArrayList<>();
        if (old != null) {
            sides.add(old);
        }
        if (document instanceof Deployment fresh) {
            sides.add(fresh);
        }
        boolean sideFits = sides.isEmpty();
        for (Deployment side : sides) {
            long memory = 0;
            for (Machine machine : side.machines()) {
                memory += machine.memory().bytes();
            }
            boolean fits = match.environments().isEmpty() || match.environments().contains(side.environment());
            fits &= match.exposed().isEmpty() || match.exposed().get() == (side.gateways().size() > 0);
            fits &= side.machines().size() >= match.machines();
            fits &= match.memory().isEmpty() || memory >= match.memory().get().bytes();
            sideFits |= fits;
        }
        return kindFits && sideFits;
    }

    private static boolean referenceHolds(TrustRoot root, Requirement require, ChangeDocument document, Set<String> signers) {
        Map<String, Set<String>> groupsOf = new HashMap<>();
        for (String signer : signers) {
            for (String group : root.roles().containsKey("gateway-operator") ? List.of("approver", "security", "operations", "gateway-operator") : GROUPS) {
                if (root.roles().get(group).keys().contains(key(signer).id()) && !person(signer).equals("alice")) {
                    groupsOf.computeIfAbsent(person(signer), name -> new HashSet<>()).add(group);
                }
            }
        }
        List<String> seats = new ArrayList<>();
        require.groups().forEach((group, people) -> {
            for (int i = 0; i < Math.max(people, root.roles().get(group).threshold()); i++) {
                seats.add(group);
            }
        });
        int weight = 0;
        for (Map.Entry<String, Set<String>> each : groupsOf.entrySet()) {
            if (require.weight().isPresent()) {
                int most = 0;
                for (String group : each.getValue()) {
                    most = Math.max(most, require.weight().get().groups().getOrDefault(group, 0));
                }
                weight += require.weight().get().people().containsKey(each.getKey()) ? require.weight().get().people().get(each.getKey()) : most;
            }
        }
        boolean open = require.windows().isEmpty();
        for (Window window : require.windows()) {
            LocalTime time = NOW.atZone(ZoneOffset.UTC).toLocalTime();
            open |= window.days().contains(NOW.atZone(ZoneOffset.UTC).getDayOfWeek())
                    && !time.isBefore(LocalTime.MIN.plusMinutes(window.from())) && time.toSecondOfDay() < window.to() * 60;
        }
        return seated(seats, 0, groupsOf, new HashSet<>())
                && (require.weight().isEmpty() || weight >= require.weight().get().least())
                && groupsOf.keySet().containsAll(require.signers())
                && open
                && (require.validity().isEmpty() || !NOW.isAfter(document.created().plus(require.validity().get())));
    }

    /** Tries everybody on every seat. */
    private static boolean seated(List<String> seats, int seat, Map<String, Set<String>> groupsOf, Set<String> sitting) {
        if (seat == seats.size()) {
            return true;
        }
        for (Map.Entry<String, Set<String>> each : groupsOf.entrySet()) {
            if (each.getValue().contains(seats.get(seat)) && sitting.add(each.getKey())) {
                if (seated(seats, seat + 1, groupsOf, sitting)) {
                    return true;
                }
                sitting.remove(each.getKey());
            }
        }
        return false;
    }

    private static String person(String signer) {
        return signer.replace("-too", "");
    }

    private static Set<String> people(Set<String> signers) {
        Set<String> people = new HashSet<>();
        signers.forEach(each -> people.add(person(each)));
        return people;
    }
}
