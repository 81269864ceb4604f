package org.zosgrid.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.zosgrid.cli.CliException;
import org.zosgrid.cli.client.ControlPlane;
import org.zosgrid.cli.terminal.Json;
import org.zosgrid.cli.terminal.Table;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.Fault;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.trust.TrustRoot;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The trust root as the control plane and the nodes have it. */
final class TrustInForce {
    private static final Duration PAUSE = Duration.ofMillis(500);

    private TrustInForce() {}

    @Command(
            name = "submit",
            mixinStandardHelpOptions = true,
            description = {
                "Hand the next version in: it is sealed in the ledger, in force at once, and sent to every node.",
                "Whoever holds the role root may; handing it in again tells how far it has come."
            },
            footer = {"", "Example:", "  zos trust submit root-2.json --key bob.pem --wait 60"})
    static final class Submit implements Runnable {
        @Parameters(paramLabel = "FILE", description = "The next trust root, signed by enough root holders of both versions.")
        Path file = Path.of("");

        @Option(names = "--wait", paramLabel = "SECONDS", defaultValue = "0", description = "Wait until every node has answered; exit code 1 if one refuses or is silent for so long.")
        long seconds;

        @Mixin
        Caller caller = new Caller();

        @Mixin
        Output output = new Output();

        @Override
        public void run() {
            Envelope envelope = Envelope.parse(Context.read(file).getBytes(StandardCharsets.UTF_8));
            ControlPlane controlPlane = caller.controlPlane();
            JsonNode rotated = controlPlane.rotate(envelope);
            if (!rotated.path("digest").asText().equals(envelope.digest())) {
                throw new CliException("the control plane answered with another trust root than " + file + ": version " + rotated.path("version") + ", digest " + rotated.path("digest").asText());
            }
            Instant end = Instant.now().plusSeconds(seconds);
            while (Instant.now().isBefore(end) && !states(rotated).stream().allMatch(Set.of("in-force", "refused")::contains)) {
                pause();
                rotated = controlPlane.trustRoot();
            }
            JsonNode last = rotated;
            output.print(last, () -> "trust root version " + last.path("version") + " is in force, entry " + last.path("index") + " of the ledger; digest " + last.path("digest").asText() + "\n" + nodes(last));
            if (seconds > 0 && !states(last).stream().allMatch("in-force"::equals)) {
                throw new CliException("not every node has followed within " + seconds + " s");
            }
        }
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Fetch every version from the control plane, verify that each follows from the pinned one, and show which nodes have followed.",
            footer = {"", "Example:", "  zos trust list --key alice.pem"})
    static final class ListVersions implements Runnable {
        @Option(names = "--root", paramLabel = "ROOT", description = "The signed trust root that is pinned (default: ZOS_TRUST_ROOT, then what 'zos up' wrote down).")
        @Nullable Path root;

        @Mixin
        Caller caller = new Caller();

        @Mixin
        Output output = new Output();

        @Override
        public void run() {
            Path pinned = Path.of(Context.setting(root == null ? null : root.toString(), "ZOS_TRUST_ROOT", "trust-root", "--root"));
            List<JsonNode> chain = caller.controlPlane().trustRoots();
            follow(chain, Envelope.parse(Context.read(pinned).getBytes(StandardCharsets.UTF_8)));
            ArrayNode all = Json.object().putArray("items");
            chain.forEach(all::add);
            output.print(all, () -> readable(chain));
        }

        private static String readable(List<JsonNode> chain) {
            Table table = new Table("VERSION", "EXPIRES", "ENTRY", "HANDED IN BY", "AT", "DIGEST");
            for (JsonNode each : chain) {
                table.row(each.path("version").asText(), each.path("expires").asText(), orDash(each.path("index")), orDash(each.path("submitter")), orDash(each.path("at")), each.path("digest").asText().substring(0, 16));
            }
            return table.toString().stripTrailing() + "\n" + nodes(chain.getLast());
        }

        private static String orDash(JsonNode value) {
            return value.isNull() ? "pinned" : value.asText();
        }
    }

    /** The newest of the control plane's chain, if every one follows from the pinned one. Whether it has expired is not looked at. */
    static TrustRoot follow(List<JsonNode> chain, Envelope pinned) {
        List<Envelope> followed = new ArrayList<>();
        for (JsonNode each : chain) {
            Envelope envelope = Envelope.parse(Base64.getDecoder().decode(each.path("envelope").asText()));
            if (!followed.isEmpty() || envelope.digest().equals(pinned.digest())) {
                followed.add(envelope);
            }
        }
        if (followed.isEmpty()) {
            throw new CliException("the control plane does not know the pinned trust root, digest " + pinned.digest());
        }
        try {
            return TrustRoot.follow(followed, Instant.MIN);
        } catch (ContractException broken) {
            throw new ContractException(broken.faults().stream().map(each -> new Fault("the control plane's chain of trust roots does not hold; " + each.field(), each.problem(), each.value())).toList());
        }
    }

    private static List<String> states(JsonNode root) {
        List<String> states = new ArrayList<>();
        root.path("nodes").forEach(each -> states.add(each.path("state").asText()));
        return states;
    }

    private static String nodes(JsonNode root) {
        StringBuilder text = new StringBuilder();
        root.path("nodes").forEach(each -> text.append(String.format("  %-16s %s%s%n", each.path("node").asText(), each.path("state").asText(),
                each.path("message").asText().isEmpty() ? "" : ": " + each.path("message").asText())));
        return text.toString().stripTrailing();
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CliException("interrupted while waiting for the nodes");
        }
    }
}
