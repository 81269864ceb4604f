package org.zosgrid.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Set;
import org.zosgrid.contract.document.ChangeDocument;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What every order about a deployment is asked for with. */
final class OrderArguments {
    /** States of a change that was never sealed: its version is free again. */
    static final Set<String> UNSEALED = Set.of("invalid", "rejected", "expired", "withdrawn");

    @Parameters(paramLabel = "NAME", description = "The deployment.")
    String name = "";

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; it is signed and goes into the ledger.")
    String reason = "";

    @Option(names = "--requester", paramLabel = "PERSON", defaultValue = "", description = "Your name in the trust root (default: whoever requested the newest version).")
    String requester = "";

    @Mixin
    Caller caller = new Caller();

    @Mixin
    ChangeOptions change = new ChangeOptions();

    @Mixin
    Output output = new Output();

    /** Makes the document of an order. */
    @FunctionalInterface
    interface Kind {
        ChangeDocument document(String name, long version, String requester, Instant created, Instant expires, String reason);
    }

    /** The version that comes next, given the newest one's summary. */
    static long next(JsonNode newest) {
        return newest.path("version").asLong() + (UNSEALED.contains(newest.path("state").asText()) ? 0 : 1);
    }

    /** @param what such as {@code the pause} */
    void submit(String what, Kind kind) {
        ChangeOptions.Submitted submitted = change.submit(caller, (controlPlane, created, expires) -> {
            JsonNode newest = controlPlane.newest(name);
            return kind.document(name, next(newest), requester.isEmpty() ? newest.path("requester").asText() : requester, created, expires, reason);
        });
        output.print(submitted.answer(), () -> "submitted " + what + " of " + name + " as version " + submitted.document().version() + "; it waits for approvals");
    }
}
