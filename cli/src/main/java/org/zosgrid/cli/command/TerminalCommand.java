package org.zosgrid.cli.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.zosgrid.cli.CliException;
import org.zosgrid.cli.client.ControlPlane;
import org.zosgrid.cli.client.DeploymentVersion;
import org.zosgrid.cli.client.TerminalLink;
import org.zosgrid.contract.document.Deployment;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.envelope.PayloadType;
import org.zosgrid.contract.terminal.TerminalMessage;
import org.zosgrid.contract.trust.TrustRoot;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "terminal",
        mixinStandardHelpOptions = true,
        description = {
            "Open a shell in a machine, if its deployment's document has a field 'terminal' with a group of yours.",
            "What is typed and shown is sealed between here and the machine's node, which checks your signature itself. What comes from a pipe is typed too."
        },
        footer = {"", "Examples:", "  zos terminal shop web --purpose \"why is it slow\" --key erin.pem", "  echo 'ls /' | zos terminal shop web --purpose \"look\" --key erin.pem"})
public final class TerminalCommand implements Callable<Integer> {
    private static final Set<String> RUNS = Set.of("running", "drifted");
    private static final Set<String> NEVER_RAN = Set.of("invalid", "rejected", "expired", "withdrawn", "failed", "compensated");
    private static final int MAX_READ = 4096;
    private static final byte[] END_OF_INPUT = {4};
    private static final Duration TURN = Duration.ofSeconds(1);

    @Parameters(index = "0", paramLabel = "NAME", description = "The deployment.")
    String name = "";

    @Parameters(index = "1", paramLabel = "MACHINE", description = "One of its machines.")
    String machine = "";

    @Option(names = "--purpose", required = true, paramLabel = "TEXT", description = "Why; it is signed, and goes into the ledger and the node's log.")
    String purpose = "";

    @Option(names = "--root", paramLabel = "ROOT", description = "The signed trust root that is pinned, by which the node's answer is verified (default: ZOS_TRUST_ROOT, then what 'zos up' wrote down).")
    @Nullable Path root;

    @Mixin
    Caller caller = new Caller();

    private volatile boolean over;

    @Override
    public Integer call() {
        Path pinned = Path.of(Context.setting(root == null ? null : root.toString(), "ZOS_TRUST_ROOT", "trust-root", "--root"));
        ControlPlane controlPlane = caller.controlPlane();
        TrustRoot trusted = TrustInForce.follow(controlPlane.trustRoots(), Envelope.parse(Context.read(pinned).getBytes(StandardCharsets.UTF_8)));
        TerminalLink link = TerminalLink.open(controlPlane, running(controlPlane), machine, caller.signingKey(), trusted, purpose);
        boolean interactive = System.console() != null && System.console().isTerminal();
        Optional<OwnTerminal> own = interactive ? Optional.of(OwnTerminal.raw()) : Optional.empty();
        try {
            Thread.ofPlatform().daemon().name("typed").start(() -> type(link));
            own.ifPresent(each -> Thread.ofPlatform().daemon().name("size").start(() -> follow(each, link)));
            Optional<TerminalMessage.Ended> ended;
            do {
                ended = link.show(System.out);
            } while (ended.isEmpty());
            over = true;
            if (!ended.get().reason().isEmpty()) {
                throw new CliException("the node ended the terminal: " + ended.get().reason());
            }
            return ended.get().exit();
        } finally {
            over = true;
            own.ifPresent(OwnTerminal::close);
            link.close();
        }
    }

    /** The document that runs: an order such as a pause has a version of its own, and the machines are in the deployment before it. */
    private Deployment running(ControlPlane controlPlane) {
        boolean runs = false;
        for (long version = controlPlane.newestVersion(name); version >= 1; version--) {
            DeploymentVersion shown = controlPlane.show(name, version);
            runs |= RUNS.contains(shown.state());
            if (runs && !NEVER_RAN.contains(shown.state()) && shown.envelope().payloadType().equals(PayloadType.DEPLOYMENT)) {
                return Deployment.parse(shown.envelope().payload());
            }
        }
        throw new CliException("nothing runs under the name " + name);
    }

    private void type(TerminalLink link) {
        try {
            InputStream in = System.in;
            byte[] buffer = new byte[MAX_READ];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                link.type(Arrays.copyOf(buffer, count));
            }
            // What a program reads beside the shell may take this for itself, so it is said until it is heard.
            while (!over) {
                link.type(END_OF_INPUT);
                Thread.sleep(TURN);
            }
        } catch (IOException | CliException broken) {
            if (!over) {
                System.err.println("\r\nwhat is typed does not arrive: " + broken.getMessage() + "\r");
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow(OwnTerminal own, TerminalLink link) {
        int[] told = new int[0];
        try {
            while (!over) {
                int[] size = own.size();
                if (size.length == 2 && !Arrays.equals(size, told)) {
                    link.resize(size[0], size[1]);
                    told = size;
                }
                Thread.sleep(TURN);
            }
        } catch (CliException broken) {
            // the typing thread tells it
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
