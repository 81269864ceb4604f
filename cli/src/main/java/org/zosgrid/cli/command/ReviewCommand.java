package org.zosgrid.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.zosgrid.cli.CliException;
import org.zosgrid.cli.client.ControlPlane;
import org.zosgrid.cli.client.RefusedException;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.document.ChangeDocument;
import org.zosgrid.contract.document.Demand;
import org.zosgrid.contract.document.Deployment;
import org.zosgrid.contract.document.DocumentDiff;
import org.zosgrid.contract.document.EmergencyReview;
import org.zosgrid.contract.document.EmergencyReview.Verdict;
import org.zosgrid.contract.envelope.Envelope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "review",
        mixinStandardHelpOptions = true,
        description = {
            "Say what was found of an emergency change that has ended. A review is a change of its own and needs the approvals that the emergency would have needed in the usual way.",
            "Whoever asked for the emergency can neither ask for its review nor approve it."
        },
        footer = {"", "Examples:", "  zos emergency list --unreviewed --key bob.pem", "  zos review shop 3 --verdict justified --findings \"the disk of compute-1 was full\" --requester bob --key bob.pem", "  zos approve review-shop --key carol.pem"})
public final class ReviewCommand implements Runnable {
    private static final int NOT_FOUND = 404;

    @Parameters(index = "0", paramLabel = "NAME", description = "The deployment.")
    String name = "";

    @Parameters(index = "1", paramLabel = "VERSION", description = "The version that was an emergency.")
    long version;

    @Option(names = "--verdict", required = true, paramLabel = "VERDICT", description = "justified or not-justified.")
    String verdict = "";

    @Option(names = "--findings", required = true, paramLabel = "TEXT", description = "What was seen, and what follows from it; it is signed and goes into the ledger.")
    String findings = "";

    @Option(names = "--requester", required = true, paramLabel = "PERSON", description = "Your name in the trust root.")
    String requester = "";

    @Option(names = "--valid", paramLabel = "HOURS", defaultValue = "168", description = "How long it may take to be approved (default: ${DEFAULT-VALUE}).")
    int validHours;

    @Mixin
    Caller caller = new Caller();

    @Mixin
    DemandOptions demand = new DemandOptions();

    @Mixin
    Output output = new Output();

    @Override
    public void run() {
        if (validHours < 1) {
            throw new CliException("--valid: must be at least 1 hour (is: " + validHours + ")");
        }
        Verdict found = verdict();
        ControlPlane controlPlane = caller.controlPlane();
        Envelope reviewed = controlPlane.show(name, version).envelope();
        if (!(ChangeDocument.parse(reviewed.payloadType(), reviewed.payload()) instanceof Deployment deployment) || deployment.emergency().isEmpty()) {
            throw new CliException("VERSION: version " + version + " of " + name + " was no emergency change");
        }
        String called = EmergencyReview.name(name);
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        EmergencyReview written = new EmergencyReview(called, next(controlPlane, called), requester, now, now.plus(Duration.ofHours(validHours)), name, version, reviewed.digest(), deployment.environment(),
                deployment.requester(), found, findings, Demand.NONE);
        EmergencyReview.parse(written.toJson()); // says here what is wrong with it, and not only there
        ChangeDocument document = demand.bind(controlPlane, written);
        JsonNode accepted = controlPlane.submit(Envelope.sign(document.payloadType(), document.toJson(), caller.signingKey()));
        output.print(accepted, () -> "submitted the review of " + name + " version " + version + " as " + called + " version " + document.version() + "; it waits for approvals");
    }

    private Verdict verdict() {
        try {
            return Verdict.parse(verdict);
        } catch (ContractException wrong) {
            throw new CliException("--verdict: must be justified or not-justified (is: " + DocumentDiff.escaped(verdict) + ")");
        }
    }

    private static long next(ControlPlane controlPlane, String called) {
        try {
            return OrderArguments.next(controlPlane.newest(called));
        } catch (RefusedException refused) {
            if (refused.status() == NOT_FOUND) {
                return 1;
            }
            throw refused;
        }
    }
}
