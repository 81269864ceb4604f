package org.zosgrid.bpmn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.instance.EventBasedGateway;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs after all other tests of this module: together they went every way of every diagram. Every element is on one. */
class FlowCoverage {
    @ParameterizedTest
    @ValueSource(strings = {ChangeProcesses.DEPLOY, ChangeProcesses.PAUSE, ChangeProcesses.RESUME, ChangeProcesses.DECOMMISSION, ChangeProcesses.MODEL, ChangeProcesses.SKIP, ChangeProcesses.ADMISSION, ChangeProcesses.RETIREMENT, ChangeProcesses.PROMOTION, ChangeProcesses.EMERGENCY, ChangeProcesses.REVIEW, RotationProcesses.TRUST_ROOT, DriftProcesses.DRIFT})
    void everyWayOfTheDiagramWasGone(String key) throws IOException {
        var model = Bpmn.readModelFromStream(FlowCoverage.class.getResourceAsStream("/" + key + ".bpmn"));
        assertThat(model.getModelElementsByType(FlowNode.class)).allSatisfy(node -> assertThat(node.getIncoming().size() + node.getOutgoing().size()).as(node.getId()).isPositive());
        Set<String> all = new TreeSet<>();
        // The engine goes from an event-based gateway to the event that comes in one step; the way on from there shows that it was gone.
        model.getModelElementsByType(SequenceFlow.class).stream().filter(flow -> !(flow.getSource() instanceof EventBasedGateway)).forEach(flow -> all.add(key + "/" + flow.getId()));
        List<String> taken = Files.readAllLines(TakenFlows.FILE);
        all.removeAll(taken);
        assertThat(all).as("ways that no test goes").isEmpty();
    }
}
