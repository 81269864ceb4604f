package org.zosgrid.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.zosgrid.cli.client.DeploymentVersion;
import org.zosgrid.cli.stage.Shell;
import org.zosgrid.cli.stage.Stage;
import org.zosgrid.contract.document.DataSize;
import org.zosgrid.contract.document.Machine;
import org.zosgrid.tests.container.ControlPlaneContainer;

/**
 * One deployment from the document to the page and back, first through the doors a user takes, on real nodes; then what the engine says of it, from
 * inside the container.
 */
@ArquillianTest
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DeploymentIT {
    @Inject private HistoryService history;
    @Inject private ManagementService management;

    @Deployment
    static EnterpriseArchive application() {
        return ControlPlaneApplication.withTests();
    }

    @Test
    @Order(1)
    @RunAsClient
    void submittedApprovedSealedProvisionedExposedAttackedRemoved() throws Exception {
        MainJob.play();
    }

    @Test
    @Order(2)
    void bothProcessesCameToTheirEnd() {
        List<HistoricProcessInstance> processes = history.createHistoricProcessInstanceQuery().processInstanceBusinessKeyLike("shop%").list();
        assertThat(processes).as("deployment and decommission of \"shop\"").hasSize(2)
            .allSatisfy(process -> assertThat(process.getState()).isEqualTo(HistoricProcessInstance.STATE_COMPLETED));
    }

    @Test
    @Order(3)
    @RunAsClient
    void aPausedDeploymentStandsStillUntilPeopleResumeIt() throws Exception {
        Story story = new Story(ControlPlaneContainer.stage(), "resting", 24);
        story.open();
        story.approve(1);
        story.reach(1, "running");
        story.pause(2);
        assertThat(story.answers()).as("the page of what is paused").isFalse();
        assertThat(story.routes()).as("routes").isZero();
        assertThat(story.machinesOn(Stage.COMPUTE)).containsExactly("stopped");
        assertThat(story.shown(1).state()).isEqualTo("paused");
        story.resume(3);
        assertThat(story.answers()).as("the page of what is resumed").isTrue();
        assertThat(story.machinesOn(Stage.COMPUTE)).containsExactly("running");
        assertThat(story.shown(1).state()).isEqualTo("running");
        story.pause(4);
        story.remove(5);
        assertThat(story.machinesOn(Stage.COMPUTE)).isEmpty();
        assertThat(story.shown(1).state()).isEqualTo("removed");
    }

    @Test
    @Order(4)
    @RunAsClient
    void whatAPlanSaysIsWhatHappens() throws Exception {
        Story story = new Story(ControlPlaneContainer.stage(), "planned", 25);
        var document = story.document(1, Duration.ofHours(1));
        JsonNode good = story.as("alice").plan(document.toJson());
        assertThat(good.path("faults")).isEmpty();
        assertThat(good.path("quorum").asInt()).isEqualTo(2);
        assertThat(good.path("nodes").findValuesAsText("node")).containsExactly(Stage.COMPUTE, Stage.GATEWAY);
        assertThat(good.path("nodes").get(0).path("actions").get(0).asText()).startsWith("start machine web from demo/web:planned@sha256:");
        var large = document.withMachines(document.machines().stream().map(machine -> new Machine(machine.name(), machine.node(), machine.image(), machine.command(),
                machine.environment(), machine.cpuMillis(), DataSize.parse("60GiB"), machine.ports(), machine.terminal())).toList());
        JsonNode bad = story.as("alice").plan(large.toJson());
        assertThat(bad.path("faults")).hasSize(1);
        String lack = bad.path("faults").get(0).asText();
        assertThat(lack).startsWith("nodes.compute-1: has no room for it: memory: 61440 MiB are asked for, ");
        story.submit(large);
        story.reach(1, "approval");
        story.approve(1);
        DeploymentVersion refused = story.reach(1, "compensated");
        assertThat(refused.json().path("message").asText()).contains("no-capacity: compute-1 has no room for it: " + lack.substring(lack.indexOf("memory: ")));
        String node = Long.toString(ControlPlaneContainer.stage().process(Stage.COMPUTE).running().orElseThrow().pid());
        Shell.run("kill", "-STOP", node);
        try {
            assertThat(story.as("alice").plan(document.toJson()).path("faults")).as("of a node that hangs").anySatisfy(fault -> assertThat(fault.asText()).startsWith("nodes.compute-1: does not answer: "));
        } finally {
            Shell.run("kill", "-CONT", node);
        }
    }

    @Test
    @Order(5)
    void noJobHasGivenUp() {
        assertThat(management.createJobQuery().noRetriesLeft().list()).isEmpty();
    }
}
