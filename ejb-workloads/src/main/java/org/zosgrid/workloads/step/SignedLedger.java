package org.zosgrid.workloads.step;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.resource.ResourceException;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.zosgrid.bpmn.UnavailableException;
import org.zosgrid.connector.network.NetworkConnection;
import org.zosgrid.connector.network.NetworkConnectionFactory;
import org.zosgrid.contract.ledger.Checkpoint;
import org.zosgrid.contract.ledger.LedgerKey;
import org.zosgrid.contract.ledger.LedgerKeys;
import org.zosgrid.contract.ledger.Witnesses;
import org.zosgrid.contract.trust.TrustRoot;
import org.zosgrid.model.CurrentOrganisation;
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

    /** Signed last, by organisation. */
    private final Map<String, Kept> kept = new ConcurrentHashMap<>();

    /** A checkpoint, and by whose keys it holds. */
    private record Kept(Signed signed, LedgerKeys keys, long rootVersion) {}

    /**
     * The ledger at one size.
     *
     * @param at where it stands
     * @param checkpoint signed note of exactly this size, with witnesses' lines
     */
    public record Signed(TiledSize at, String checkpoint) {}

    /**
     * A checkpoint that has an entry in it, and is not smaller than any of these sizes: the last one if it will do, since many entries can be proved by one, and each
     * costs its witnesses a signature.
     *
     * @param index of a committed entry
     * @param sizes at which whoever is to take it may stand
     * @throws UnavailableException if too few witnesses sign, or the ledger's store is away
     */
    public Signed covering(long index, Collection<Long> sizes) {
        Kept last = kept.get(CurrentOrganisation.name());
        if (last != null && last.signed().at().size() > index && sizes.stream().allMatch(size -> size <= last.signed().at().size())
                && last.keys().equals(trust.ledger().verifiers()) && last.rootVersion() == trust.root().version()) {
            return last.signed();
        }
        return sign();
    }

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
                Signed signed = sign(at);
                kept.put(CurrentOrganisation.name(), new Kept(signed, trust.ledger().verifiers(), trust.root().version()));
                return signed;
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
