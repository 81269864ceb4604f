package org.zosgrid.node.core0;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.ledger.Checkpoint;
import org.zosgrid.contract.ledger.LedgerKey;
import org.zosgrid.contract.ledger.LedgerKeys;
import org.zosgrid.contract.ledger.Witness;
import org.zosgrid.contract.trust.TrustRoot;
import org.zosgrid.node.api.CheckpointRequest;
import org.zosgrid.node.api.Cosigning;
import org.zosgrid.node.api.NodeApiException;
import org.zosgrid.node.zdb.Namespace;

/**
 * This node as a witness of the ledger. Every checkpoint is on the disk, in a log that nobody reaches over the network, before its signature leaves the
 * house: a crash can lose a signature, but cannot make the witness sign a fork.
 *
 * <p>The keys of the ledger are those of the trust root in force. A ledger of another name has a history of its own; the one that was watched before is not
 * forgotten, in case a later trust root names it again. A witness that has signed nothing yet begins with what this node has accepted.
 */
final class CheckpointWitness {
    private final LedgerKey key;
    private final Namespace log;
    private final Supplier<TrustRoot> root;
    private final Supplier<Optional<Checkpoint>> accepted;
    /** What was signed last, by the ledger's name. */
    private final Map<String, Checkpoint> last = new HashMap<>();
    /** What is on the disk for sure, by the ledger's name. */
    private final Map<String, Checkpoint> recorded = new HashMap<>();

    /**
     * Reads what was signed before.
     *
     * @param log the texts of all checkpoints that were signed, in order; durable when an append returns
     * @param accepted the largest checkpoint in the contracts that this node has accepted
     * @throws NodeException if a record is missing, cannot be read, or goes back behind one before it: such a witness might sign a fork
     */
    CheckpointWitness(LedgerKey key, Namespace log, Supplier<TrustRoot> root, Supplier<Optional<Checkpoint>> accepted) {
        this.key = key;
        this.log = log;
        this.root = root;
        this.accepted = accepted;
        List<byte[]> records = log.read(0, Integer.MAX_VALUE);
        if (records.size() != log.nextNumber()) {
            throw new NodeException("the log of checkpoints that this witness has signed must have no gaps: it has " + log.nextNumber() + " records, of which record "
                    + records.size() + " is missing");
        }
        for (int i = 0; i < records.size(); i++) {
            recover(i, new String(records.get(i), StandardCharsets.UTF_8));
        }
    }

    private void recover(int place, String text) {
        Checkpoint checkpoint;
        try {
            checkpoint = Checkpoint.parse(text);
        } catch (ContractException broken) {
            throw new NodeException("checkpoint " + place + " that this witness has signed cannot be read: " + broken.getMessage(), broken);
        }
        Checkpoint before = last.put(checkpoint.origin(), checkpoint);
        // Twice the same: the answer to the first write never came, though it had happened.
        if (before != null && before.size() >= checkpoint.size() && !before.equals(checkpoint)) {
            throw new NodeException("checkpoint " + place + " that this witness has signed, of size " + checkpoint.size() + ", goes back behind size " + before.size()
                    + ": somebody changed this node's disk");
        }
        recorded.put(checkpoint.origin(), checkpoint);
    }

    synchronized Cosigning cosign(CheckpointRequest request) {
        LedgerKeys ledger = root.get().ledger();
        Checkpoint checkpoint;
        try {
            checkpoint = Checkpoint.verify(request.checkpoint(), ledger);
        } catch (ContractException strange) {
            throw new NodeApiException(403, String.valueOf(strange.getMessage()));
        }
        Optional<Checkpoint> before = Optional.ofNullable(last.get(ledger.origin())).or(() -> accepted.get().filter(seen -> seen.origin().equals(ledger.origin())));
        long size = before.map(Checkpoint::size).orElse(0L);
        if (request.size() != size) {
            return new Cosigning.StandsAt(size);
        }
        Witness.Cosigned cosigned;
        try {
            cosigned = new Witness(key, ledger, before).cosign(request.checkpoint(), request.consistency(), Instant.now());
        } catch (ContractException contradicts) {
            throw new NodeApiException(422, String.valueOf(contradicts.getMessage()));
        }
        // From here on it counts as signed, even if the disk fails: it may be on it.
        last.put(ledger.origin(), checkpoint);
        // The same checkpoint once more is signed again, since the lines may have been lost on the way; it is in the log already.
        if (!checkpoint.equals(recorded.get(ledger.origin()))) {
            log.append(checkpoint.text().getBytes(StandardCharsets.UTF_8));
            recorded.put(ledger.origin(), checkpoint);
        }
        return new Cosigning.Signed(cosigned.lines());
    }
}
