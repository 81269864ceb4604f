package org.zosgrid.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.zosgrid.cli.client.RefusedException;
import org.zosgrid.cli.client.TerminalLink;
import org.zosgrid.cli.stage.Stage;
import org.zosgrid.contract.audit.AuditBundle;
import org.zosgrid.contract.document.Machine;
import org.zosgrid.contract.document.TerminalRequest;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.envelope.PayloadType;
import org.zosgrid.contract.terminal.TerminalAnswer;
import org.zosgrid.contract.terminal.TerminalChannel;
import org.zosgrid.contract.terminal.TerminalMessage;
import org.zosgrid.contract.terminal.TerminalOffer;
import org.zosgrid.contract.transport.ManagementIdentity;
import org.zosgrid.contract.transport.ManagementTls;
import org.zosgrid.contract.trust.TrustRoot;
import org.zosgrid.node.api.NodeApiClient;
import org.zosgrid.node.api.NodeApiException;
import org.zosgrid.tests.container.ControlPlaneContainer;

/** Terminals into a machine that runs on a real node: who may, who may not, and what a control plane can do to one. */
@ArquillianTest
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TerminalIT {
    private static final String NAME = "looked-into";
    private static final int NETWORK = 99;

    @Deployment
    static EnterpriseArchive application() {
        return ControlPlaneApplication.withTests();
    }

    @Test
    @Order(1)
    @RunAsClient
    void whoIsNamedTypesIntoTheMachineAndSeesWhatItAnswers() throws Exception {
        Looked looked = new Looked();
        looked.run();
        try (TerminalLink link = looked.open("bob")) {
            link.resize(40, 120);
            link.type("echo $((6*7)); busybox hostname\n".getBytes(StandardCharsets.UTF_8));
            assertThat(looked.readUntil(link, "\nweb")).contains("42");
        }
        looked.await(() -> looked.story.told().contains("terminal-closed"));
        assertThat(looked.story.told()).containsSubsequence("terminal-opened", "terminal-closed");
        looked.bundleVerifies();
        assertThat(Files.readString(looked.stage.process(Stage.COMPUTE).log())).contains("bob opened a terminal into web of " + NAME + " version 1", "bob left web of " + NAME + ": it was closed");
    }

    @Test
    @Order(2)
    @RunAsClient
    void whatComesFromAPipeIsTypedByTheCommandLine() throws Exception {
        Looked looked = new Looked();
        Process zos = looked.zos("carol");
        try (var in = zos.getOutputStream()) {
            in.write("echo $((6*7)) | busybox tr 4 9; exit 5\n".getBytes(StandardCharsets.UTF_8));
        }
        String out = new String(zos.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(zos.waitFor()).as(out).isEqualTo(5);
        assertThat(out).contains("92");
    }

    @Test
    @Order(3)
    @RunAsClient
    void whoIsNotNamedIsRefusedByTheControlPlaneAndByTheNode() throws Exception {
        Looked looked = new Looked();
        assertThatThrownBy(() -> looked.open("alice")).isInstanceOf(RefusedException.class).hasMessageContaining("must be of approver");
        Envelope request = looked.request(new TerminalOffer(), "alice");
        assertThatThrownBy(() -> looked.node().openTerminal(request.toJson())).isInstanceOf(NodeApiException.class)
                .hasMessageContaining("requester: must be of approver");
    }

    @Test
    @Order(4)
    @RunAsClient
    void aControlPlaneThatChangesReplaysOrInventsGetsNowhere() throws Exception {
        Looked looked = new Looked();
        TerminalOffer offer = new TerminalOffer();
        Envelope request = looked.request(offer, "bob");
        Envelope answer = Envelope.parse(looked.node().openTerminal(request.toJson()));
        String session = TerminalAnswer.parse(answer.payload()).session();
        TerminalChannel channel = offer.accept(request, answer, looked.root());
        assertThatThrownBy(() -> looked.node().openTerminal(request.toJson())).hasMessageContaining("nonce: was seen before");
        byte[] frame = channel.seal(new TerminalMessage.Input("touch /changed\n".getBytes(StandardCharsets.UTF_8)));
        frame[frame.length - 1] ^= 1;
        assertThatThrownBy(() -> looked.node().typeInto(session, List.of(frame))).isInstanceOf(NodeApiException.class).hasMessageContaining("changed on its way");
        looked.await(() -> looked.node().readTerminal(session, 0).ended());
        assertThatThrownBy(() -> looked.node().typeInto(session, List.of(frame))).hasMessageContaining("has ended");
        Envelope forged = Envelope.sign(PayloadType.TERMINAL_REQUEST, looked.request(new TerminalOffer(), "bob").payload(), looked.stage.cast().key("alice"));
        assertThatThrownBy(() -> looked.node().openTerminal(forged.toJson())).hasMessageContaining("signatures: must be by a key of bob");
    }

    @Test
    @Order(5)
    @RunAsClient
    void theConsoleHasOne() throws Exception {
        ConsoleTests.run("terminal", java.util.Map.of("LOOKED", NAME));
    }

    @Test
    @Order(6)
    @RunAsClient
    void itEndsWithTheMachine() throws Exception {
        Looked looked = new Looked();
        TerminalLink link = looked.open("bob");
        looked.readUntil(link, "$|#");
        looked.story.remove();
        assertThat(looked.ended(link).reason()).contains("does not run here");
    }

    /** What the tests need. Apart from them, since in the container JUnit looks at all methods of theirs, and the command line is not there. */
    private static final class Looked {
        private final Stage stage = ControlPlaneContainer.stage();
        private final Story story = new Story(stage, NAME, NETWORK);

        void run() throws Exception {
            var drawn = story.document(1, Duration.ofHours(1));
            story.submit(drawn.withMachines(drawn.machines().stream().map(each -> new Machine(each.name(), each.node(), each.image(), each.command(), each.environment(), each.cpuMillis(),
                    each.memory(), each.ports(), Set.of("approver"))).toList()));
            story.reach(1, "approval");
            story.approve(1);
            story.reach(1, "running");
        }

        TrustRoot root() throws Exception {
            return TrustRoot.verify(Envelope.parse(Files.readAllBytes(stage.cast().trustRootFile())), Instant.now());
        }

        TerminalLink open(String person) throws Exception {
            var running = org.zosgrid.contract.document.Deployment.parse(story.shown(1).envelope().payload());
            return TerminalLink.open(story.as(person), running, "web", stage.cast().key(person), root(), "the test looks");
        }

        Envelope request(TerminalOffer offer, String person) {
            TerminalRequest request = offer.request(NAME, 1, "web", Stage.COMPUTE, person, "the test looks", Instant.now());
            return Envelope.sign(PayloadType.TERMINAL_REQUEST, request.toJson(), stage.cast().key(person));
        }

        /** The node as a control plane reaches it that does what it likes. */
        NodeApiClient node() {
            return new NodeApiClient(stage.address(Stage.COMPUTE), ManagementTls.context(ManagementIdentity.read(stage.controlPlaneTls())));
        }

        Process zos(String person) throws Exception {
            List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", System.getProperty("java.class.path"), "org.zosgrid.cli.Zos",
                    "terminal", NAME, "web", "--purpose", "the test looks", "--server", stage.controlPlaneAddress().toString(), "--key", stage.cast().keyFile(person).toString(),
                    "--root", stage.cast().trustRootFile().toString()));
            return new ProcessBuilder(command).redirectErrorStream(true).start();
        }

        String readUntil(TerminalLink link, String pattern) {
            ByteArrayOutputStream shown = new ByteArrayOutputStream();
            await(() -> {
                Optional<TerminalMessage.Ended> ended = link.show(shown);
                assertThat(ended).as(shown.toString(StandardCharsets.UTF_8)).isEmpty();
                return shown.toString(StandardCharsets.UTF_8).matches("(?s).*(" + pattern + ").*");
            });
            return shown.toString(StandardCharsets.UTF_8);
        }

        TerminalMessage.Ended ended(TerminalLink link) {
            List<TerminalMessage.Ended> last = new ArrayList<>();
            await(() -> {
                link.show(new ByteArrayOutputStream()).ifPresent(last::add);
                return !last.isEmpty();
            });
            return last.getFirst();
        }

        /** Entries about terminals do not trouble the auditors. */
        void bundleVerifies() throws Exception {
            byte[] bundle = story.as("bob").audit(NAME);
            AuditBundle.verify(bundle, Envelope.parse(Files.readAllBytes(stage.cast().trustRootFile())), 0);
        }

        void await(java.util.function.BooleanSupplier condition) {
            stage.await(Stage.COMPUTE, condition);
        }
    }
}
