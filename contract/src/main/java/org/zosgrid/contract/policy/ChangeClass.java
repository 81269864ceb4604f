package org.zosgrid.contract.policy;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.zosgrid.contract.document.ChangeDocument;
import org.zosgrid.contract.document.Decommission;
import org.zosgrid.contract.document.Deployment;
import org.zosgrid.contract.document.EmergencyReview;
import org.zosgrid.contract.document.Environment;
import org.zosgrid.contract.document.ImagePromotion;
import org.zosgrid.contract.document.Model;
import org.zosgrid.contract.document.NodeAdmission;
import org.zosgrid.contract.document.NodeRetirement;
import org.zosgrid.contract.document.Pause;
import org.zosgrid.contract.document.Resume;
import org.zosgrid.contract.document.Skip;

/**
 * The class of a change, computed from the documents alone. Both versions count: what a rule says of the version that is there holds also for the change
 * that would take it out of the rule's reach.
 *
 * @param kinds at least one
 * @param sides the version that is there and the one that shall be, as far as there are any
 */
public record ChangeClass(Set<Kind> kinds, List<Side> sides) {

    /**
     * What rules can ask about one version.
     *
     * @param exposed whether the internet reaches anything of it
     * @param memoryBytes of all machines together
     */
    public record Side(Environment environment, boolean exposed, int machines, long memoryBytes) {
        static Side of(Deployment deployment) {
            long memory = deployment.machines().stream().mapToLong(machine -> machine.memory().bytes()).reduce(0, Side::sum);
            return new Side(deployment.environment(), !deployment.gateways().isEmpty(), deployment.machines().size(), memory);
        }

        /** What nobody knows the use of yet: every condition fits but one on another environment. */
        static List<Side> anywhereIn(Environment environment) {
            return List.of(new Side(environment, true, Integer.MAX_VALUE, Long.MAX_VALUE), new Side(environment, false, Integer.MAX_VALUE, Long.MAX_VALUE));
        }

        private static long sum(long one, long other) {
            return one > Long.MAX_VALUE - other ? Long.MAX_VALUE : one + other;
        }
    }

    public ChangeClass {
        kinds = Set.copyOf(kinds);
        sides = List.copyOf(sides);
    }

    /**
     * @param current the version that approvals put there and none took away, as far as it is known
     */
    public static ChangeClass of(ChangeDocument document, Optional<Deployment> current) {
        List<Side> sides = new ArrayList<>();
        current.ifPresent(deployment -> sides.add(Side.of(deployment)));
        EnumSet<Kind> kinds = EnumSet.noneOf(Kind.class);
        switch (document) {
            case Pause pause -> kinds.add(Kind.PAUSE);
            case Resume resume -> kinds.add(Kind.RESUME);
            case Decommission removal -> kinds.add(Kind.DECOMMISSION);
            case Model model -> kinds.add(Kind.MODEL);
            case Skip skip -> kinds.add(Kind.SKIP);
            case NodeAdmission admission -> kinds.add(Kind.ADMISSION);
            case NodeRetirement retirement -> kinds.add(Kind.RETIREMENT);
            case ImagePromotion promotion -> {
                kinds.add(promotion.isRevocation() ? Kind.REVOCATION : Kind.PROMOTION);
                sides.addAll(Side.anywhereIn(promotion.environment()));
            }
            // Whoever may let such a change through in the usual way judges it afterwards; what it asked for stands in another document.
            case EmergencyReview review -> {
                kinds.addAll(EnumSet.of(Kind.REVIEW, Kind.CHANGE));
                sides.addAll(Side.anywhereIn(review.environment()));
            }
            case Deployment deployment -> {
                sides.add(Side.of(deployment));
                if (current.isPresent()) {
                    kinds.add(Kind.CHANGE);
                } else {
                    kinds.add(Kind.CREATE);
                }
                // What went before is not known here, or was removed: whoever says "change" of it is right as well.
                if (deployment.version() > 1) {
                    kinds.add(Kind.CHANGE);
                }
                if (current.isPresent() && !current.get().approval().equals(deployment.approval())) {
                    kinds.add(Kind.POLICY_CHANGE);
                }
            }
        }
        return new ChangeClass(kinds, sides);
    }
}
