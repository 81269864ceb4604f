package org.zosgrid.bpmn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.camunda.bpm.engine.repository.Deployment;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnShape;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.zosgrid.bpmn.condition.Variable;
import org.zosgrid.bpmn.model.Block;
import org.zosgrid.bpmn.model.CheckedModel;
import org.zosgrid.bpmn.model.Input;
import org.zosgrid.bpmn.model.InputType;
import org.zosgrid.bpmn.model.ModelCheck;
import org.zosgrid.bpmn.model.RefusedModelException;
import org.zosgrid.bpmn.model.Rule;
import org.zosgrid.bpmn.model.Surroundings;
import org.zosgrid.bpmn.table.Floor;
import org.zosgrid.bpmn.table.RefusedTableException;
import org.zosgrid.bpmn.table.Table;
import org.zosgrid.bpmn.table.TableCheck;

/** The guide for customers is true: its examples are accepted and run, and it tells of every block, input, error, variable and rule. */
class DocumentedExampleTest extends Play {
    private static final Path DOCS = Path.of("../docs");
    private static final Surroundings SURROUNDINGS = new Surroundings(Set.of("deploy", "decommission"), Map.of(
            InputType.Thing.TABLE, Set.of("own-quorum"), InputType.Thing.TICKET_SYSTEM, Set.of("service-desk"), InputType.Thing.WINDOW, Set.of("night")));

    private CheckedModel model;
    private Deployment deployment;

    @BeforeEach
    void deploy() throws IOException, RefusedModelException, RefusedTableException {
        ((StandaloneProcessEngineConfiguration) Engine.engine().getProcessEngineConfiguration()).getBeans().putAll(new SidePorts(ports).steps());
        Table table = new TableCheck(Set.of("quorum"), Set.of("security"), Floor.of(1)).checked(Files.readAllBytes(DOCS.resolve("examples/own-quorum.dmn")), Files.readAllBytes(DOCS.resolve("examples/own-quorum.examples.yaml")));
        model = ModelCheck.ofCustomers(SURROUNDINGS).checked(Files.readAllBytes(DOCS.resolve("examples/own-deployment.bpmn")));
        deployment = Engine.engine().getRepositoryService().createDeployment()
                .addInputStream("own.bpmn", new ByteArrayInputStream(model.forTheEngine())).addInputStream("own.dmn", new ByteArrayInputStream(table.forTheEngine())).deploy();
    }

    @AfterEach
    void undeploy() {
        Engine.engine().getRepositoryService().deleteDeployment(deployment.getId(), true);
        instance = null;
    }

    @Test
    void itRunsWithTheTableOfItsOwn() {
        ports.facts = new ChangeFacts("deployment", "staging", true, 17, 64);
        start("own-deployment");
        assertThat(ports.calls).containsExactly("verify", "ticket service-desk", "open approval 3");
        approved("bob", "carol", "dave");
        answer("compute-1", NodeAnswer.RUNNING, "");
        answer("gateway-1", NodeAnswer.RUNNING, "");
        hasEndedWith("RUNNING");
    }

    /** Groups are more than people: a server that cannot ask them refuses, and does not ask anybody instead. */
    @Test
    void groupsThatNobodyCanAskEndIt() {
        start("own-deployment");
        hasEndedWith("REJECTED: groups: a decision table demands security, and groups of tables are not asked here");
    }

    @Test
    void itsPictureIsKept() {
        BpmnModelInstance compiled = Bpmn.readModelFromStream(new ByteArrayInputStream(model.forTheEngine()));
        Bpmn.validateModel(compiled);
        assertThat(List.of("verify", "seal", "approve")).allSatisfy(id -> assertThat(((BpmnShape) compiled.<FlowNode>getModelElementById(id).getDiagramElement()).getBounds().getWidth()).isEqualTo(100));
        assertThat(compiled.<SequenceFlow>getModelElementById("seal-to-provision").getDiagramElement().getWaypoints()).hasSize(2);
    }

    @Test
    void theGuideTellsOfEverything() throws IOException {
        String guide = Files.readString(DOCS.resolve("models.md"), StandardCharsets.UTF_8);
        for (Block block : Block.values()) {
            assertThat(guide).contains("`" + block.template() + "`", block.title());
            assertThat(block.inputs()).extracting(Input::name).allSatisfy(input -> assertThat(guide).as(block + "'s input").contains("`" + input + "`"));
            assertThat(block.errors()).allSatisfy(error -> assertThat(guide).as(block + "'s error").contains("`" + error + "`"));
        }
        assertThat(Arrays.asList(Rule.values())).allSatisfy(rule -> assertThat(guide).contains("| `" + rule + "` | " + rule.demand() + " |"));
        assertThat(Arrays.asList(Variable.values())).allSatisfy(variable -> assertThat(guide).contains("| `" + variable.word() + "` |", variable.meaning()));
    }
}
