package org.zosgrid.workloads.trust;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
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
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.ledger.LedgerKey;
import org.zosgrid.contract.ledger.LedgerKeys;
import org.zosgrid.contract.trust.TrustRoot;
import org.zosgrid.model.TrustRootVersion;
import org.zosgrid.model.TrustRoots;

/**
 * The trust root in force, and the ledger's key. The file that the configuration names is pinned; the versions that were handed in since follow from it, and
 * each is verified again when it is read: whoever can write the database cannot make a trust root.
 *
 * <p>The database is asked each time which version is the newest, so a rotation counts in every transaction that begins, or takes the ledger's lock, after it.
 */
@ApplicationScoped
public class Trust {
    private static final Logger LOG = Logger.getLogger(Trust.class.getName());

    @Inject
    @ConfigProperty(name = "zos.trust-root")
    private String rootFile;

    @Inject
    @ConfigProperty(name = "zos.ledger-key")
    private String ledgerFile;

    @Inject private TrustRoots stored;

    private Envelope pinned;
    private volatile List<LedgerKey> ledgerKeys = List.of();
    private volatile Chain chain;

    /** Every version from the pinned one on, as far as a digest of the newest stored version. */
    private record Chain(Optional<String> newest, List<Envelope> envelopes, List<TrustRoot> roots) {
        Chain {
            envelopes = List.copyOf(envelopes);
            roots = List.copyOf(roots);
        }
    }

    @PostConstruct
    void read() {
        Path file = Path.of(rootFile);
        try {
            pinned = Envelope.parse(Files.readAllBytes(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read the trust root " + file, unreadable);
        }
        // Expired or not: the only way out of an expired trust root leads through here.
        chain = new Chain(Optional.empty(), List.of(pinned), List.of(TrustRoot.verify(pinned, Instant.MIN)));
        ledgerKeys = readLedgerKeys(Path.of(ledgerFile));
    }

    /** The newest version, whether it has expired or not: what needs it says so itself. */
    public TrustRoot root() {
        return newest().roots().getLast();
    }

    /** A version of the chain; empty if it is older than the pinned one, or nobody handed it in. */
    public Optional<TrustRoot> version(long version) {
        return newest().roots().stream().filter(each -> each.version() == version).findFirst();
    }

    /** Every version, the pinned one first. */
    public List<TrustRoot> roots() {
        return newest().roots();
    }

    /** Every version as it was signed, the pinned one first. */
    public List<Envelope> chain() {
        return newest().envelopes();
    }

    /** Signs the ledger's checkpoints. */
    public LedgerKey ledger() {
        LedgerKeys named = root().ledger();
        return ledger(named).orElseThrow(() -> new IllegalStateException(
                "zos.ledger-key: " + ledgerFile + " has not the key that the trust root names; no node would accept what it seals"));
    }

    /** The private half of a ledger's keys, if it is where the configuration says; a file that was put there since is found. */
    public Optional<LedgerKey> ledger(LedgerKeys keys) {
        Optional<LedgerKey> known = find(ledgerKeys, keys);
        if (known.isEmpty()) {
            ledgerKeys = readLedgerKeys(Path.of(ledgerFile));
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

    private Chain newest() {
        Optional<String> newest = stored.newestDigest();
        Chain known = chain;
        if (!newest.equals(known.newest())) {
            known = follow(newest);
            chain = known;
        }
        return known;
    }

    private Chain follow(Optional<String> newest) {
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
