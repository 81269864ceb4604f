package org.zosgrid.node.zdb;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What can be done with the folders of a store that does not run: {@code zdb verify|rebuild-index|export|import}. The result is one JSON object on standard
 * output; how far it is, lines {@code progress DONE TOTAL} on standard error. {@code zos zdb} is the comfortable way to use it.
 */
final class Tool {
    static final Set<String> NAMES = Set.of("verify", "rebuild-index", "export", "import");
    static final ObjectMapper JSON = new ObjectMapper();

    private static final Set<String> VALUES = Set.of("data", "index", "namespace", "file", "password-file");
    private static final Set<String> FLAGS = Set.of("history", "merge", "no-password");

    /** How far a tool is, in bytes or entries. */
    interface Progress {
        void at(long done, long total);
    }

    /** Tells it at most ten times a second. */
    private static final class Lines implements Progress {
        private static final long PAUSE = 100_000_000;

        private final PrintStream out;
        private long last = System.nanoTime() - PAUSE;

        Lines(PrintStream out) {
            this.out = out;
        }

        @Override
        public void at(long done, long total) {
            long now = System.nanoTime();
            if (now - last >= PAUSE) {
                last = now;
                out.println("progress " + done + " " + total);
            }
        }
    }

    private Tool() {}

    /** Runs one; returns the exit code: 1 if what was verified is damaged. */
    static int run(String[] arguments, PrintStream out, PrintStream err) throws IOException {
        Map<String, String> options = options(Arrays.asList(arguments).subList(1, arguments.length));
        Path data = Path.of(required(options, "data"));
        Path index = Optional.ofNullable(options.get("index")).map(Path::of).orElse(data);
        if (!Files.isDirectory(data)) {
            throw new IllegalArgumentException("--data: must be the folder of a store (is: " + data + ")");
        }
        Progress progress = new Lines(err);
        Optional<String> namespace = Optional.ofNullable(options.get("namespace"));
        ObjectNode result = JSON.createObjectNode();
        boolean good = switch (arguments[0]) {
            case "verify" -> verify(data, index, namespace, progress, result);
            case "rebuild-index" -> rebuild(data, index, namespace, progress, result);
            case "export" -> {
                export(data, index, required(options, "namespace"), Path.of(required(options, "file")), options.containsKey("history"), progress, result);
                yield true;
            }
            case "import" -> {
                Optional<String> password = options.containsKey("password-file") ? Optional.of(Files.readString(Path.of(options.get("password-file"))).strip()) : Optional.empty();
                result.setAll(Import.run(data, index, Path.of(required(options, "file")), namespace, new Import.Wishes(options.containsKey("merge"), password, options.containsKey("no-password")), progress));
                yield true;
            }
            default -> throw new IllegalArgumentException(arguments[0] + ": there is no such command");
        };
        out.println(JSON.writeValueAsString(result));
        return good ? 0 : 1;
    }

    private static Map<String, String> options(List<String> arguments) {
        Map<String, String> options = new TreeMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            String name = arguments.get(i).startsWith("--") ? arguments.get(i).substring(2) : "";
            if (FLAGS.contains(name)) {
                options.put(name, "");
            } else if (VALUES.contains(name) && i + 1 < arguments.size()) {
                options.put(name, arguments.get(++i));
            } else {
                throw new IllegalArgumentException(arguments.get(i) + ": there is no such option, or it needs a value");
            }
        }
        return options;
    }

    private static String required(Map<String, String> options, String name) {
        String given = options.get(name);
        if (given == null) {
            throw new IllegalArgumentException("--" + name + ": is needed");
        }
        return given;
    }

    /** The namespaces of a store, or the one that is wanted. */
    static List<String> namespaces(Path data, Optional<String> wanted) throws IOException {
        if (wanted.isPresent()) {
            if (!NamespaceProperties.present(data.resolve(wanted.get()))) {
                throw new IllegalArgumentException("--namespace: there is none of that name in " + data + " (is: " + wanted.get() + ")");
            }
            return List.of(wanted.get());
        }
        try (var children = Files.list(data)) {
            return children.filter(NamespaceProperties::present).map(each -> each.getFileName().toString()).sorted().toList();
        }
    }

    private static boolean verify(Path data, Path index, Optional<String> wanted, Progress progress, ObjectNode result) throws IOException {
        boolean good = true;
        ArrayNode all = result.putArray("namespaces");
        try (StoreLock lock = StoreLock.take(data)) {
            for (String name : namespaces(data, wanted)) {
                Verification.Report report = Verification.of(name, data.resolve(name), index.resolve(name), progress);
                all.add(report.toJson());
                good &= report.good();
            }
        }
        result.put("good", good);
        return good;
    }

    private static boolean rebuild(Path data, Path index, Optional<String> wanted, Progress progress, ObjectNode result) throws IOException {
        boolean good = true;
        ArrayNode all = result.putArray("namespaces");
        try (StoreLock lock = StoreLock.take(data)) {
            for (String name : namespaces(data, wanted)) {
                Path at = index.resolve(name);
                Files.createDirectories(at);
                Disk disk = new SystemDisk();
                Checkpoint.remove(disk, at);
                try (Namespace namespace = Namespace.open(name, new ProgressDisk(disk, data.resolve(name), progress), data.resolve(name), at, ZdbConfig.FILE_SIZE,
                        NamespaceProperties.read(data.resolve(name)), new Standing(1))) {
                    ObjectNode one = all.addObject().put("name", name).put("entries", namespace.size()).put("bytes", namespace.dataBytes())
                            .put("indexBytes", namespace.indexBytes()).put("tornBytes", namespace.repairedBytes());
                    damages(one, namespace.damages());
                    good &= namespace.damages().isEmpty();
                }
            }
        }
        result.put("good", good);
        return good;
    }

    private static void export(Path data, Path index, String name, Path file, boolean history, Progress progress, ObjectNode result) throws IOException {
        namespaces(data, Optional.of(name));
        try (StoreLock lock = StoreLock.take(data);
                Namespace namespace = Verification.readOnly(name, data.resolve(name), index.resolve(name), true)) {
            result.setAll(Export.run(namespace, file, history, progress));
        }
    }

    static void damages(ObjectNode report, List<Damage> damages) {
        ArrayNode list = report.putArray("damages");
        damages.forEach(each -> list.addObject().put("file", "d" + each.file()).put("offset", each.offset()).put("bytes", each.bytes()));
    }
}
