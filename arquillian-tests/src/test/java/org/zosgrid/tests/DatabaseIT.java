package org.zosgrid.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.zosgrid.cli.stage.Stage;
import org.zosgrid.tests.container.ControlPlaneContainer;

/** A database that drops every connection in the middle of a deployment. */
@ArquillianTest
class DatabaseIT {
    @Deployment
    static EnterpriseArchive application() {
        return ControlPlaneApplication.withTests();
    }

    @Test
    @RunAsClient
    void aDatabaseThatDropsEveryConnectionIsSurvived() throws Exception {
        Story story = new Story(stage(), "dropped", 4);
        story.open();
        story.approve(1);
        killDatabaseConnections();
        story.reach(1, "running");
        assertThat(story.answers()).as("the page").isTrue();
        killDatabaseConnections();
        story.remove();
    }

    private static void killDatabaseConnections() throws IOException {
        Path data = stage().home().resolve("control-plane/state/database/data/postmaster.pid");
        long postmaster = Long.parseLong(Files.readAllLines(data).getFirst().strip());
        try (Stream<ProcessHandle> children = ProcessHandle.of(postmaster).orElseThrow().children()) {
            List<ProcessHandle> connections = children.filter(DatabaseIT::isConnection).toList();
            assertThat(connections).as("connections of the control plane").isNotEmpty();
            connections.forEach(ProcessHandle::destroyForcibly);
        }
    }

    private static boolean isConnection(ProcessHandle child) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(child.pid()), "cmdline"), StandardCharsets.ISO_8859_1).startsWith("postgres: zos zos");
        } catch (IOException gone) {
            return false;
        }
    }

    private static Stage stage() {
        return ControlPlaneContainer.stage();
    }
}
