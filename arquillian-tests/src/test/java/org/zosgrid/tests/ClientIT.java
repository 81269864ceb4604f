package org.zosgrid.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.zosgrid.cli.stage.Cast;
import org.zosgrid.cli.stage.Stage;
import org.zosgrid.client.ControlPlaneClient;
import org.zosgrid.client.Signed;
import org.zosgrid.client.rest.ApiException;
import org.zosgrid.client.rest.api.DeploymentsApi;
import org.zosgrid.client.rest.api.ImagesApi;
import org.zosgrid.client.rest.api.IncidentsApi;
import org.zosgrid.client.rest.api.LedgerApi;
import org.zosgrid.client.rest.api.ModelsApi;
import org.zosgrid.client.rest.api.NodesApi;
import org.zosgrid.client.rest.api.ProcessesApi;
import org.zosgrid.client.rest.api.ServiceApi;
import org.zosgrid.client.rest.api.TrustRootsApi;
import org.zosgrid.client.rest.api.WebhooksApi;
import org.zosgrid.client.rest.model.Approval;
import org.zosgrid.client.rest.model.State;
import org.zosgrid.client.rest.model.Version;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.envelope.PayloadType;
import org.zosgrid.tests.container.ControlPlaneContainer;

/** A program that has only the generated client: what it sends is understood, and what it is answered it can read. */
@ArquillianTest
class ClientIT {
    private static final int NETWORK = 98;

    @Deployment
    static EnterpriseArchive application() {
        return ControlPlaneApplication.withTests();
    }

    @Test
    @RunAsClient
    void aProgramDeploysWithTheGeneratedClientAlone() throws Exception {
        Stage stage = ControlPlaneContainer.stage();
        Story story = new Story(stage, "generated", NETWORK);
        Envelope document = Envelope.sign(PayloadType.DEPLOYMENT, story.document(1, Duration.ofHours(1)).toJson(), stage.cast().key(Cast.REQUESTER));
        Caller.as("alice").submitDeployment(UUID.randomUUID().toString(), Signed.envelope(document));
        Caller.await(State.APPROVAL);
        for (String person : List.of("bob", "carol")) {
            Envelope shown = Signed.envelope(Caller.as(person).showVersion(story.name(), 1L, null));
            assertThat(shown.payload()).as("what is signed").isEqualTo(document.payload());
            Approval approval = Signed.approval(shown.signatureBy(stage.cast().key(person)));
            Caller.as(person).approve(story.name(), 1L, approval, UUID.randomUUID().toString());
        }
        Version running = Caller.await(State.RUNNING);
        assertThat(running.getWorkloads()).singleElement().satisfies(workload -> assertThat(workload.getNode()).isEqualTo(Stage.COMPUTE));
        assertThat(Caller.as("alice").listDeployments(story.name(), State.RUNNING, null, 10, null, null).getItems()).hasSize(1);
        assertThat(Caller.as("alice").exportAudit(story.name(), null).getEntries()).isNotEmpty();
        readEverySubject();
        story.remove();
    }

    /** Once there is something to read. */
    private static void readEverySubject() {
        Stage stage = ControlPlaneContainer.stage();
        var bob = ControlPlaneClient.signing(stage.controlPlaneAddress(), stage.cast().key("bob"));
        assertThat(new NodesApi(bob).listNodes(null).getItems()).hasSizeGreaterThanOrEqualTo(2);
        assertThat(Objects.requireNonNull(new NodesApi(bob).showNode(Stage.COMPUTE, null).getStatus()).getReferences()).as("what its images are called").anyMatch(each -> each.startsWith("demo/web:generated@sha256:"));
        assertThat(new LedgerApi(bob).ledgerEntries(0L, 10, null).getItems()).isNotEmpty();
        assertThat(new ProcessesApi(bob).listProcesses(null).getItems()).isNotEmpty();
        assertThat(new TrustRootsApi(bob).currentTrustRoot(null).getVersion()).isPositive();
        assertThat(new ModelsApi(bob).listModels(10, null, null).getItems()).isNotNull();
        assertThat(new IncidentsApi(bob).listIncidents(null).getIncidents()).isNotNull();
        assertThat(new WebhooksApi(bob).listWebhooks(null).getItems()).isNotNull();
        assertThat(new ServiceApi(bob).health().getReady()).isTrue();
        ImagesApi images = new ImagesApi(bob);
        assertThatThrownBy(() -> images.resolveImage("demo/none:1", null)).isInstanceOfSatisfying(ApiException.class, refused -> assertThat(refused.getCode()).isEqualTo(404));
    }

    /** Apart from the tests, since in the container JUnit looks at all methods of theirs, and the client is not there. */
    private static final class Caller {
        static Version await(State state) throws InterruptedException {
            Instant end = Instant.now().plus(Story.PATIENCE);
            while (true) {
                Version shown = as("alice").showVersion("generated", 1L, null);
                if (shown.getState() == state) {
                    return shown;
                }
                assertThat(Instant.now()).as("time to be %s; it is %s: %s", state, shown.getState(), shown.getMessage()).isBefore(end);
                Thread.sleep(Duration.ofMillis(100));
            }
        }

        static DeploymentsApi as(String person) {
            Stage stage = ControlPlaneContainer.stage();
            return new DeploymentsApi(ControlPlaneClient.signing(stage.controlPlaneAddress(), stage.cast().key(person)));
        }
    }
}
