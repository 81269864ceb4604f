package org.zosgrid.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.zosgrid.cli.terminal.Json;
import org.zosgrid.cli.terminal.Table;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "webhook",
        mixinStandardHelpOptions = true,
        description = "Tell corporate systems of decisions: signed CloudEvents over HTTP. For holders of the role root.",
        subcommands = {WebhookCommand.Add.class, WebhookCommand.ListAll.class, WebhookCommand.Remove.class, WebhookCommand.Try.class, WebhookCommand.DeadLetters.class,
            WebhookCommand.Retry.class, WebhookCommand.Drop.class},
        footer = {"", "Examples:",
            "  zos webhook add https://hooks.example.org/zos --type org.zosgrid.change.sealed --key dave.pem",
            "  zos webhook test 1 --key dave.pem",
            "  zos webhook dead-letters --key dave.pem",
            "  zos webhook retry 1 4711 --key dave.pem"})
public final class WebhookCommand implements Callable<Integer> {
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

    @Command(name = "add", mixinStandardHelpOptions = true, description = "Subscribe an address. A secret that is made here is shown this once.")
    static final class Add extends Asking implements Runnable {
        @Parameters(paramLabel = "URL", description = "At an origin that the control plane's zos.webhooks.allow lists.")
        String url = "";

        @Option(names = "--name", paramLabel = "NAME", description = "By which models of yours may call it (default: none does).")
        @Nullable String name;

        @Option(names = "--type", paramLabel = "TYPE", description = "A type of event, such as org.zosgrid.change.sealed; several may be given (default: all).")
        List<String> types = new ArrayList<>();

        @Option(names = "--secret-file", paramLabel = "NAME", description = "A file on the control plane, in the directory that zos.webhooks.secrets names (default: a secret is made).")
        @Nullable String secretFile;

        @Override
        public void run() {
            JsonNode made = caller.controlPlane().addWebhook(Optional.ofNullable(name), url, types, Optional.ofNullable(secretFile));
            output.print(made, () -> "webhook " + made.path("id").asText() + " to " + made.path("url").asText()
                    + (made.path("secret").isNull() ? "" : "\nsecret  " + made.path("secret").asText() + "\n        It is not shown again."));
        }
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "List subscriptions.")
    static final class ListAll extends Asking implements Runnable {
        @Override
        public void run() {
            List<JsonNode> all = caller.controlPlane().webhooks();
            output.print(Json.of(all), () -> readable(all));
        }

        private static String readable(List<JsonNode> all) {
            if (all.isEmpty()) {
                return "nobody is told of decisions; 'zos webhook add URL' subscribes";
            }
            Table table = new Table("ID", "URL", "TYPES", "SECRET", "WAITING", "DEAD");
            for (JsonNode each : all) {
                List<String> types = new ArrayList<>();
                each.path("types").forEach(type -> types.add(type.asText()));
                table.row(each.path("id").asText(), each.path("url").asText(), types.isEmpty() ? "all" : String.join(",", types),
                        each.path("secretFile").isNull() ? "made here" : "file " + each.path("secretFile").asText(), each.path("waiting").asText(), each.path("dead").asText());
            }
            return table.toString().stripTrailing();
        }
    }

    @Command(name = "remove", mixinStandardHelpOptions = true, description = "End a subscription; what was still to be sent is forgotten.")
    static final class Remove extends Asking implements Runnable {
        @Parameters(paramLabel = "ID")
        long id;

        @Override
        public void run() {
            caller.controlPlane().removeWebhook(id);
            output.print(Json.object().put("removed", id), () -> "removed webhook " + id);
        }
    }

    @Command(name = "test", mixinStandardHelpOptions = true, description = "Send an event that says nothing, at once and once; exit code 1 if it does not arrive.")
    static final class Try extends Asking implements Callable<Integer> {
        @Parameters(paramLabel = "ID")
        long id;

        @Override
        public Integer call() {
            JsonNode came = caller.controlPlane().testWebhook(id);
            boolean delivered = came.path("delivered").asBoolean();
            output.print(came, () -> delivered ? "it arrived" : "it did not arrive: " + came.path("failure").asText());
            return delivered ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        }
    }

    @Command(name = "dead-letters", mixinStandardHelpOptions = true, description = "List messages that were given up.")
    static final class DeadLetters extends Asking implements Runnable {
        @Override
        public void run() {
            List<JsonNode> all = caller.controlPlane().deadLetters();
            output.print(Json.of(all), () -> readable(all));
        }

        private static String readable(List<JsonNode> all) {
            if (all.isEmpty()) {
                return "no message was given up";
            }
            Table table = new Table("WEBHOOK", "INDEX", "SUBJECT", "ATTEMPTS", "SINCE", "FAILURE");
            all.forEach(each -> table.row(each.path("webhook").asText(), each.path("index").asText(), each.path("subject").asText(), each.path("attempts").asText(),
                    each.path("at").asText(), each.path("failure").asText()));
            return table.toString().stripTrailing();
        }
    }

    /** One message that was given up. */
    abstract static class OneDeadLetter extends Asking implements Runnable {
        @Parameters(index = "0", paramLabel = "WEBHOOK")
        long webhook;

        @Parameters(index = "1", paramLabel = "INDEX", description = "The decision's place in the ledger.")
        long index;

        void done(String what) {
            output.print(Json.object().put("webhook", webhook).put("index", index), () -> what);
        }
    }

    @Command(name = "retry", mixinStandardHelpOptions = true, description = "Try a message again that was given up.")
    static final class Retry extends OneDeadLetter {
        @Override
        public void run() {
            caller.controlPlane().retryDeadLetter(webhook, index);
            done("it is tried again");
        }
    }

    @Command(name = "drop", mixinStandardHelpOptions = true, description = "Forget a message that was given up.")
    static final class Drop extends OneDeadLetter {
        @Override
        public void run() {
            caller.controlPlane().dropDeadLetter(webhook, index);
            done("it is forgotten");
        }
    }
}
