package org.zosgrid.contract.admission;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.zosgrid.contract.document.ChangeDocument;
import org.zosgrid.contract.document.Deployment;
import org.zosgrid.contract.policy.Approvals;
import org.zosgrid.contract.policy.ChangeClass;
import org.zosgrid.contract.policy.Policy;
import org.zosgrid.contract.policy.Rule;

/**
 * Every rule that one change must satisfy, all of them: those of the trust root, of the version that is there, and of the document itself. What the
 * document says can thereby add to what is demanded of it, and take nothing away; what it says binds its successors.
 *
 * @param demanded the rules that match, with where they come from
 */
public record Requirements(List<Demanded> demanded) {

    /** Whose rule it is. */
    public enum Source {
        TRUST_ROOT,
        RUNNING_VERSION,
        DOCUMENT;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /** A rule and whose it is. */
    public record Demanded(Source source, Rule rule) {
        @Override
        public String toString() {
            return "rule '" + rule.name() + "' of the " + source;
        }
    }

    public Requirements {
        demanded = List.copyOf(demanded);
    }

    /**
     * What a change must satisfy.
     *
     * @param floor the trust root's policy
     * @param last what was accepted last under the name
     */
    public static Requirements of(Policy floor, ChangeDocument document, Optional<Accepted> last) {
        Optional<Deployment> current = last.flatMap(Accepted::current);
        ChangeClass change = ChangeClass.of(document, current);
        List<Demanded> demanded = new ArrayList<>();
        add(demanded, Source.TRUST_ROOT, floor, change);
        current.ifPresent(deployment -> add(demanded, Source.RUNNING_VERSION, deployment.approval(), change));
        if (document instanceof Deployment deployment) {
            add(demanded, Source.DOCUMENT, deployment.approval(), change);
        }
        return new Requirements(demanded);
    }

    private static void add(List<Demanded> demanded, Source source, Policy policy, ChangeClass change) {
        policy.rules().stream().filter(rule -> rule.matches(change)).forEach(rule -> demanded.add(new Demanded(source, rule)));
    }

    /** Whether the trust root lets this class of change happen at all: one of its own rules matches that demands approvals. */
    public boolean arePossible() {
        return demanded.stream().anyMatch(each -> each.source() == Source.TRUST_ROOT && each.rule().require().demandsApproval());
    }

    /** What the approvals lack, in sentences; empty when every rule is satisfied. */
    public List<String> missing(Approvals approvals) {
        return demanded.stream()
                .flatMap(each -> each.rule().require().missing(approvals).stream().map(lack -> lack + ", says " + each))
                .toList();
    }

    /** A rule whose time windows do not contain a moment. */
    public Optional<Demanded> closedAt(Instant now) {
        return demanded.stream().filter(each -> !each.rule().require().open(now)).findFirst();
    }

    /** The shortest time that any rule gives a document from its creation to its acceptance; empty if none does. */
    public Optional<Duration> validity() {
        return demanded.stream().flatMap(each -> each.rule().require().validity().stream()).min(Comparator.naturalOrder());
    }
}
