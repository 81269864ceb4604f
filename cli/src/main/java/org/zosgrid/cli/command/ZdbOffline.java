package org.zosgrid.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.zosgrid.cli.store.StoreProgram;
import org.zosgrid.cli.terminal.Steps;
import org.zosgrid.cli.terminal.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is done to the folders of a store that does not run, by the store's own program. */
final class ZdbOffline {
    private ZdbOffline() {}

    /** The folders. */
    static final class Folders {
        @Option(names = "--data", paramLabel = "DIR", defaultValue = "zdb-data", description = "Where the store's data lies (default: ${DEFAULT-VALUE}).")
        Path data = Path.of("");

        @Option(names = "--index", paramLabel = "DIR", description = "Where its indexes lie (default: as --data).")
        @Nullable Path index;

        List<String> arguments(String tool) {
            List<String> arguments = new ArrayList<>(List.of(tool, "--data", data.toString()));
            if (index != null) {
                arguments.addAll(List.of("--index", index.toString()));
            }
            return arguments;
        }
    }

    private static int run(String title, List<String> arguments, Output output, Function<JsonNode, String> readable) throws Exception {
        StoreProgram.Result result = new Steps(System.err).longStep(title, progress -> StoreProgram.tool(arguments, progress));
        output.print(result.json(), () -> readable.apply(result.json()));
        return result.exit();
    }

    private static String damages(JsonNode namespaces, String good) {
        StringBuilder text = new StringBuilder();
        for (JsonNode namespace : namespaces) {
            for (JsonNode damage : namespace.path("damages")) {
                text.append(String.format(Locale.ROOT, "%s: %s is damaged at offset %d, %d bytes%n", namespace.path("name").asText(), damage.path("file").asText(),
                        damage.path("offset").asLong(), damage.path("bytes").asLong()));
            }
            if (namespace.path("indexWrong").asLong() > 0) {
                text.append(namespace.path("name").asText()).append(": the index is wrong for ").append(namespace.path("indexWrong").asLong())
                        .append(" keys; 'zos zdb rebuild-index' makes it from the data\n");
            }
        }
        return text.isEmpty() ? good : text.toString().stripTrailing();
    }

    @Command(
            name = "verify",
            mixinStandardHelpOptions = true,
            description = "Read every byte of a store that does not run, change none, and say what is damaged. Exit code 1 if anything is.",
            footer = {"", "Examples:", "  ./zos zdb verify --data /mnt/ssd/zdb", "  ./zos zdb verify --data /mnt/ssd/zdb --namespace chunks --json"})
    static final class Verify implements Callable<Integer> {
        @Mixin
        Folders folders = new Folders();

        @Option(names = "--namespace", paramLabel = "NAME", description = "Only this one.")
        @Nullable String namespace;

        @Mixin
        Output output = new Output();

        @Override
        public Integer call() throws Exception {
            List<String> arguments = folders.arguments("verify");
            if (namespace != null) {
                arguments.addAll(List.of("--namespace", namespace));
            }
            return run("Every entry read and verified", arguments, output, result -> {
                Table table = new Table("NAMESPACE", "ENTRIES", "KEYS", "BYTES", "FILES", "TORN", "INDEX");
                for (JsonNode each : result.path("namespaces")) {
                    table.row(each.path("name").asText(), each.path("entries").asText(), each.path("keys").asText(), each.path("fileBytes").asText(), each.path("files").asText(),
                            each.path("tornBytes").asText(), each.path("indexKept").asBoolean() ? "kept" : "made at the next start");
                }
                return table + damages(result.path("namespaces"), "Nothing is damaged.");
            });
        }
    }

    @Command(
            name = "rebuild-index",
            mixinStandardHelpOptions = true,
            description = "Make the indexes of a store that does not run from its data alone. Exit code 1 if data was found damaged.",
            footer = {"", "Examples:", "  ./zos zdb rebuild-index --data /mnt/ssd/zdb", "  ./zos zdb rebuild-index --data /mnt/hdd/zdb --index /mnt/new-ssd/zdb-index"})
    static final class RebuildIndex implements Callable<Integer> {
        @Mixin
        Folders folders = new Folders();

        @Option(names = "--namespace", paramLabel = "NAME", description = "Only this one.")
        @Nullable String namespace;

        @Mixin
        Output output = new Output();

        @Override
        public Integer call() throws Exception {
            List<String> arguments = folders.arguments("rebuild-index");
            if (namespace != null) {
                arguments.addAll(List.of("--namespace", namespace));
            }
            return run("Indexes made from the data", arguments, output, result -> {
                Table table = new Table("NAMESPACE", "KEYS", "BYTES", "INDEX BYTES");
                for (JsonNode each : result.path("namespaces")) {
                    table.row(each.path("name").asText(), each.path("entries").asText(), each.path("bytes").asText(), each.path("indexBytes").asText());
                }
                return table + damages(result.path("namespaces"), "Nothing is damaged.");
            });
        }
    }

    @Command(
            name = "export",
            mixinStandardHelpOptions = true,
            description = {
                "Write one namespace of a store that does not run to a file, with checksums, for 'zos zdb import' anywhere (docs/formats/zdb-export.md).",
                "Its password is not part of it. A damaged namespace is not exported."
            },
            footer = {"", "Examples:", "  ./zos zdb export --data /mnt/ssd/zdb --namespace users --to users.zdb", "  ./zos zdb export --namespace users --to users.zdb --history"})
    static final class Export implements Callable<Integer> {
        @Mixin
        Folders folders = new Folders();

        @Option(names = "--namespace", required = true, paramLabel = "NAME", description = "Which one.")
        String namespace = "";

        @Option(names = "--to", required = true, paramLabel = "FILE", description = "Where the export goes; it appears when it is whole.")
        Path file = Path.of("");

        @Option(names = "--history", description = "Old versions and deletions too.")
        boolean history;

        @Mixin
        Output output = new Output();

        @Override
        public Integer call() throws Exception {
            List<String> arguments = folders.arguments("export");
            arguments.addAll(List.of("--namespace", namespace, "--file", file.toAbsolutePath().toString()));
            if (history) {
                arguments.add("--history");
            }
            return run("Exported " + namespace, arguments, output, result -> "wrote " + result.path("file").asText() + ": " + result.path("records").asText() + " records, "
                    + result.path("bytes").asText() + " bytes, SHA-256 " + result.path("sha256").asText());
        }
    }

    @Command(
            name = "import",
            mixinStandardHelpOptions = true,
            description = {
                "Take an exported namespace into a store that does not run.",
                "The whole file is verified before anything is written; a new namespace gets the properties it had, but for its password, and is removed again if the import fails."
            },
            footer = {
                "",
                "Examples:",
                "  ./zos zdb import --data /mnt/ssd/zdb --from users.zdb",
                "  ./zos zdb import --from users.zdb --namespace users-2 --password-file secret.txt",
                "  ./zos zdb import --from users.zdb --merge"
            })
    static final class Import implements Callable<Integer> {
        @Mixin
        Folders folders = new Folders();

        @Option(names = "--from", required = true, paramLabel = "FILE", description = "The exported file.")
        Path file = Path.of("");

        @Option(names = "--namespace", paramLabel = "NAME", description = "What it is called here (default: as it was).")
        @Nullable String namespace;

        @Option(names = "--merge", description = "Add to a namespace that is there already.")
        boolean merge;

        @Option(names = "--password-file", paramLabel = "FILE", description = "Where the new namespace's password stands.")
        @Nullable Path passwordFile;

        @Option(names = "--no-password", description = "It shall have none, though it had one where it comes from.")
        boolean noPassword;

        @Mixin
        Output output = new Output();

        @Override
        public Integer call() throws Exception {
            List<String> arguments = folders.arguments("import");
            arguments.addAll(List.of("--file", file.toAbsolutePath().toString()));
            if (namespace != null) {
                arguments.addAll(List.of("--namespace", namespace));
            }
            if (passwordFile != null) {
                arguments.addAll(List.of("--password-file", passwordFile.toAbsolutePath().toString()));
            }
            if (merge) {
                arguments.add("--merge");
            }
            if (noPassword) {
                arguments.add("--no-password");
            }
            return run("Verified and taken in: " + file, arguments, output, result -> result.path("namespace").asText() + ": " + result.path("written").asText() + " of "
                    + result.path("records").asText() + " records written, " + result.path("unchanged").asText() + " were there already; " + result.path("keys").asText() + " keys now");
        }
    }
}
