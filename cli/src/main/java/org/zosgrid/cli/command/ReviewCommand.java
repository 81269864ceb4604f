package org.zosgrid.cli.command;

import java.time.Instant;
import org.zosgrid.cli.CliException;
import org.zosgrid.cli.client.ControlPlane;
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
    /** A week: who reviews looks first. */
    private static final int WEEK_HOURS = 168;

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

    @Mixin
    Caller caller = new Caller();

    @Mixin
    ChangeOptions change = new ChangeOptions(WEEK_HOURS);

    @Mixin
    Output output = new Output();

    @Override
    public void run() {
        Verdict found = verdict();
        ChangeOptions.Submitted submitted = change.submit(caller, (controlPlane, created, expires) -> written(controlPlane, found, created, expires));
        output.print(submitted.answer(), () -> "submitted the review of " + name + " version " + version + " as " + submitted.document().name() + " version " + submitted.document().version() + "; it waits for approvals");
    }

    private EmergencyReview written(ControlPlane controlPlane, Verdict found, Instant created, Instant expires) {
        Envelope reviewed = controlPlane.show(name, version).envelope();
        if (!(ChangeDocument.parse(reviewed.payloadType(), reviewed.payload()) instanceof Deployment deployment) || deployment.emergency().isEmpty()) {
            throw new CliException("VERSION: version " + version + " of " + name + " was no emergency change");
        }
        String called = EmergencyReview.name(name);
        return new EmergencyReview(called, ChangeOptions.next(controlPlane, called), requester, created, expires, name, version, reviewed.digest(), deployment.environment(), deployment.requester(), found, findings, Demand.NONE);
    }

    private Verdict verdict() {
        try {
            return Verdict.parse(verdict);
        } catch (ContractException wrong) {
            throw new CliException("--verdict: must be justified or not-justified (is: " + DocumentDiff.escaped(verdict) + ")");
        }
    }
}
