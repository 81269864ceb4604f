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
import org.zosgrid.contract.ledger.MerkleTree;
import org.zosgrid.contract.ledger.Witnesses;
import org.zosgrid.contract.trust.TrustRoot;
import org.zosgrid.model.Ledger;
import org.zosgrid.workloads.trust.Trust;

/**
 * The ledger in checkpoints that nodes take: signed by the ledger, and by as many witnesses as the trust root demands. Only for transactions that have
 * appended nothing to the ledger: a witness never goes back, so what it signs must not be rolled back.
 */
@ApplicationScoped
public class SignedLedger {
    private static final int ATTEMPTS = 3;

    private final Cosigners cosigners = new Cosigners();

    @Resource(lookup = "zos/network")
    private NetworkConnectionFactory networks;

    @Inject private Ledger ledger;
    @Inject private Trust trust;

    /**
     * The ledger at one size.
     *
     * @param checkpoint signed note of exactly this tree, with witnesses' lines
     */
    public record Signed(MerkleTree tree, String checkpoint) {}

    /**
     * Signs the ledger as it is now and has it cosigned. If too few witnesses sign and the ledger has grown meanwhile, the reason may be that they have signed
     * for another delivery, which was faster: what it is then is tried.
     *
     * @throws UnavailableException if too few witnesses sign
     */
    public Signed sign() {
        MerkleTree tree = ledger.tree();
        for (int attempt = 1; ; attempt++) {
            try {
                return sign(tree);
            } catch (UnavailableException tooFew) {
                MerkleTree now = ledger.tree();
                if (attempt == ATTEMPTS || now.size() == tree.size()) {
                    throw tooFew;
                }
                tree = now;
            }
        }
    }

    private Signed sign(MerkleTree tree) {
        LedgerKey key = trust.ledger();
        String note = Checkpoint.of(tree, key).sign(key, Instant.now());
        Witnesses witnesses = trust.root().witnesses();
        if (witnesses.threshold() == 0) {
            return new Signed(tree, note);
        }
        try (NetworkConnection network = networks.getConnection()) {
            return new Signed(tree, cosigners.cosigned(note + earlierLines(tree, key), tree, key.verifiers(), witnesses, network));
        } catch (ResourceException noConnection) {
            throw new UnavailableException(String.valueOf(noConnection.getMessage()));
        }
    }

    /**
     * The lines by the keys that the ledger of this name had before, as long as they are kept: a witness that has not followed a rotation of the ledger's keys
     * yet goes by the old ones, and it must sign before it can follow. Its own lines are over the text alone, so they count for both.
     */
    private String earlierLines(MerkleTree tree, LedgerKey key) {
        return trust.roots().stream().map(TrustRoot::ledger).distinct()
                .filter(earlier -> earlier.origin().equals(key.origin()) && !earlier.equals(key.verifiers()))
                .flatMap(earlier -> trust.ledger(earlier).stream())
                .map(earlier -> Checkpoint.of(tree, earlier).sign(earlier, Instant.now()))
                .map(note -> note.substring(note.indexOf("\n\n") + 2))
                .collect(Collectors.joining());
    }
}
