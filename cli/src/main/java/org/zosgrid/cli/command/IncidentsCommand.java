package org.zosgrid.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.zosgrid.cli.CliException;
import org.zosgrid.cli.terminal.Table;
import org.zosgrid.contract.document.DocumentDiff;
import org.zosgrid.contract.document.Skip;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "incidents",
        mixinStandardHelpOptions = true,
        description = "Steps of processes that are stuck: see them, have them tried again, have a quorum skip them, or undo everything.",
        subcommands = {IncidentsCommand.ListAll.class, IncidentsCommand.Show.class, IncidentsCommand.Retry.class, IncidentsCommand.SkipStep.class, IncidentsCommand.Undo.class},
        footer = {"", "A skip is a change of its own and approved like any: 'zos status', 'zos approve', 'zos reject'.", "", "Examples:",
            "  zos incidents list --key alice.pem",
            "  zos incidents retry shop:3:send:compute-1 --key alice.pem",
            "  zos incidents skip shop:3:send:compute-1 --reason \"the node is scrapped\" --requester alice --key alice.pem",
            "  zos incidents undo shop:3 --reason \"we try again tomorrow\" --key alice.pem"})
public final class IncidentsCommand implements Callable<Integer> {
    private static final Pattern STEP = Pattern.compile("([a-z0-9-]{1,36}):([1-9][0-9]{0,17}):([A-Za-z0-9._-]{1,120})(?::([a-z0-9-]{1,36}))?");
    private static final Pattern VERSION = Pattern.compile("([a-z0-9-]{1,36}):([1-9][0-9]{0,17})(?::.*)?");
    private static final int MAX_NAME = 36;

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        spec.commandLine().usage(System.out);
        return CommandLine.ExitCode.USAGE;
    }

    private static Matcher matched(Pattern pattern, String id, String form) {
        Matcher matcher = pattern.matcher(id);
        if (!matcher.matches()) {
            throw new CliException("INCIDENT: must be " + form + " (is: " + DocumentDiff.escaped(id) + ")");
        }
        return matcher;
    }

    /** What all of them take. */
    abstract static class Asking implements Runnable {
        @Mixin
        Caller caller = new Caller();

        @Mixin
        Output output = new Output();
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "List stuck steps, those that have been so for longest first.")
    static final class ListAll extends Asking {
        @Override
        public void run() {
            JsonNode all = caller.controlPlane().incidents().path("incidents");
            output.print(all, () -> readable(all));
        }

        private static String readable(JsonNode all) {
            if (all.isEmpty()) {
                return "no step is stuck";
            }
            Table table = new Table("INCIDENT", "STEP", "KIND", "SINCE", "TRIES", "ERROR");
            all.forEach(each -> table.row(each.path("id").asText(), DocumentDiff.escaped(each.path("stepName").asText()), each.path("kind").asText(), each.path("since").asText(), each.path("tries").asText(),
                    DocumentDiff.escaped(each.path("error").asText())));
            return table.toString().stripTrailing();
        }
    }

    /** One stuck step. */
    abstract static class One extends Asking {
        @Parameters(paramLabel = "INCIDENT", description = "As 'zos incidents list' names it, such as shop:3:send:compute-1.")
        String id = "";

        Matcher step() {
            return matched(STEP, id, "NAME:VERSION:STEP or NAME:VERSION:STEP:NODE");
        }
    }

    @Command(name = "show", mixinStandardHelpOptions = true, description = "Show a stuck step.")
    static final class Show extends One {
        @Override
        public void run() {
            step();
            JsonNode incident = caller.controlPlane().incident(id);
            output.print(incident, () -> readable(incident));
        }

        private static String state(String kind) {
            return switch (kind) {
                case "failed" -> "given up";
                case "silent" -> "told, and not answered";
                default -> "tried again by itself";
            };
        }

        private static String readable(JsonNode incident) {
            return "step      " + DocumentDiff.escaped(incident.path("stepName").asText()) + " of " + incident.path("process").asText() + ", for " + incident.path("name").asText() + " version " + incident.path("version").asText()
                    + (incident.path("node").isNull() ? "" : "\nnode      " + incident.path("node").asText())
                    + "\nstate     " + state(incident.path("kind").asText()) + " since " + incident.path("since").asText() + ", tried " + incident.path("tries").asText() + " times"
                    + "\nerror     " + DocumentDiff.escaped(incident.path("error").asText())
                    + "\nskip      " + (incident.path("unskippable").isNull() ? "by quorum" : "no: " + incident.path("unskippable").asText());
        }
    }

    @Command(name = "retry", mixinStandardHelpOptions = true, description = "Have a stuck step tried again at once. For holders of the role requester or root; it goes into the ledger.")
    static final class Retry extends One {
        @Override
        public void run() {
            step();
            JsonNode before = caller.controlPlane().retryIncident(id);
            output.print(before, () -> "it is tried again; 'zos incidents show " + id + "' says if it is still stuck");
        }
    }

    @Command(name = "skip", mixinStandardHelpOptions = true, description = {"Ask for a stuck step to be passed over. A skip is a change that needs approvals like any other.",
        "Verification, approval and sealing are never skipped. What the step was to tell a node stays untold."})
    static final class SkipStep extends One {
        @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; it is signed and goes into the ledger.")
        String reason = "";

        @Option(names = "--requester", required = true, paramLabel = "PERSON", description = "Your name in the trust root.")
        String requester = "";

        @Option(names = "--name", paramLabel = "NAME", defaultValue = "", description = "What the skip is called (default: skip- and the stuck deployment's name, cut to 36 characters).")
        String name = "";

        @Mixin
        ChangeOptions change = new ChangeOptions();

        @Override
        public void run() {
            Matcher step = step();
            String called = name.isEmpty() ? cut("skip-" + step.group(1)) : name;
            ChangeOptions.Submitted submitted = change.submit(caller, (controlPlane, created, expires) -> new Skip(called, ChangeOptions.next(controlPlane, called), requester, created, expires, reason,
                    step.group(1), Long.parseLong(step.group(2)), step.group(3), Optional.ofNullable(step.group(4))));
            output.print(submitted.answer(), () -> "submitted the skip of " + id + " as " + called + " version " + submitted.document().version() + "; it waits for approvals");
        }

        private static String cut(String name) {
            return name.length() <= MAX_NAME ? name : name.substring(0, MAX_NAME).replaceAll("-+$", "");
        }
    }

    @Command(name = "undo", mixinStandardHelpOptions = true, description = {"Have everything taken back, in reverse order, that was done for a version since it was sealed. For holders of the role requester or root; it goes into the ledger.",
        "A pause or a removal is not taken back."})
    static final class Undo extends Asking {
        @Parameters(paramLabel = "NAME:VERSION", description = "The version, or any stuck step of it.")
        String id = "";

        @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; it goes into the ledger.")
        String reason = "";

        @Override
        public void run() {
            Matcher version = matched(VERSION, id, "NAME:VERSION, or a stuck step of it");
            JsonNode undone = caller.controlPlane().undo(version.group(1), Long.parseLong(version.group(2)), reason);
            output.print(undone, () -> "it is " + undone.path("state").asText() + "; 'zos status " + version.group(1) + "' says how far it is");
        }
    }
}
