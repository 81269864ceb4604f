package org.zosgrid.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zosgrid.cli.stage.ControlPlaneTask;
import org.zosgrid.cli.stage.Installation;
import org.zosgrid.cli.stage.Stage;
import org.zosgrid.tests.container.ControlPlaneContainer;

/** A control plane that lost its disk: what was backed up while it worked is brought back, and goes on; all tests after this one run on what was restored. */
@ArquillianTest
class BackupIT {
    private static final List<String> LOST = List.of("database", "ledger-store", "trust-roots", "trust-roots-of");

    @Deployment
    static EnterpriseArchive application() {
        return ControlPlaneApplication.withTests();
    }

    @Test
    @RunAsClient
    void whatWasBackedUpGoesOnAfterADiskIsLost(@TempDir Path folder) throws Exception {
        Stage stage = ControlPlaneContainer.stage();
        Story running = new Story(stage, "before-the-loss", 70);
        running.open();
        running.approve(1);
        running.reach(1, "running");
        Story waiting = new Story(stage, "asked-before", 71);
        waiting.open();
        List<String> ledger = ledger(running);
        List<String> said = new ArrayList<>();
        ControlPlaneTask task = new ControlPlaneTask(new Installation(stage.home().resolveSibling("installation")), stage.controlPlaneConfiguration());
        task.run("--backup", folder.resolve("backup.zip"), said::add);
        assertThat(said.getLast()).contains(ledger.size() + " ledger entries");

        stage.process("control-plane").kill();
        Path state = stage.home().resolve("control-plane/state");
        for (String part : LOST) {
            Files.move(state.resolve(part), folder.resolve(part));
        }
        task.run("--restore", folder.resolve("backup.zip"), said::add);
        stage.restartControlPlane();

        assertThat(running.shown(1).state()).isEqualTo("running");
        assertThat(running.answers()).as("the page").isTrue();
        assertThat(ledger(running)).as("the ledger's entries").startsWith(ledger.toArray(String[]::new));
        waiting.approve(1);
        waiting.reach(1, "running"); // Nodes and witnesses take the ledger for the continuation of what they signed.
        waiting.remove();
        running.remove();
    }

    private static List<String> ledger(Story story) {
        return Story.ledger(story.as("alice")).stream().map(entry -> entry.path("kind").asText() + " " + entry.path("name").asText() + " " + entry.path("at").asText()).toList();
    }
}
