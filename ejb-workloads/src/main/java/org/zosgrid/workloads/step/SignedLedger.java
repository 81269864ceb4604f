package org.zosgrid.workloads.step;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.resource.ResourceException;
import java.time.Instant;
import java.util.stream.Collectors;
import org.zosgrid.bpmn.UnavailableException;
import org.zosgrid.connector.network.NetworkConnection;
import org.zosgrid.connector.network.NetworkConnectionFactory;
import org.zosgrid.contract.ledger.Checkpoint;
import org.zosgrid.contract.ledger.LedgerKey;
import org.zosgrid.contract.ledger.Witnesses;
import org.zosgrid.contract.trust.TrustRoot;
import org.zosgrid.model.TiledSize;
import org.zosgrid.workloads.ledger.TiledLedger;
import org.zosgrid.workloads.trust.Trust;

/**
 * The ledger in checkpoints that nodes take: signed by the ledger, and by as many witnesses as the trust root demands. A witness never goes back, so what it
 * signs must not be rolled back: only entries are covered that are committed, and whose tiles are durable. Who has appended in the same transaction asks in vain
 * for a proof of that.
 */
@ApplicationScoped
public class SignedLedger {
    private static final int ATTEMPTS = 3;

    private final Cosigners cosigners = new Cosigners();

    @Resource(lookup = "zos/network")
    private NetworkConnectionFactory networks;

    @Inject private TiledLedger ledger;
    @Inject private Trust trust;

    /**
     * The ledger at one size.
     *
     * @param at where it stands
     * @param checkpoint signed note of exactly this size, with witnesses' lines
     */
    public record Signed(TiledSize at, String checkpoint) {}

    /**
     * Signs the ledger as it is now and has it cosigned. If too few witnesses sign and the ledger has grown meanwhile, the reason may be that they have signed
     * for another delivery, which was faster: what it is then is tried.
     *
     * @throws UnavailableException if too few witnesses sign, or the ledger's store is away
     */
    public Signed sign() {
        TiledSize at = ledger.now();
        for (int attempt = 1; ; attempt++) {
            try {
                return sign(at);
            } catch (UnavailableException tooFew) {
                TiledSize now = ledger.now();
                if (attempt == ATTEMPTS || now.size() == at.size()) {
                    throw tooFew;
                }
                at = now;
            }
        }
    }

    private Signed sign(TiledSize at) {
        LedgerKey key = trust.ledger();
        Checkpoint checkpoint = new Checkpoint(key.origin(), at.size(), at.root());
        String note = checkpoint.sign(key, Instant.now());
        Witnesses witnesses = trust.root().witnesses();
        if (witnesses.threshold() == 0) {
            return new Signed(at, note);
        }
        try (NetworkConnection network = networks.getConnection()) {
            String signed = note + earlierLines(checkpoint, key);
            String cosigned = ledger.read(at, tree -> cosigners.cosigned(signed, tree, key.verifiers(), witnesses, network));
            ledger.publish(at, cosigned);
            return new Signed(at, cosigned);
        } catch (ResourceException noConnection) {
            throw new UnavailableException(String.valueOf(noConnection.getMessage()));
        }
    }

    /**
     * The lines by the keys that the ledger of this name had before, as long as they are kept: a witness that has not followed a rotation of the ledger's keys
     * yet goes by the old ones, and it must sign before it can follow. Its own lines are over the text alone, so they count for both.
     */
    private String earlierLines(Checkpoint checkpoint, LedgerKey key) {
        return trust.roots().stream().map(TrustRoot::ledger).distinct()
                .filter(earlier -> earlier.origin().equals(key.origin()) && !earlier.equals(key.verifiers()))
                .flatMap(earlier -> trust.ledger(earlier).stream())
                .map(earlier -> checkpoint.sign(earlier, Instant.now()))
                .map(note -> note.substring(note.indexOf("\n\n") + 2))
                .collect(Collectors.joining());
    }
}
