package org.zosgrid.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.zosgrid.cli.CliException;
import org.zosgrid.cli.client.ControlPlane;
import org.zosgrid.cli.client.Pinning;
import org.zosgrid.contract.document.Deployment;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.envelope.PayloadType;
import org.zosgrid.contract.key.SigningKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "deploy",
        mixinStandardHelpOptions = true,
        description = {
            "Validate a deployment document, pin its images to their fingerprints, sign it and submit it for approval.",
            "Nothing starts before enough approvers have signed the very same bytes."
        },
        footer = {
            "",
            "Examples:",
            "  zos deploy -f shop.yaml --key alice.pem",
            "  zos deploy -f shop.yaml --key alice.pem --wait 120     wait until it runs",
            "  zos deploy -f shop.yaml --key alice.pem --out shop.envelope.json    sign only, submit nothing"
        })
public final class DeployCommand implements Runnable {
    @Option(names = {"-f", "--file"}, required = true, paramLabel = "YAML", description = "The deployment document.")
    Path file = Path.of("");

    @Option(names = "--out", paramLabel = "FILE", description = "Write the signed envelope here and submit nothing.")
    @Nullable Path out;

    @Option(names = "--wait", paramLabel = "SECONDS", description = "Wait until it runs or has failed, at most so long.")
    int wait;

    @Mixin
    Caller caller = new Caller();

    @Mixin
    Output output = new Output();

    @Override
    public void run() {
        ControlPlane controlPlane = caller.controlPlane();
        SigningKey key = caller.signingKey();
        Deployment document = Pinning.pin(Deployment.fromYaml(read(file)), controlPlane);
        Envelope envelope = Envelope.sign(PayloadType.DEPLOYMENT, document.toJson(), key);
        if (out != null) {
            write(out, envelope.toJson());
            output.print(org.zosgrid.cli.terminal.Json.object().put("file", out.toString()).put("digest", envelope.digest()),
                    () -> "wrote " + out + ", digest " + envelope.digest());
            return;
        }
        JsonNode accepted = controlPlane.submit(envelope);
        if (wait > 0) {
            JsonNode reached = Await.end(controlPlane, document.name(), document.version(), Duration.ofSeconds(wait));
            output.print(reached, () -> document.name() + " version " + document.version() + ": " + reached.path("state").asText());
            return;
        }
        output.print(accepted, () -> "submitted " + document.name() + " version " + document.version() + ", digest " + envelope.digest()
                + "\nwaiting for approvals: 'zos status " + document.name() + "' shows whose");
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new CliException("cannot read " + file + ": " + unreadable.getMessage());
        }
    }

    private static void write(Path file, byte[] content) {
        try {
            Files.write(file, content);
        } catch (IOException unwritable) {
            throw new CliException("cannot write " + file + ": " + unwritable.getMessage());
        }
    }
}
