package org.zosgrid.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.zosgrid.cli.CliException;
import org.zosgrid.cli.client.ControlPlane;
import org.zosgrid.cli.terminal.Json;
import org.zosgrid.cli.terminal.Table;
import org.zosgrid.contract.document.ChangeDocument;
import org.zosgrid.contract.document.DocumentDiff;
import org.zosgrid.contract.document.Model;
import org.zosgrid.contract.document.Model.Language;
import org.zosgrid.contract.envelope.Envelope;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "model",
        mixinStandardHelpOptions = true,
        description = "Processes (BPMN) and decision tables (DMN) of your own, by which changes are approved and done.",
        subcommands = {ModelCommand.Check.class, ModelCommand.Submit.class, ModelCommand.Remove.class, ModelCommand.ListAll.class, ModelCommand.ShowFile.class, ModelCommand.Templates.class, ModelCommand.Preview.class, ModelCommand.Migrate.class},
        footer = {"", "A model is approved like any change: 'zos status', 'zos approve', 'zos reject'. A deployment names it as its 'workflow'.", "", "Examples:",
            "  zos model templates --key alice.pem > element-templates.json",
            "  zos model check own-deployment.bpmn --key alice.pem",
            "  zos model submit own-deployment.bpmn --reason \"two teams approve\" --requester alice --key alice.pem",
            "  zos model submit own-quorum.dmn --examples own-quorum.examples.yaml --reason \"three for production\" --requester alice --key alice.pem",
            "  zos model remove own-deployment --reason \"the built-in process does\" --requester alice --key alice.pem",
            "  zos model preview own-deployment --from 1 --key alice.pem",
            "  zos model migrate own-deployment --from 1 --all --key dave.pem"})
public final class ModelCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        spec.commandLine().usage(System.out);
        return CommandLine.ExitCode.USAGE;
    }

    /** What all of them take. */
    abstract static class Asking {
        @Mixin
        Caller caller = new Caller();

        @Mixin
        Output output = new Output();
    }

    /** A file with a model, and what goes with it. */
    static final class ModelFile {
        @Parameters(paramLabel = "FILE", description = "A .bpmn or .dmn file.")
        Path file = Path.of("");

        @Option(names = "--examples", paramLabel = "FILE", description = "Examples of a decision table, in YAML or JSON.")
        @Nullable Path examples;

        Language language() {
            String name = file.toString().toLowerCase(java.util.Locale.ROOT);
            for (Language language : Language.values()) {
                if (name.endsWith("." + language)) {
                    return language;
                }
            }
            throw new CliException("FILE: must be a process, which ends with .bpmn, or a decision table, which ends with .dmn (is: " + file + ")");
        }

        String text() {
            return Context.read(file);
        }

        String examples() {
            return examples == null ? "" : Context.read(examples);
        }

        /** The name that a model gives itself: the id of its process or decision. */
        String name() {
            var found = java.util.regex.Pattern.compile(language() == Language.BPMN ? "<(?:\\w+:)?process\\b[^>]*?\\bid=\"([^\"]+)\"" : "<(?:\\w+:)?decision\\b[^>]*?\\bid=\"([^\"]+)\"").matcher(text());
            if (!found.find()) {
                throw new CliException(file + ": has no " + (language() == Language.BPMN ? "process" : "decision") + " with an id");
            }
            return found.group(1);
        }
    }

    @Command(name = "check", mixinStandardHelpOptions = true, description = "Say what is wrong with a model, each fault with the id of the element. Exit code 1 if anything is.")
    static final class Check extends Asking implements Callable<Integer> {
        @Mixin
        ModelFile model = new ModelFile();

        @Override
        public Integer call() {
            JsonNode findings = caller.controlPlane().checkModel(model.language(), model.text(), model.examples()).path("findings");
            output.print(findings, () -> readable(findings));
            return findings.isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        }

        private static String readable(JsonNode findings) {
            if (findings.isEmpty()) {
                return "nothing is wrong with it";
            }
            StringBuilder text = new StringBuilder();
            findings.forEach(each -> text.append(DocumentDiff.escaped(each.path("element").asText()))
                    .append(each.path("name").asText().isEmpty() ? "" : " (" + DocumentDiff.escaped(each.path("name").asText()) + ")")
                    .append(each.path("element").asText().isEmpty() ? "" : ": ").append(DocumentDiff.escaped(each.path("wrong").asText()))
                    .append("; ").append(DocumentDiff.escaped(each.path("right").asText())).append(" [").append(each.path("rule").asText()).append("]\n"));
            return text.toString().stripTrailing();
        }
    }

    /** What is signed and submitted about a model. */
    abstract static class Ordering extends Asking implements Runnable {
        @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; it is signed and goes into the ledger.")
        String reason = "";

        @Option(names = "--requester", required = true, paramLabel = "PERSON", description = "Your name in the trust root.")
        String requester = "";

        @Mixin
        ChangeOptions change = new ChangeOptions();

        /** The newest version of a model, if there is any. */
        static Optional<JsonNode> newest(ControlPlane controlPlane, String name) {
            return controlPlane.models().stream().filter(each -> each.path("name").asText().equals(name)).findFirst();
        }

        void submit(String name, long version, Language language, String file, String examples) {
            ChangeOptions.Submitted submitted = change.submit(caller, (controlPlane, created, expires) -> new Model(name, version, requester, created, expires, reason, language, file, examples));
            output.print(submitted.answer(), () -> "submitted version " + version + " of the model " + name + (file.isEmpty() ? ", which takes it out of force" : "") + "; it waits for approvals");
        }
    }

    @Command(name = "submit", mixinStandardHelpOptions = true, description = "Sign a model and submit it. It is in force when it was approved.")
    static final class Submit extends Ordering {
        @Mixin
        ModelFile model = new ModelFile();

        @Override
        public void run() {
            if (model.text().isBlank()) {
                throw new CliException(model.file + ": is empty; 'zos model remove NAME' takes a model out of force");
            }
            ControlPlane controlPlane = caller.controlPlane();
            String name = model.name();
            submit(name, newest(controlPlane, name).map(OrderArguments::next).orElse(1L), model.language(), model.text(), model.examples());
        }
    }

    @Command(name = "remove", mixinStandardHelpOptions = true, description = {"Sign and submit that a model is in force no more, without another in its place. Once approved, no change begins by it;",
            "what is under way ends by the version it began with. After 'quorum' the built-in table is asked again."},
        footer = {"", "Example:", "  zos model remove own-deployment --reason \"the built-in process does\" --requester alice --key alice.pem"})
    static final class Remove extends Ordering {
        @Parameters(paramLabel = "NAME", description = "The model.")
        String name = "";

        @Override
        public void run() {
            ControlPlane controlPlane = caller.controlPlane();
            JsonNode newest = newest(controlPlane, name).orElseThrow(() -> new CliException("NAME: must be a model of your own, as 'zos model list' shows them (is: " + name + ")"));
            Envelope there = controlPlane.show(name, newest.path("version").asLong()).envelope();
            if (!(ChangeDocument.parse(there.payloadType(), there.payload()) instanceof Model model)) {
                throw new CliException("the control plane handed out another document than the model " + name + "; nothing was signed");
            }
            submit(name, OrderArguments.next(newest), model.language(), "", "");
        }
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "List models with their newest version and state.")
    static final class ListAll extends Asking implements Runnable {
        @Override
        public void run() {
            List<JsonNode> all = caller.controlPlane().models();
            output.print(Json.of(all), () -> readable(all));
        }

        private static String readable(List<JsonNode> all) {
            if (all.isEmpty()) {
                return "there are no models but the built-in ones; 'zos model submit FILE' submits one";
            }
            Table table = new Table("NAME", "VERSION", "STATE", "REQUESTER", "SUBMITTED");
            all.forEach(each -> table.row(each.path("name").asText(), each.path("version").asText(), each.path("state").asText(), each.path("requester").asText(), each.path("submittedAt").asText()));
            return table.toString().stripTrailing();
        }
    }

    @Command(name = "file", mixinStandardHelpOptions = true, description = "Print the file of a version of a model, as it was signed.", footer = {"", "Example:", "  zos model file own-deployment 1 --key alice.pem > own-deployment.bpmn"})
    static final class ShowFile implements Runnable {
        @Parameters(index = "0", paramLabel = "NAME", description = "The model.")
        String name = "";

        @Parameters(index = "1", paramLabel = "VERSION", description = "Which version, as 'zos model list' and 'zos status' show it.")
        long version;

        @Mixin
        Caller caller = new Caller();

        @Override
        public void run() {
            Envelope there = caller.controlPlane().show(name, version).envelope();
            if (!(ChangeDocument.parse(there.payloadType(), there.payload()) instanceof Model model)) {
                throw new CliException("NAME: must be a model, as 'zos model list' shows them (is: " + name + ")");
            }
            if (model.isRemoval()) {
                throw new CliException("VERSION: takes the model out of force and has no file (is: " + version + ")");
            }
            // As bytes: whatever a terminal's character set is, the file is what was signed.
            System.out.writeBytes(model.file().getBytes(StandardCharsets.UTF_8));
            System.out.flush();
        }
    }

    @Command(name = "templates", mixinStandardHelpOptions = true, description = {"Print the blocks of models as element templates for the Camunda Modeler, with the tables, webhooks, ticket systems and windows of this server to choose from.",
            "Put the file into the modeler's resources/element-templates."})
    static final class Templates implements Runnable {
        @Mixin
        Caller caller = new Caller();

        @Override
        public void run() {
            System.out.println(caller.controlPlane().templates().toPrettyString());
        }
    }

    /** From an older version to the one in force. */
    abstract static class Migrating extends Asking implements Runnable {
        @Parameters(paramLabel = "NAME", description = "The model.")
        String name = "";

        @Option(names = "--from", required = true, paramLabel = "VERSION", description = "The older version by which instances are under way.")
        long from;

        static String readable(JsonNode instances, String none) {
            if (instances.isEmpty()) {
                return none;
            }
            Table table = new Table("INSTANCE", "CHANGE", "AT", "");
            instances.forEach(each -> table.row(each.path("instance").asText(), each.path("change").asText(), words(each.path("at")),
                    each.path("obstacles").isEmpty() ? "can be moved" : words(each.path("obstacles"))));
            return table.toString().stripTrailing();
        }

        private static String words(JsonNode list) {
            List<String> words = new ArrayList<>();
            list.forEach(each -> words.add(each.asText()));
            return String.join(", ", words);
        }
    }

    @Command(name = "preview", mixinStandardHelpOptions = true, description = "Show what is under way by an older version of a model, and what of it could be moved to the one in force.")
    static final class Preview extends Migrating {
        @Override
        public void run() {
            JsonNode instances = caller.controlPlane().previewMigration(name, from).path("instances");
            output.print(instances, () -> readable(instances, "nothing is under way by version " + from));
        }
    }

    @Command(name = "migrate", mixinStandardHelpOptions = true, description = "Move instances to the version in force, all that are named or none. For holders of the role root. Those that are not moved end by the version they began with.")
    static final class Migrate extends Migrating {
        @Option(names = "--instance", paramLabel = "ID", description = "One to move; may be given several times.")
        List<String> chosen = new ArrayList<>();

        @Option(names = "--all", description = "Every one that can be moved.")
        boolean all;

        @Override
        public void run() {
            if (all != chosen.isEmpty()) {
                throw new CliException("--instance or --all: one of them must be given");
            }
            ControlPlane controlPlane = caller.controlPlane();
            if (all) {
                controlPlane.previewMigration(name, from).path("instances").forEach(each -> Optional.of(each).filter(one -> one.path("obstacles").isEmpty())
                        .ifPresent(one -> chosen.add(one.path("instance").asText())));
                if (chosen.isEmpty()) {
                    throw new CliException("--all: nothing is under way by version " + from + " of " + name + " that could be moved; 'zos model preview' says why");
                }
            }
            JsonNode moved = controlPlane.migrate(name, from, chosen).path("instances");
            output.print(moved, () -> "moved " + moved.size() + " instances of " + name + " from version " + from);
        }
    }
}
