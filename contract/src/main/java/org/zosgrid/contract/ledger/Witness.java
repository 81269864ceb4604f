package org.zosgrid.contract.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.zosgrid.contract.ContractException;

/**
 * Signs a ledger's checkpoints, and only such as continue what it signed last. It holds no state of its own: the last checkpoint comes in, the next one goes
 * out. Whoever keeps it must have the next one on the disk before the lines leave the house, or a crash makes the witness sign a fork.
 *
 * @param key the witness's own
 * @param ledger the keys of the ledger it watches
 * @param last what it signed last, or what it otherwise knows to be true; empty before the first
 */
public record Witness(LedgerKey key, LedgerKeys ledger, Optional<Checkpoint> last) {

    /**
     * A signed checkpoint.
     *
     * @param next the witness that has signed it
     * @param lines its two signature lines, to be appended to the note
     */
    public record Cosigned(Witness next, String lines) {}

    /**
     * Signs a checkpoint.
     *
     * @param note signed by the ledger
     * @param proof that what was signed last is a prefix of it; empty for the first, and where the size is the same
     * @throws ContractException if the ledger did not sign it, it is smaller than the last one, or the proof does not verify
     */
    public Cosigned cosign(String note, List<byte[]> proof, Instant now) {
        Checkpoint checkpoint = Checkpoint.verify(note, ledger);
        if (last.isPresent()) {
            if (checkpoint.size() < last.get().size()) {
                throw new ContractException("checkpoint.size", "must not be below " + last.get().size() + ", the size that this witness knows", Long.toString(checkpoint.size()));
            }
            if (!checkpoint.isConsistentWith(last.get(), proof)) {
                throw new ContractException("checkpoint", "does not continue the one of size " + last.get().size() + " that this witness knows",
                        "size " + checkpoint.size());
            }
        }
        return new Cosigned(new Witness(key, ledger, Optional.of(checkpoint)), checkpoint.cosign(key, now));
    }
}
