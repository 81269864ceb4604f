package org.zosgrid.packages;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A second build of the last commit, in a folder of its own, from nothing but the sources: its packages must be the same to the byte. */
final class Reproduction {
    /** A build from nothing takes minutes, and much longer on a machine that others use. */
    private static final Duration LIMIT = Duration.ofHours(2);

    private final Path clone;
    private final PrintStream said;

    Reproduction(Path clone, PrintStream said) {
        this.clone = clone;
        this.said = said;
    }

    /** Whether a build of the commit leads to these sums; what differs is told, and the second build is kept to look at. */
    boolean sameAs(Path sums) throws IOException {
        String changed = Tool.run(clone, Map.of(), List.of("git", "status", "--porcelain"));
        if (!changed.isBlank()) {
            throw new PackagingException("--verify compares with the last commit, and this clone has changes that are not committed:\n" + changed.stripTrailing());
        }
        Path elsewhere = Files.createTempDirectory("zos-again");
        said.println("building the last commit again in " + elsewhere);
        Path again = elsewhere.resolve("clone");
        Tool.run(elsewhere, Map.of(), List.of("git", "clone", "--quiet", "--no-hardlinks", clone.toString(), again.toString()));
        Tool.run(again, Map.of("ZOS_HOME", elsewhere.resolve("state").toString()), List.of(again.resolve("zos").toString(), "package"), LIMIT);
        boolean same = compare(Sums.read(sums), Sums.read(again.resolve("packages/target/dist/SHA256SUMS")));
        if (same) {
            Packages.delete(elsewhere);
        } else {
            said.println("what the second build made is in " + again.resolve("packages/target/dist"));
        }
        return same;
    }

    private boolean compare(Map<String, String> first, Map<String, String> second) {
        boolean same = first.keySet().equals(second.keySet());
        for (Map.Entry<String, String> file : first.entrySet()) {
            boolean equal = file.getValue().equals(second.get(file.getKey()));
            said.println((equal ? "the same      " : "not the same  ") + file.getKey());
            same &= equal;
        }
        return same;
    }
}
