package org.zosgrid.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.zosgrid.cli.stage.Stage;
import org.zosgrid.tests.container.ControlPlaneContainer;

/** The archive that Micro runs, unchanged on a full Payara Server 6. */
@ArquillianTest
class FullServerIT {
    @Deployment
    static EnterpriseArchive application() {
        return ControlPlaneApplication.withTests();
    }

    @Test
    @RunAsClient
    void aFullServerAloneBringsADeploymentToNodesAndTakesItAway() throws Exception {
        Stage stage = ControlPlaneContainer.stage();
        try (FullServer full = FullServer.join(stage); Frozen micro = Frozen.controlPlaneOf(stage)) {
            Story story = new Story(stage, "full-server", 97).through(full.address());
            story.open();
            story.approve(1);
            story.reach(1, "running");
            assertThat(story.answers()).as("the page").isTrue();
            JsonNode receipts = story.shown(1).json().path("receipts");
            assertThat(receipts.findValuesAsText("node")).contains(Stage.COMPUTE, Stage.GATEWAY);
            story.remove();
            assertThat(story.workloadsOn(Stage.COMPUTE)).isZero();
        }
    }
}
