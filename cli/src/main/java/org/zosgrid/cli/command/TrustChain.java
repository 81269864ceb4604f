package org.zosgrid.cli.command;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.zosgrid.cli.terminal.Json;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.trust.TrustRoot;
import org.zosgrid.contract.trust.TrustRootStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What follows from a pinned trust root. */
final class TrustChain {
    private TrustChain() {}

    @Command(
            name = "verify-chain",
            mixinStandardHelpOptions = true,
            description = "Check that trust roots follow from one another: each one above the last, signed by enough root holders of both. The first is believed.",
            footer = {"", "Example:", "  zos trust verify-chain root-1.json root-2.json root-3.json"})
    static final class VerifyChain implements Runnable {
        @Parameters(paramLabel = "FILE", arity = "1..*", description = "Signed trust roots in order, the pinned one first.")
        List<Path> files = List.of();

        @Mixin
        Output output = new Output();

        @Override
        public void run() {
            List<Envelope> chain = new ArrayList<>();
            for (Path file : files) {
                chain.add(envelope(file));
                try {
                    // Only the last must not have expired, so each is followed as if it were long ago.
                    TrustRoot.follow(chain, Instant.MIN);
                } catch (ContractException refused) {
                    throw new ContractException(refused.faults().stream()
                            .map(each -> new org.zosgrid.contract.Fault(file + ": " + each.field(), each.problem(), each.value())).toList());
                }
            }
            TrustRoot last = TrustRoot.follow(chain, Instant.now());
            output.print(Json.object().put("first", last.version() - files.size() + 1).put("last", last.version()).put("expires", last.expires().toString()),
                    () -> "a chain of " + files.size() + ", up to version " + last.version() + ", which is valid until " + last.expires());
        }
    }

    @Command(
            name = "follow",
            mixinStandardHelpOptions = true,
            description = {
                "Put the next versions into a directory that keeps them all, such as a node's state/trust-roots while the node is down.",
                "What does not follow is refused, and the directory stays at the last good version."
            },
            footer = {"", "Example:", "  zos trust follow root-2.json root-3.json --pinned root-1.json --store /var/lib/zosgrid/state/trust-roots"})
    static final class Follow implements Runnable {
        @Parameters(paramLabel = "FILE", arity = "0..*", description = "The next versions, in order; none shows where the directory stands.")
        List<Path> files = List.of();

        @Option(names = "--pinned", required = true, paramLabel = "ROOT", description = "The trust root that is pinned.")
        Path pinned = Path.of("");

        @Option(names = "--store", required = true, paramLabel = "DIRECTORY", description = "Where every version is kept.")
        Path directory = Path.of("");

        @Option(names = "--known", paramLabel = "VERSION", defaultValue = "0", description = "A version that is known to have been in use: a directory behind it was restored from an old copy.")
        long known;

        @Mixin
        Output output = new Output();

        @Override
        public void run() {
            TrustRootStore store = TrustRootStore.open(directory, envelope(pinned));
            files.forEach(file -> store.advance(envelope(file)));
            TrustRoot current = store.current(Instant.now(), known);
            output.print(Json.object().put("version", current.version()).put("expires", current.expires().toString()),
                    () -> directory + " is at version " + current.version() + ", which is valid until " + current.expires());
        }
    }

    private static Envelope envelope(Path file) {
        return Envelope.parse(Context.read(file).getBytes(StandardCharsets.UTF_8));
    }
}
