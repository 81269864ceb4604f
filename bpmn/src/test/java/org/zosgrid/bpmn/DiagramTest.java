package org.zosgrid.bpmn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParser;
import org.camunda.bpm.engine.impl.cfg.DefaultBpmnParseFactory;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.persistence.entity.DeploymentEntity;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.ExclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnEdge;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnLabel;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnShape;
import org.camunda.bpm.model.bpmn.instance.dc.Bounds;
import org.camunda.bpm.model.bpmn.instance.di.Waypoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A manager reads the diagrams: nothing in them may be nameless, invisible or drawn over something else. */
class DiagramTest {
    /** Between a label and a flow, in pixels. */
    private static final double CLEAR = 2;

    private static BpmnModelInstance model(String key) {
        return Bpmn.readModelFromStream(DiagramTest.class.getResourceAsStream("/" + key + ".bpmn"));
    }

    @ParameterizedTest
    @ValueSource(strings = {ChangeProcesses.DEPLOY, ChangeProcesses.PAUSE, ChangeProcesses.RESUME, ChangeProcesses.DECOMMISSION, ChangeProcesses.MODEL, ChangeProcesses.SKIP, ChangeProcesses.ADMISSION, ChangeProcesses.RETIREMENT, ChangeProcesses.PROMOTION, ChangeProcesses.EMERGENCY, ChangeProcesses.REVIEW, RotationProcesses.TRUST_ROOT, DriftProcesses.DRIFT})
    void everyElementHasANameAndAPlace(String key) {
        BpmnModelInstance model = model(key);
        Bpmn.validateModel(model);
        assertThat(model.getModelElementsByType(FlowNode.class)).isNotEmpty().allSatisfy(node -> {
            assertThat(node.getName()).as(node.getId()).isNotBlank();
            assertThat(node.getDiagramElement()).as(node.getId()).isNotNull();
        });
        assertThat(model.getModelElementsByType(SequenceFlow.class)).allSatisfy(flow -> assertThat(flow.getDiagramElement().getWaypoints()).as(flow.getId()).hasSizeGreaterThan(1));
        assertThat(model.getModelElementsByType(ExclusiveGateway.class)).allSatisfy(gateway ->
                assertThat(gateway.getOutgoing()).allSatisfy(flow -> assertThat(flow.getName()).as(flow.getId()).isNotBlank()));
    }

    @ParameterizedTest
    @ValueSource(strings = {ChangeProcesses.DEPLOY, ChangeProcesses.PAUSE, ChangeProcesses.RESUME, ChangeProcesses.DECOMMISSION, ChangeProcesses.MODEL, ChangeProcesses.SKIP, ChangeProcesses.ADMISSION, ChangeProcesses.RETIREMENT, ChangeProcesses.PROMOTION, ChangeProcesses.EMERGENCY, ChangeProcesses.REVIEW, RotationProcesses.TRUST_ROOT, DriftProcesses.DRIFT})
    void theEngineHasNoWarningAboutIt(String key) {
        var configuration = (ProcessEngineConfigurationImpl) Engine.engine().getProcessEngineConfiguration();
        var parse = new BpmnParser(configuration.getExpressionManager(), new DefaultBpmnParseFactory()).createParse()
                .sourceInputStream(DiagramTest.class.getResourceAsStream("/" + key + ".bpmn")).name(key).deployment(new DeploymentEntity());
        boolean warnings = configuration.getCommandExecutorTxRequired().execute(context -> {
            parse.execute();
            return parse.hasWarnings();
        });
        assertThat(warnings).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {ChangeProcesses.DEPLOY, ChangeProcesses.PAUSE, ChangeProcesses.RESUME, ChangeProcesses.DECOMMISSION, ChangeProcesses.MODEL, ChangeProcesses.SKIP, ChangeProcesses.ADMISSION, ChangeProcesses.RETIREMENT, ChangeProcesses.PROMOTION, ChangeProcesses.EMERGENCY, ChangeProcesses.REVIEW, RotationProcesses.TRUST_ROOT, DriftProcesses.DRIFT})
    void nothingIsDrawnOverSomethingElse(String key) {
        // Where a shape stands is searched for in the whole file.
        record Drawn(FlowNode node, Bounds bounds) {}
        List<Drawn> shapes = model(key).getModelElementsByType(FlowNode.class).stream()
                .filter(node -> !(node instanceof BoundaryEvent)).map(node -> new Drawn(node, bounds(node))).toList();
        for (Drawn one : shapes) {
            for (Drawn other : shapes) {
                if (one != other && one.node().getParentElement() == other.node().getParentElement()) {
                    assertThat(overlap(one.bounds(), other.bounds())).as(one.node().getId() + " and " + other.node().getId()).isFalse();
                }
            }
        }
    }

    /** Also in the example that customers begin with. Where a label has no place of its own, it is drawn below its element: of what stands on an edge, over the way out of it. */
    @Test
    void noLabelLiesOnAFlow() throws IOException {
        List<BpmnModelInstance> models = new ArrayList<>(ChangeProcesses.BUILT_IN.stream().map(DiagramTest::model).toList());
        models.add(Bpmn.readModelFromFile(Path.of("../docs/examples/own-deployment.bpmn").toFile()));
        for (BpmnModelInstance model : models) {
            assertThat(model.getModelElementsByType(BoundaryEvent.class)).allSatisfy(event -> assertThat(event.getDiagramElement().getBpmnLabel()).as(event.getId()).isNotNull());
            model.getModelElementsByType(BpmnLabel.class).stream().map(BpmnLabel::getBounds).filter(Objects::nonNull).forEach(label ->
                    model.getModelElementsByType(BpmnEdge.class).forEach(edge -> assertThat(crosses(edge, label)).as(edge.getId() + " and a label at " + label.getX() + ", " + label.getY()).isFalse()));
        }
    }

    /** Flows are drawn upright and level. */
    private static boolean crosses(BpmnEdge edge, Bounds label) {
        List<Waypoint> points = List.copyOf(edge.getWaypoints());
        for (int i = 1; i < points.size(); i++) {
            Waypoint a = points.get(i - 1);
            Waypoint b = points.get(i);
            if (Math.max(a.getX(), b.getX()) > label.getX() - CLEAR && Math.min(a.getX(), b.getX()) < label.getX() + label.getWidth() + CLEAR
                    && Math.max(a.getY(), b.getY()) > label.getY() - CLEAR && Math.min(a.getY(), b.getY()) < label.getY() + label.getHeight() + CLEAR) {
                return true;
            }
        }
        return false;
    }

    /** Whoever delivers has the ledger cosigned by witnesses, who never go back: nothing that the same transaction appended before may be among it. */
    @ParameterizedTest
    @ValueSource(strings = {ChangeProcesses.DEPLOY, ChangeProcesses.EMERGENCY, ChangeProcesses.PAUSE, ChangeProcesses.RESUME, ChangeProcesses.DECOMMISSION})
    void aDeliveryBeginsATransactionOfItsOwn(String key) {
        var deliveries = model(key).getModelElementsByType(ServiceTask.class).stream()
                .filter(task -> Set.of("${sendContract}", "${withdrawContract}").contains(task.getCamundaDelegateExpression())).toList();
        assertThat(deliveries).isNotEmpty().allSatisfy(task -> assertThat(task.isCamundaAsyncBefore()).as(task.getId()).isTrue());
    }

    private static Bounds bounds(FlowNode node) {
        return ((BpmnShape) node.getDiagramElement()).getBounds();
    }

    private static boolean overlap(Bounds a, Bounds b) {
        return a.getX() < b.getX() + b.getWidth() && b.getX() < a.getX() + a.getWidth() && a.getY() < b.getY() + b.getHeight() && b.getY() < a.getY() + a.getHeight();
    }

    @Test
    void everyDelegateThatAModelNamesIsThereAndNoOther() throws IOException {
        Set<String> named = new TreeSet<>();
        for (String key : Set.of(ChangeProcesses.DEPLOY, ChangeProcesses.PAUSE, ChangeProcesses.RESUME, ChangeProcesses.DECOMMISSION, ChangeProcesses.MODEL, ChangeProcesses.SKIP)) {
            try (var in = DiagramTest.class.getResourceAsStream("/" + key + ".bpmn")) {
                String xml = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                named.addAll(Pattern.compile("elegateExpression=\"\\$\\{(\\w+)}\"").matcher(xml).results().map((MatchResult match) -> match.group(1)).collect(Collectors.toSet()));
            }
        }
        var ports = new Ports();
        assertThat(Steps.of(ports, ports, ports, ports, ports, ports, ports, ports).keySet()).isEqualTo(named);
    }
}
