package org.zosgrid.bpmn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.zosgrid.bpmn.ChangeProcesses.NodeMilestone;

/** Nodes that come and go, from the approval of their document on. */
class NodeLifeTest extends Play {
    @BeforeEach
    void noNodeIsSentAnything() {
        ports.facts = new ChangeFacts("admission", "production", true, 0, 0);
        ports.nodes = List.of();
    }

    @Test
    void aNodeIsAdmittedOnceTheTrustRootNamesIt() {
        start(ChangeProcesses.ADMISSION);
        approved("bob", "carol");
        assertThat(ports.calls).containsExactly("verify", "open approval 2", "seal");
        assertThat(processes.position(instance)).containsExactly("Wait for the trust root");
        assertThat(processes.nodeHasCome(instance, NodeMilestone.EMPTY)).isFalse();
        assertThat(processes.nodeHasCome(instance, NodeMilestone.IN_ROOT)).isTrue();
        hasEndedWith("ADMITTED");
        assertThat(processes.nodeHasCome(instance, NodeMilestone.IN_ROOT)).isFalse();
    }

    @Test
    void aNodeThatNoTrustRootNamesInTimeIsNotAdmitted() {
        start(ChangeProcesses.ADMISSION);
        approved("bob", "carol");
        pass(TIMING.rotationPatience());
        hasEndedWith("FAILED: no trust root has named it within PT24H");
    }

    @Test
    void aNodeIsRetiredOnceItIsEmptyAndThenNoMoreInTheTrustRoot() {
        start(ChangeProcesses.RETIREMENT);
        approved("bob", "carol");
        assertThat(processes.nodeHasCome(instance, NodeMilestone.OUT_OF_ROOT)).as("before it is empty").isFalse();
        assertThat(processes.nodeHasCome(instance, NodeMilestone.EMPTY)).isTrue();
        assertThat(processes.position(instance)).containsExactly("Wait for the trust root");
        assertThat(processes.nodeHasCome(instance, NodeMilestone.OUT_OF_ROOT)).isTrue();
        hasEndedWith("RETIRED");
    }

    @Test
    void aRetirementIsCalledOffWhileSomethingIsLeft() {
        start(ChangeProcesses.RETIREMENT);
        assertThat(processes.nodeHasCome(instance, NodeMilestone.CALLED_OFF)).as("before it is sealed").isFalse();
        approved("bob", "carol");
        assertThat(processes.nodeHasCome(instance, NodeMilestone.CALLED_OFF)).isTrue();
        hasEndedWith("SUPERSEDED: called off by an admission that was sealed after it");
        assertThat(processes.nodeHasCome(instance, NodeMilestone.OUT_OF_ROOT)).isFalse();
    }

    @Test
    void aRetirementIsCalledOffUntilTheTrustRootLeavesTheNodeOut() {
        start(ChangeProcesses.RETIREMENT);
        approved("bob", "carol");
        assertThat(processes.nodeHasCome(instance, NodeMilestone.EMPTY)).isTrue();
        assertThat(processes.nodeHasCome(instance, NodeMilestone.CALLED_OFF)).isTrue();
        hasEndedWith("SUPERSEDED: called off by an admission that was sealed after it");
    }

    @Test
    void whatIsLeftForLongIsToldAgainAndAgain() {
        start(ChangeProcesses.RETIREMENT);
        approved("bob", "carol");
        pass(TIMING.rotationPatience().dividedBy(4));
        pass(TIMING.rotationPatience().dividedBy(4));
        assertThat(ports.calls).containsExactly("verify", "open approval 2", "seal", "tell what is left", "tell what is left");
        assertThat(processes.nodeHasCome(instance, NodeMilestone.EMPTY)).isTrue();
    }

    @Test
    void everyDelegateThatTheModelsNameIsThere() throws IOException {
        Set<String> named = new TreeSet<>();
        for (String key : List.of(ChangeProcesses.ADMISSION, ChangeProcesses.RETIREMENT)) {
            try (var in = NodeLifeTest.class.getResourceAsStream("/" + key + ".bpmn")) {
                String xml = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                Pattern.compile("elegateExpression=\"\\$\\{(\\w+)}\"").matcher(xml).results().forEach(match -> named.add(match.group(1)));
            }
        }
        Set<String> there = new TreeSet<>(Steps.of(ports, ports, ports, ports, ports, ports, ports, ports).keySet());
        there.addAll(NodeSteps.of(ports).keySet());
        assertThat(there).containsAll(named);
        assertThat(named).containsAll(NodeSteps.of(ports).keySet());
    }
}
