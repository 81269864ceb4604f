package org.zosgrid.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.zosgrid.cli.CliException;
import org.zosgrid.cli.client.ControlPlane;
import org.zosgrid.cli.client.RefusedException;
import org.zosgrid.contract.document.ChangeDocument;
import org.zosgrid.contract.envelope.Envelope;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What every change that people ask for has in common: how long it may take, what it is held to, and the way from its writing to its submission. */
final class ChangeOptions {
    private static final int NOT_FOUND = 404;

    @Option(names = "--valid", paramLabel = "HOURS", description = "How long it may take to be approved (default: ${DEFAULT-VALUE}).")
    int validHours;

    @Mixin
    DemandOptions demand = new DemandOptions();

    /** A day. */
    ChangeOptions() {
        this(24);
    }

    /** @param validHours unless somebody says otherwise */
    ChangeOptions(int validHours) {
        this.validHours = validHours;
    }

    /** Writes the document. */
    @FunctionalInterface
    interface Draft {
        ChangeDocument write(ControlPlane controlPlane, Instant created, Instant expires);
    }

    /** A document as it was signed, and what the control plane answered to it. */
    record Submitted(ChangeDocument document, JsonNode answer) {}

    /**
     * Writes a document, binds what tables demand, signs it and submits it.
     *
     * @throws CliException if its time is none
     * @throws org.zosgrid.contract.ContractException naming what is wrong with the document, before anybody is asked
     */
    Submitted submit(Caller caller, Draft draft) {
        if (validHours < 1) {
            throw new CliException("--valid: must be at least 1 hour (is: " + validHours + ")");
        }
        ControlPlane controlPlane = caller.controlPlane();
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        ChangeDocument written = draft.write(controlPlane, now, now.plus(Duration.ofHours(validHours)));
        ChangeDocument.parse(written.payloadType(), written.toJson()); // says here what is wrong with it, and not only there
        ChangeDocument document = demand.bind(controlPlane, written);
        return new Submitted(document, controlPlane.submit(Envelope.sign(document.payloadType(), document.toJson(), caller.signingKey())));
    }

    /** The version that comes next under a name, of which there may be none yet. */
    static long next(ControlPlane controlPlane, String name) {
        try {
            return OrderArguments.next(controlPlane.newest(name));
        } catch (RefusedException refused) {
            if (refused.status() == NOT_FOUND) {
                return 1;
            }
            throw refused;
        }
    }
}
