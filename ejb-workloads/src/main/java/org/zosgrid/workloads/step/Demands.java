package org.zosgrid.workloads.step;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.zosgrid.bpmn.ChangeFacts;
import org.zosgrid.bpmn.QuorumTable;
import org.zosgrid.contract.Fault;
import org.zosgrid.contract.admission.Accepted;
import org.zosgrid.contract.admission.Requirements;
import org.zosgrid.contract.admission.Requirements.Source;
import org.zosgrid.contract.document.ChangeDocument;
import org.zosgrid.contract.document.Demand;
import org.zosgrid.contract.document.Deployment;
import org.zosgrid.contract.trust.TrustRoot;
import org.zosgrid.workloads.Standing;
import org.zosgrid.workloads.model.ModelsInForce;
import org.zosgrid.workloads.trust.Trust;

/**
 * What decision tables demand of a document, and whether it binds that. Nodes do not know the tables: they hold a change to what its document says, so it must say it before anybody signs.
 *
 * <p>Of an emergency change no table is asked.
 */
@ApplicationScoped
public class Demands {
    private static final String PEOPLE = "demand.people";
    private static final String GROUPS = "demand.groups";

    @Inject private Trust trust;
    @Inject private Standing standing;
    @Inject private QuorumTable quorum;
    @Inject private ModelsInForce models;
    @Inject private Facts facts;

    /**
     * What one table demands.
     *
     * @param table the id of its decision; what a model's block demands itself is told as its table's
     */
    public record OfTable(String table, Demand demand) {}

    /** What the table named {@code quorum} demands, and those of the approvals that the model named by the document will collect, as far as that is known before. */
    public List<OfTable> tables(ChangeDocument document) {
        if (isEmergency(document)) {
            return List.of();
        }
        ChangeFacts seen = facts.of(document);
        List<OfTable> all = new ArrayList<>();
        all.add(new OfTable(QuorumTable.KEY, demand(QuorumTable.KEY, seen)));
        models.asked(document, seen).forEach(block -> {
            Demand said = demand(block.table(), seen);
            all.add(new OfTable(block.table(), new Demand(Math.max(said.people(), block.people()), said.groups())));
        });
        return all;
    }

    /** What a document must bind: what its rules do not ask for anyway, whatever version a node has. */
    public Demand binding(ChangeDocument document) {
        return binding(document, tables(document));
    }

    /** The same, given what tables demand. */
    public Demand binding(ChangeDocument document, List<OfTable> tables) {
        Demand all = tables.stream().map(OfTable::demand).reduce(Demand.NONE, Demand::and);
        return new Demand(all.people() > least(document) ? all.people() : 0, all.groups());
    }

    /** Why a document does not bind what tables demand, or binds what can never be; empty if neither. */
    public List<Fault> faults(ChangeDocument document) {
        List<Fault> faults = new ArrayList<>(unbound(document, tables(document)));
        faults.addAll(outOfReach(document));
        return faults;
    }

    /**
     * What a document does not bind when its approval opens.
     *
     * @param said what the table says that its process has just asked, and the block that asked it
     */
    List<Fault> unboundAtOpening(ChangeDocument document, Demand said) {
        if (isEmergency(document)) {
            return List.of();
        }
        Demand usual = demand(QuorumTable.KEY, facts.of(document));
        List<OfTable> tables = new ArrayList<>(List.of(new OfTable(QuorumTable.KEY, usual)));
        if (!usual.covers(said)) {
            tables.add(new OfTable("of its workflow", said));
        }
        return unbound(document, tables);
    }

    /** What a document does not bind of what tables demand. */
    public List<Fault> unbound(ChangeDocument document, List<OfTable> tables) {
        Demand bound = document.demand();
        Demand needed = binding(document, tables);
        List<Fault> faults = new ArrayList<>();
        if (bound.people() < needed.people()) {
            faults.add(new Fault(PEOPLE, "must be at least " + needed.people() + ", as many people as " + named(tables, each -> each.demand().people() >= needed.people())
                    + " demands: ask what is demanded again, and sign a document that says it", Integer.toString(bound.people())));
        }
        Set<String> lacking = new TreeSet<>(needed.groups());
        lacking.removeAll(bound.groups());
        if (!lacking.isEmpty()) {
            faults.add(new Fault(GROUPS, "must have " + String.join(", ", lacking) + ", of which " + named(tables, each -> each.demand().groups().stream().anyMatch(lacking::contains))
                    + " demands somebody: ask what is demanded again, and sign a document that says it", String.join(", ", bound.groups())));
        }
        return faults;
    }

    /** What a document binds that nobody could ever satisfy. */
    private List<Fault> outOfReach(ChangeDocument document) {
        TrustRoot root = trust.root();
        List<Fault> faults = new ArrayList<>();
        Set<String> unknown = new TreeSet<>(document.demand().groups());
        unknown.removeAll(root.groups());
        if (!unknown.isEmpty()) {
            faults.add(new Fault(GROUPS, "must be approver groups of the trust root, " + String.join(", ", root.groups()), String.join(", ", unknown)));
            return faults;
        }
        List<String> missing = document.demand().missing(root.approvals(root.keys().keySet(), document, document.expires()));
        if (!missing.isEmpty()) {
            faults.add(new Fault("demand", "is out of reach even if everybody but the requester approves", String.join("; ", missing)));
        }
        return faults;
    }

    /** As many people as every node asks for: one that has nothing of the version before knows none of its rules, and takes the change for the first. */
    private int least(ChangeDocument document) {
        return Math.min(least(document, standing.last(document.name())), least(document, Optional.empty()));
    }

    private int least(ChangeDocument document, Optional<Accepted> last) {
        return Requirements.of(trust.root(), document, last).demanded().stream()
                .filter(each -> each.source() != Source.RUNNING_VERSION)
                .mapToInt(each -> each.rule().require().leastPeople()).reduce(1, Math::max);
    }

    private Demand demand(String table, ChangeFacts seen) {
        org.zosgrid.bpmn.table.Demand said = quorum.demand(table, seen);
        return new Demand(said.people(), said.groups());
    }

    private static String named(List<OfTable> tables, Predicate<OfTable> which) {
        return "the decision table " + tables.stream().filter(which).map(OfTable::table).distinct().collect(Collectors.joining(", "));
    }

    static boolean isEmergency(ChangeDocument document) {
        return Optional.of(document).filter(Deployment.class::isInstance).map(Deployment.class::cast).flatMap(Deployment::emergency).isPresent();
    }
}
