package org.zosgrid.workloads.trust;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.ledger.LedgerKey;
import org.zosgrid.contract.ledger.LedgerKeys;
import org.zosgrid.contract.trust.TrustRoot;
import org.zosgrid.model.TrustRootVersion;
import org.zosgrid.model.TrustRoots;

/** What one organisation's trust hangs on: a pinned file and the ledger's key, and what followed from the file since. */
final class Anchor {
    private static final Logger LOG = Logger.getLogger(Anchor.class.getName());

    private final Envelope pinned;
    private final Path ledgerFile;
    private volatile List<LedgerKey> ledgerKeys;
    private volatile Chain chain;

    /** Every version from the pinned one on, as far as a digest of the newest stored version. */
    record Chain(Optional<String> newest, List<Envelope> envelopes, List<TrustRoot> roots) {
        Chain {
            envelopes = List.copyOf(envelopes);
            roots = List.copyOf(roots);
        }
    }

    Anchor(Path rootFile, Path ledgerFile) {
        try {
            pinned = Envelope.parse(Files.readAllBytes(rootFile));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read the trust root " + rootFile, unreadable);
        }
        // Expired or not: the only way out of an expired trust root leads through here.
        chain = new Chain(Optional.empty(), List.of(pinned), List.of(TrustRoot.verify(pinned, Instant.MIN)));
        this.ledgerFile = ledgerFile;
        ledgerKeys = readLedgerKeys(ledgerFile);
    }

    /** The name of the ledger that the pinned version names. */
    String origin() {
        return TrustRoot.verify(pinned, Instant.MIN).ledger().origin();
    }

    Path ledgerFile() {
        return ledgerFile;
    }

    Optional<LedgerKey> ledger(LedgerKeys keys) {
        Optional<LedgerKey> known = find(ledgerKeys, keys);
        if (known.isEmpty()) {
            ledgerKeys = readLedgerKeys(ledgerFile);
        }
        return known.or(() -> find(ledgerKeys, keys));
    }

    private static Optional<LedgerKey> find(List<LedgerKey> among, LedgerKeys keys) {
        return among.stream().filter(each -> each.verifiers().equals(keys)).findFirst();
    }

    /** One file, or a directory of them: around a rotation of the ledger's keys there are two. */
    private static List<LedgerKey> readLedgerKeys(Path place) {
        if (!Files.isDirectory(place)) {
            return List.of(LedgerKey.read(place));
        }
        try (Stream<Path> files = Files.list(place)) {
            return files.filter(file -> file.toString().endsWith(".json")).sorted().map(LedgerKey::read).toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read the ledger's keys in " + place, unreadable);
        }
    }

    Chain newest(TrustRoots stored) {
        Optional<String> newest = stored.newestDigest();
        Chain known = chain;
        if (!newest.equals(known.newest())) {
            known = follow(newest, stored);
            chain = known;
        }
        return known;
    }

    private Chain follow(Optional<String> newest, TrustRoots stored) {
        List<Envelope> envelopes = new ArrayList<>(List.of(pinned));
        List<TrustRoot> roots = new ArrayList<>(List.of(TrustRoot.verify(pinned, Instant.MIN)));
        long first = roots.getFirst().version();
        for (TrustRootVersion each : stored.all()) {
            if (each.version() == first && !each.digest().equals(pinned.digest())) {
                throw new ContractException("zos.trust-root", "must be the version " + first + " that was sealed, with the digest " + each.digest(), pinned.digest());
            }
            if (each.version() > first) {
                Envelope envelope = Envelope.parse(each.envelope());
                roots.add(roots.getLast().successor(envelope));
                envelopes.add(envelope);
            }
        }
        LOG.info("trust root version " + roots.getLast().version() + " is in force, valid until " + roots.getLast().expires());
        return new Chain(newest, envelopes, roots);
    }
}
