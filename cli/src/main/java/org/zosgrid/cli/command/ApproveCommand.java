package org.zosgrid.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Console;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.zosgrid.cli.CliException;
import org.zosgrid.cli.client.ControlPlane;
import org.zosgrid.cli.terminal.Json;
import org.zosgrid.contract.document.ChangeDocument;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.key.SigningKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "approve",
        mixinStandardHelpOptions = true,
        description = {
            "Approve a submitted version: sign the very bytes its requester signed.",
            "What you sign is printed from those bytes themselves, not from what the control plane says of them."
        },
        footer = {"", "Examples:", "  zos approve shop --key bob.pem", "  zos approve shop --version 3 --key bob.pem --yes"})
public final class ApproveCommand implements Runnable {
    @Parameters(paramLabel = "NAME")
    String name = "";

    @Option(names = "--version", paramLabel = "N", description = "Which version (default: the newest).")
    @Nullable Long version;

    @Option(names = "--yes", description = "Sign without asking.")
    boolean yes;

    @Mixin
    Caller caller = new Caller();

    @Mixin
    Output output = new Output();

    @Override
    public void run() {
        ControlPlane controlPlane = caller.controlPlane();
        SigningKey key = caller.signingKey();
        long wanted = version == null ? controlPlane.show(name).path("version").asLong() : version;
        Envelope envelope = controlPlane.envelope(name, wanted);
        ChangeDocument document = ChangeDocument.parse(envelope.payloadType(), envelope.payload());
        if (!document.name().equals(name) || document.version() != wanted) {
            throw new CliException("the control plane handed out '" + document.name() + "' version " + document.version() + " instead of '" + name
                    + "' version " + wanted + "; nothing was signed");
        }
        if (!yes) {
            confirm(envelope);
        }
        JsonNode answer = controlPlane.approve(name, wanted, envelope.signatureBy(key));
        output.print(answer, () -> "approved " + name + " version " + wanted + " (" + envelope.digest() + ")");
    }

    private static void confirm(Envelope envelope) {
        JsonNode bytes = Json.parse(envelope.payload(), "the envelope");
        System.err.println(Json.print(bytes));
        System.err.println("type " + envelope.payloadType() + ", " + new String(envelope.payload(), StandardCharsets.UTF_8).length() + " characters, digest "
                + envelope.digest());
        Console console = System.console();
        if (console == null || !console.isTerminal()) {
            throw new CliException("there is no terminal to ask at: look at 'zos status' and give --yes");
        }
        if (!"yes".equals(console.readLine("Sign exactly this? Type yes: "))) {
            throw new CliException("nothing was signed");
        }
    }
}
