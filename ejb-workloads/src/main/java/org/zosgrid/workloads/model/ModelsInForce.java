package org.zosgrid.workloads.model;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.camunda.bpm.engine.RepositoryService;
import org.zosgrid.bpmn.ChangeFacts;
import org.zosgrid.bpmn.ChangeProcesses;
import org.zosgrid.bpmn.DraftTable;
import org.zosgrid.bpmn.InvalidChangeException;
import org.zosgrid.bpmn.Models;
import org.zosgrid.bpmn.condition.Subject;
import org.zosgrid.bpmn.model.Asked;
import org.zosgrid.bpmn.model.CheckedModel;
import org.zosgrid.bpmn.model.ElementTemplates;
import org.zosgrid.bpmn.model.Finding;
import org.zosgrid.bpmn.model.InputType.Thing;
import org.zosgrid.bpmn.model.ModelCheck;
import org.zosgrid.bpmn.model.RefusedModelException;
import org.zosgrid.bpmn.model.Surroundings;
import org.zosgrid.bpmn.table.Demand;
import org.zosgrid.bpmn.table.RefusedTableException;
import org.zosgrid.bpmn.table.TableCheck;
import org.zosgrid.bpmn.table.TableFinding;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.Fault;
import org.zosgrid.contract.document.ChangeDocument;
import org.zosgrid.contract.document.Decommission;
import org.zosgrid.contract.document.Deployment;
import org.zosgrid.contract.document.Model;
import org.zosgrid.contract.document.Model.Language;
import org.zosgrid.model.Change;
import org.zosgrid.model.Changes;
import org.zosgrid.model.Webhooks;
import org.zosgrid.workloads.Documents;
import org.zosgrid.workloads.RefusedException;
import org.zosgrid.workloads.organisation.KnownOrganisations;
import org.zosgrid.workloads.ticket.TicketSettings;
import org.zosgrid.workloads.trust.Trust;
import org.zosgrid.workloads.view.ModelFinding;
import org.zosgrid.workloads.view.TableTrial;

/**
 * Which of the customer's models count. The file that people signed is kept in its change; the engine gets what was compiled from it. A model in force is named by the deployments
 * and removals that shall go through it.
 */
@ApplicationScoped
public class ModelsInForce implements Models {
    /** The decision that the built-in processes ask; a customer's table of this name takes its place. */
    static final String QUORUM = "quorum";

    @Inject private RepositoryService repository;
    @Inject private Changes changes;
    @Inject private Trust trust;
    @Inject private Webhooks webhooks;
    @Inject private ConfiguredWindows windows;
    @Inject private TicketSettings ticketSystem;
    @Inject private DraftTable drafts;

    /** What is wrong with a process; nothing if it could be in force. */
    public List<Finding> findings(byte[] process) {
        return ModelCheck.ofCustomers(surroundings()).check(process);
    }

    /** What is wrong with a decision table or its examples; nothing if it could be in force. */
    public List<TableFinding> findings(byte[] table, byte[] examples) {
        return tables().check(table, examples);
    }

    /** What a table says of a change: the engine is asked what the table would be compiled to. */
    public TableTrial trial(byte[] file, ChangeFacts facts) {
        int least = new TrustFloor(trust.root().policy()).least(facts);
        try {
            org.zosgrid.bpmn.table.Table table = tables().understood(file);
            Optional<Demand> demand = drafts.demand(table, facts);
            List<ModelFinding> findings = tables().check(table, facts).stream().map(ModelsInForce::finding).toList();
            return new TableTrial(findings, table.accepting(facts), demand.map(each -> OptionalInt.of(each.people())).orElse(OptionalInt.empty()),
                demand.map(each -> List.copyOf(new TreeSet<>(each.groups()))).orElse(List.of()), least);
        } catch (RefusedTableException refused) {
            return new TableTrial(refused.findings().stream().map(ModelsInForce::finding).toList(), List.of(), OptionalInt.empty(), List.of(), least);
        }
    }

    private static ModelFinding finding(TableFinding each) {
        return new ModelFinding(each.element(), "", "table", each.wrong(), each.right());
    }

    /** The blocks as element templates, with the names that are configured here. */
    public String templates() {
        return ElementTemplates.json(surroundings());
    }

    /** What is wrong with a model, each fault with the id of the element. */
    public List<Fault> faults(Model model) {
        if (model.isRemoval()) {
            return faultsOfRemoval(model);
        }
        List<Fault> faults = new ArrayList<>();
        try {
            String id = model.language() == Language.BPMN ? process(model).id() : table(model).id();
            if (!id.equals(model.name())) {
                faults.add(new Fault("name", "must be the id of the " + (model.language() == Language.BPMN ? "process" : "decision") + " in the file, " + id, model.name()));
            }
        } catch (RefusedModelException refused) {
            refused.findings().forEach(each -> faults.add(new Fault(place(each.element()), each.wrong() + "; " + each.right() + " [" + each.rule() + "]", each.name())));
        } catch (RefusedTableException refused) {
            refused.findings().forEach(each -> faults.add(new Fault(place(each.element()), each.wrong() + "; " + each.right(), "")));
        }
        return faults;
    }

    private List<Fault> faultsOfRemoval(Model removal) {
        Optional<Model> there = changes.inForce(removal.name()).map(ModelsInForce::model);
        if (there.isEmpty()) {
            return List.of(new Fault("file", "may be left out to take a model out of force alone, and none of this name is in force", removal.name()));
        }
        if (there.get().language() != removal.language()) {
            return List.of(new Fault("language", "must be the one of the version in force, " + there.get().language(), removal.language().toString()));
        }
        return changes.inForce().stream().map(ModelsInForce::model).filter(model -> isBrokenWithout(removal.name(), model))
            .map(model -> new Fault("name", "is asked by the process " + model.name() + ", which must be replaced or taken out of force first", removal.name())).toList();
    }

    /** Whether a process that is valid now would not be without a table. The built-in {@code quorum} is always there. */
    private boolean isBrokenWithout(String table, Model model) {
        if (model.language() != Language.BPMN || model.name().equals(table)) {
            return false;
        }
        byte[] file = bytes(model.file());
        return ModelCheck.ofCustomers(surroundings(Set.of())).check(file).isEmpty() && !ModelCheck.ofCustomers(surroundings(Set.of(table))).check(file).isEmpty();
    }

    private static String place(String element) {
        return element.isEmpty() ? "file" : "file#" + element;
    }

    CheckedModel process(Model model) throws RefusedModelException {
        return ModelCheck.ofCustomers(surroundings()).checked(bytes(model.file()));
    }

    private org.zosgrid.bpmn.table.Table table(Model model) throws RefusedTableException {
        return tables().checked(bytes(model.file()), bytes(model.examples()));
    }

    /**
     * Whether a document may be submitted: a model is in order, and what names a model names one in force that does such things.
     *
     * @throws RefusedException INVALID
     */
    public void check(ChangeDocument document) {
        List<Fault> faults = document instanceof Model model ? faults(model) : workflowFault(document).stream().toList();
        if (!faults.isEmpty()) {
            throw new RefusedException(RefusedException.Kind.INVALID, document instanceof Model ? "The model is not valid" : "The document names no model in force", faults);
        }
    }

    /** Which tables the model named by a document will ask for approvals; none if it names none, or one that is not in force. */
    public List<Asked> asked(ChangeDocument document, ChangeFacts facts) {
        Optional<String> workflow = switch (document) {
            case Deployment deployment -> deployment.workflow();
            case Decommission removal -> removal.workflow();
            default -> Optional.empty();
        };
        Optional<Model> model = workflow.flatMap(changes::inForce).map(ModelsInForce::model).filter(each -> each.language() == Language.BPMN);
        if (model.isEmpty()) {
            return List.of();
        }
        try {
            return process(model.get()).asked(new Subject(facts, document.name(), document.version(), Duration.ZERO));
        } catch (RefusedModelException noMore) {
            return List.of(); // it is said so when it is submitted
        }
    }

    /** What is wrong with the model that a document names. */
    public Optional<Fault> workflowFault(ChangeDocument document) {
        return switch (document) {
            case Deployment deployment -> deployment.workflow().flatMap(name -> workflowFault(name, false));
            case Decommission removal -> removal.workflow().flatMap(name -> workflowFault(name, true));
            default -> Optional.empty();
        };
    }

    private Optional<Fault> workflowFault(String name, boolean removes) {
        Optional<Model> model = changes.inForce(name).map(ModelsInForce::model).filter(each -> each.language() == Language.BPMN);
        if (model.isEmpty()) {
            return Optional.of(new Fault("workflow", "must be a process of your own that is in force", name));
        }
        try {
            if (process(model.get()).removes() != removes) {
                return Optional.of(new Fault("workflow", removes ? "is for deployments, and this is a removal" : "is for removals, and this is a deployment", name));
            }
            return Optional.empty();
        } catch (RefusedModelException noMore) {
            return Optional.of(new Fault("workflow", "is not valid any more: " + noMore.findings().getFirst(), name));
        }
    }

    @Override
    public boolean putInForce(long id) {
        Change change = changes.get(id);
        Model model = model(change);
        List<Fault> faults = faults(model);
        if (!faults.isEmpty()) {
            throw new InvalidChangeException(String.valueOf(new ContractException(faults).getMessage()));
        }
        if (!model.isRemoval()) {
            deploy(repository, change);
        } else if (model.name().equals(QUORUM)) {
            deployBuiltInQuorum(change);
        }
        return !model.isRemoval();
    }

    /** The engine asks the table that it was given last: the built-in one has to be that again. */
    private void deployBuiltInQuorum(Change removal) {
        try (InputStream table = Objects.requireNonNull(ChangeProcesses.class.getResourceAsStream("/" + QUORUM + ".dmn"))) {
            KnownOrganisations.tenant().deployment(repository).name("built-in " + QUORUM + " since version " + removal.version()).source(Long.toString(removal.id()))
                .addInputStream(QUORUM + ".dmn", table).deploy();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the built-in table " + QUORUM, unreadable);
        }
    }

    /** Gives the engine what a model is compiled to; under the change's number it is found again. */
    void deploy(RepositoryService engine, Change change) {
        Model model = model(change);
        byte[] compiled;
        try {
            compiled = model.language() == Language.BPMN ? process(model).forTheEngine() : table(model).forTheEngine();
        } catch (RefusedModelException | RefusedTableException refused) {
            throw new InvalidChangeException(String.valueOf(refused.getMessage()));
        }
        KnownOrganisations.tenant().deployment(engine).name("model " + model.name() + " version " + model.version()).source(Long.toString(change.id()))
            .addInputStream(model.name() + "." + model.language(), new ByteArrayInputStream(compiled)).deploy();
    }

    static Model model(Change change) {
        return (Model) Documents.document(change);
    }

    private TableCheck tables() {
        return new TableCheck(Set.of(), trust.root().groups(), new TrustFloor(trust.root().policy()));
    }

    private Surroundings surroundings() {
        return surroundings(Set.of());
    }

    private Surroundings surroundings(Set<String> withoutTables) {
        Set<String> tables = new TreeSet<>();
        changes.inForce().stream().filter(change -> model(change).language() == Language.DMN).forEach(change -> tables.add(change.name()));
        tables.removeAll(withoutTables);
        tables.add(QUORUM);
        Map<Thing, Set<String>> things = new EnumMap<>(Thing.class);
        things.put(Thing.TABLE, tables);
        things.put(Thing.ENDPOINT, webhooks.names());
        things.put(Thing.TICKET_SYSTEM, ticketSystem.names());
        things.put(Thing.WINDOW, windows.names());
        return new Surroundings(ChangeProcesses.BUILT_IN, things);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
