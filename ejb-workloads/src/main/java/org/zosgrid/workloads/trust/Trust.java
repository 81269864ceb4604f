package org.zosgrid.workloads.trust;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.ledger.LedgerKey;
import org.zosgrid.contract.trust.TrustRoot;

/** The trust root and the ledger's key, read once from the files that the configuration names. */
@ApplicationScoped
public class Trust {
    @Inject
    @ConfigProperty(name = "zos.trust-root")
    private String rootFile;

    @Inject
    @ConfigProperty(name = "zos.ledger-key")
    private String ledgerFile;

    private TrustRoot root;
    private Envelope pinned;
    private LedgerKey ledger;

    @PostConstruct
    void read() {
        Path file = Path.of(rootFile);
        try {
            pinned = Envelope.parse(Files.readAllBytes(file));
            root = TrustRoot.verify(pinned, Instant.now());
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read the trust root " + file, unreadable);
        }
        ledger = LedgerKey.read(Path.of(ledgerFile));
        if (!ledger.verifiers().equals(root.ledger())) {
            throw new IllegalStateException("zos.ledger-key: " + ledgerFile + " is not the key that the trust root names; no node would accept what it seals");
        }
    }

    public TrustRoot root() {
        return root;
    }

    /** Every version as it was signed, the pinned one first. */
    public List<Envelope> chain() {
        return List.of(pinned);
    }

    /** Signs the ledger's checkpoints. */
    public LedgerKey ledger() {
        return ledger;
    }
}
