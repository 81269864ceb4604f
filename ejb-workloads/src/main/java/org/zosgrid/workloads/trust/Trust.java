package org.zosgrid.workloads.trust;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.ledger.LedgerKey;
import org.zosgrid.contract.ledger.LedgerKeys;
import org.zosgrid.contract.organisation.Organisation;
import org.zosgrid.contract.trust.TrustRoot;
import org.zosgrid.model.CurrentOrganisation;
import org.zosgrid.model.TrustRoots;
import org.zosgrid.workloads.organisation.KnownOrganisations;

/**
 * The trust root in force, and the ledger's key, of the organisation that is worked for. The file that the configuration names is pinned; the versions that were handed in since follow
 * from it, and each is verified again when it is read: whoever can write the database cannot make a trust root.
 *
 * <p>The database is asked each time which version is the newest, so a rotation counts in every transaction that begins, or takes the ledger's lock, after it.
 */
@ApplicationScoped
public class Trust {
    @Inject
    @ConfigProperty(name = "zos.trust-root")
    private String rootFile;

    @Inject
    @ConfigProperty(name = "zos.ledger-key")
    private String ledgerFile;

    @Inject private KnownOrganisations organisations;
    @Inject private TrustRoots stored;

    private Map<String, Anchor> anchors = Map.of();

    @PostConstruct
    void read() {
        Map<String, Anchor> read = new TreeMap<>();
        Map<String, String> ledgers = new TreeMap<>();
        for (String name : organisations.names()) {
            Anchor anchor = organisations.find(name).flatMap(Organisation::own).map(own -> new Anchor(own.trustRoot(), own.ledgerKey()))
                    .orElseGet(() -> new Anchor(Path.of(rootFile), Path.of(ledgerFile)));
            read.put(name, anchor);
            String before = ledgers.put(anchor.origin(), name);
            if (before != null) {
                // Two logs under one name would be what witnesses are there to find.
                throw new IllegalStateException("the ledgers of the organisations " + before + " and " + name + " must have names of their own, both are " + anchor.origin());
            }
        }
        anchors = Map.copyOf(read);
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
                "zos.ledger-key: " + anchor().ledgerFile() + " has not the key that the trust root names; no node would accept what it seals"));
    }

    /** The private half of a ledger's keys, if it is where the configuration says; a file that was put there since is found. */
    public Optional<LedgerKey> ledger(LedgerKeys keys) {
        return anchor().ledger(keys);
    }

    private Anchor.Chain newest() {
        return anchor().newest(stored);
    }

    private Anchor anchor() {
        return Optional.ofNullable(anchors.get(CurrentOrganisation.name())).orElseThrow();
    }
}
