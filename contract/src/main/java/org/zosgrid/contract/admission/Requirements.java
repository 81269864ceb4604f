package org.zosgrid.contract.admission;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.zosgrid.contract.document.ChangeDocument;
import org.zosgrid.contract.document.Demand;
import org.zosgrid.contract.document.Deployment;
import org.zosgrid.contract.document.GatewayRoute;
import org.zosgrid.contract.policy.Approvals;
import org.zosgrid.contract.policy.ChangeClass;
import org.zosgrid.contract.policy.Match;
import org.zosgrid.contract.policy.Policy;
import org.zosgrid.contract.policy.Requirement;
import org.zosgrid.contract.policy.Rule;
import org.zosgrid.contract.trust.TrustRoot;

/**
 * Every rule that one change must satisfy, all of them: those of the trust root, of the version that is there, and of the document itself. What the
 * document says can thereby add to what is demanded of it, and take nothing away; what it says binds its successors.
 *
 * <p>An emergency change must satisfy the trust root's rule for emergencies in the place of all of these, and still what gateway operators are asked for.
 *
 * @param demanded the rules that match, with where they come from
 * @param demand what decision tables demanded, as the document binds it
 */
public record Requirements(List<Demanded> demanded, Demand demand) {

    /** Whose rule it is. */
    public enum Source {
        TRUST_ROOT,
        /** The trust root's role {@code gateway-operator}. */
        GATEWAY_OPERATORS,
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
     * @param root its policy is the floor; where it has gateway operators, a route to the internet that is not there yet needs them as well
     * @param last what was accepted last under the name
     */
    public static Requirements of(TrustRoot root, ChangeDocument document, Optional<Accepted> last) {
        Optional<Deployment> current = last.flatMap(Accepted::current);
        if (document instanceof Deployment deployment && deployment.emergency().isPresent()) {
            return emergency(root, deployment, current);
        }
        ChangeClass change = ChangeClass.of(document, current);
        List<Demanded> demanded = new ArrayList<>();
        add(demanded, Source.TRUST_ROOT, root.policy(), change);
        gatewayOperators(root, document, current).ifPresent(demanded::add);
        current.ifPresent(deployment -> add(demanded, Source.RUNNING_VERSION, deployment.approval(), change));
        if (document instanceof Deployment deployment) {
            add(demanded, Source.DOCUMENT, deployment.approval(), change);
        }
        return new Requirements(demanded, document.demand());
    }

    private static Requirements emergency(TrustRoot root, Deployment deployment, Optional<Deployment> current) {
        List<Demanded> demanded = new ArrayList<>();
        root.emergency().ifPresent(rule -> demanded.add(new Demanded(Source.TRUST_ROOT, new Rule("emergency", Match.EVERYTHING, rule.require()))));
        gatewayOperators(root, deployment, current).ifPresent(demanded::add);
        return new Requirements(demanded, deployment.demand());
    }

    private static Optional<Demanded> gatewayOperators(TrustRoot root, ChangeDocument document, Optional<Deployment> current) {
        List<GatewayRoute> there = current.map(Deployment::gateways).orElse(List.of());
        if (!root.roles().containsKey(TrustRoot.GATEWAY_OPERATOR) || !(document instanceof Deployment deployment) || there.containsAll(deployment.gateways())) {
            return Optional.empty();
        }
        return Optional.of(new Demanded(Source.GATEWAY_OPERATORS, new Rule("new-route", Match.EVERYTHING,
                Requirement.people(TrustRoot.GATEWAY_OPERATOR, root.roles().get(TrustRoot.GATEWAY_OPERATOR).threshold()))));
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
        return Stream.concat(
                        demanded.stream().flatMap(each -> each.rule().require().missing(approvals).stream().map(lack -> lack + ", says " + each)),
                        demand.missing(approvals).stream().map(lack -> lack + ", says the document's demand"))
                .toList();
    }

    /** A rule whose time windows do not contain a moment. */
    public Optional<Demanded> closedAt(Instant now) {
        return demanded.stream().filter(each -> !each.rule().require().open(now)).findFirst();
    }

    /**
     * The first moment from {@code now} on at which every rule's time windows are open; empty if there is none, ever. Windows recur weekly, and all
     * are open first when one of them opens: what is not met within the week never is.
     */
    public Optional<Instant> opensAt(Instant now) {
        return Stream.concat(Stream.of(now), demanded.stream().flatMap(each -> each.rule().require().windows().stream()).flatMap(window -> window.openings(now)))
                .sorted()
                .filter(moment -> closedAt(moment).isEmpty())
                .findFirst();
    }

    /** The shortest time that any rule gives a document from its creation to its acceptance; empty if none does. */
    public Optional<Duration> validity() {
        return demanded.stream().flatMap(each -> each.rule().require().validity().stream()).min(Comparator.naturalOrder());
    }
}
