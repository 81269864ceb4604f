package org.zosgrid.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.zosgrid.cli.CliException;
import org.zosgrid.cli.client.ControlPlane;
import org.zosgrid.cli.client.DeploymentVersion;
import org.zosgrid.cli.client.Pinning;
import org.zosgrid.cli.client.Watch;
import org.zosgrid.cli.terminal.Json;
import org.zosgrid.contract.document.ChangeDocument;
import org.zosgrid.contract.document.Deployment;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.envelope.PayloadType;
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
            "  zos deploy -f shop.yaml --key alice.pem --wait              wait until it runs; exit code 1 if it does not",
            "  zos deploy -f shop.yaml --key alice.pem --out shop.json     sign only, submit nothing",
            "  zos deploy -f shop.yaml --key alice.pem --emergency \"the shop is down\" --until PT2H"
        })
public final class DeployCommand implements Callable<Integer> {
    @Option(names = {"-f", "--file"}, required = true, paramLabel = "YAML", description = "The deployment document.")
    Path file = Path.of("");

    @Option(names = "--out", paramLabel = "FILE", description = "Write the signed envelope here and submit nothing.")
    @Nullable Path out;

    @Option(names = "--wait", arity = "0..1", fallbackValue = "600", paramLabel = "SECONDS",
            description = "Wait until it runs or has failed, at most so long (${FALLBACK-VALUE} when no number is given).")
    int wait;

    @Mixin
    EmergencyOption emergency = new EmergencyOption();

    @Mixin
    Caller caller = new Caller();

    @Mixin
    DemandOptions demand = new DemandOptions();

    @Mixin
    Output output = new Output();

    @Override
    public Integer call() {
        // Before anything is asked: what is wrong with the document needs no control plane to be told.
        Deployment written = emergency.of(Deployment.fromYaml(Context.read(file)));
        ControlPlane controlPlane = caller.controlPlane();
        ChangeDocument document = demand.bind(controlPlane, Pinning.pin(written, controlPlane));
        Envelope envelope = Envelope.sign(PayloadType.DEPLOYMENT, document.toJson(), caller.signingKey());
        if (out != null) {
            write(out, envelope.toJson());
            output.print(Json.object().put("file", out.toString()).put("digest", envelope.digest()), () -> "wrote " + out + ", digest " + envelope.digest());
            return 0;
        }
        JsonNode accepted = controlPlane.submit(envelope);
        if (wait > 0) {
            return awaitEnd(controlPlane, document);
        }
        output.print(accepted, () -> "submitted " + document.name() + " version " + document.version() + ", digest " + envelope.digest()
                + "\nit waits for approvals: 'zos approve " + document.name() + "' gives one, 'zos status " + document.name() + "' shows where it is");
        return 0;
    }

    private int awaitEnd(ControlPlane controlPlane, ChangeDocument document) {
        DeploymentVersion reached = new Watch(controlPlane, document.name(), document.version())
                .until(DeploymentVersion::ended, Duration.ofSeconds(wait), each -> System.err.println(StatusText.oneLine(each)));
        output.print(reached.json(), () -> StatusText.of(reached));
        return reached.state().equals("running") ? 0 : 1;
    }

    private static void write(Path file, byte[] content) {
        try {
            Files.write(file, content);
        } catch (IOException unwritable) {
            throw new CliException("--out: cannot write " + file + ": " + unwritable.getMessage());
        }
    }
}
