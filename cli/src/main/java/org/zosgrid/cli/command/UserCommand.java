package org.zosgrid.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
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
        name = "user",
        mixinStandardHelpOptions = true,
        description = "Accounts at the control plane, for reading and setting it up. No account signs anything. For holders of the role root.",
        subcommands = {UserCommand.Add.class, UserCommand.ListAll.class, UserCommand.Remove.class},
        footer = {"", "Which groups may read or administer, zos.logins.readers and zos.logins.administrators say.", "", "Examples:",
            "  zos user add carla --group auditors --key dave.pem",
            "  zos user list --key dave.pem",
            "  zos user remove carla --key dave.pem"})
public final class UserCommand implements Callable<Integer> {
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

    @Command(name = "add", mixinStandardHelpOptions = true, description = "Make an account; its password is asked for.")
    static final class Add extends Asking implements Runnable {
        @Parameters(paramLabel = "NAME", description = "Letters, digits, '.', '_', '@' and '-'.")
        String name = "";

        @Option(names = "--display-name", paramLabel = "TEXT", description = "What people call them.")
        String displayName = "";

        @Option(names = "--group", paramLabel = "NAME", description = "A group that they are in; several may be given.")
        List<String> groups = new ArrayList<>();

        @Option(names = "--password-file", paramLabel = "FILE", description = "Where the password stands, 12 to 200 characters (default: it is asked for).")
        @Nullable Path passwordFile;

        @Override
        public void run() {
            JsonNode made = caller.controlPlane().addUser(name, displayName, Passwords.of(name, Optional.ofNullable(passwordFile)), groups);
            output.print(made, () -> "user " + made.path("name").asText() + " may log in: zos login " + made.path("name").asText());
        }
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "List accounts.")
    static final class ListAll extends Asking implements Runnable {
        @Override
        public void run() {
            List<JsonNode> all = caller.controlPlane().users();
            output.print(Json.of(all), () -> readable(all));
        }

        private static String readable(List<JsonNode> all) {
            if (all.isEmpty()) {
                return "there are no accounts; 'zos user add NAME' makes one";
            }
            Table table = new Table("NAME", "DISPLAY NAME", "GROUPS", "ACTIVE", "PASSWORD");
            for (JsonNode each : all) {
                List<String> groups = new ArrayList<>();
                each.path("groups").forEach(group -> groups.add(group.asText()));
                table.row(each.path("name").asText(), each.path("displayName").asText(), String.join(",", groups), each.path("active").asBoolean() ? "yes" : "no",
                        each.path("password").asBoolean() ? "here" : "elsewhere");
            }
            return table.toString().stripTrailing();
        }
    }

    @Command(name = "remove", mixinStandardHelpOptions = true, description = "Remove an account and end its logins.")
    static final class Remove extends Asking implements Runnable {
        @Parameters(paramLabel = "NAME")
        String name = "";

        @Override
        public void run() {
            caller.controlPlane().removeUser(name);
            output.print(Json.object().put("removed", name), () -> "removed user " + name);
        }
    }
}
