package org.zosgrid.workloads.step;

import jakarta.resource.ResourceException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.zosgrid.bpmn.UnavailableException;
import org.zosgrid.connector.network.Cosignature;
import org.zosgrid.connector.network.NetworkConnection;
import org.zosgrid.contract.ledger.Checkpoint;
import org.zosgrid.contract.ledger.Consistency;
import org.zosgrid.contract.ledger.LedgerKeys;
import org.zosgrid.contract.ledger.LedgerTree;
import org.zosgrid.contract.ledger.Witnesses;

/**
 * Asks witnesses, which are nodes of the same name, until enough have signed a checkpoint. Where each stands and whether it answered last time is remembered,
 * to ask rightly the first time, and first those that answer; nothing depends on it. Safe for use by many threads.
 */
final class Cosigners {
    /** Another delivery may move a witness on between its answer and our next question. */
    private static final int QUESTIONS = 3;

    private final Map<String, Long> standing = new ConcurrentHashMap<>();
    private final Set<String> silent = ConcurrentHashMap.newKeySet();

    /**
     * The note with enough witnesses' lines.
     *
     * @param note signed by the ledger, of the whole tree; none of its entries may be taken back any more
     * @throws UnavailableException if too few sign; it says who did not, and why
     */
    String cosigned(String note, LedgerTree tree, LedgerKeys ledger, Witnesses witnesses, NetworkConnection network) {
        Checkpoint checkpoint = Checkpoint.verify(note, ledger);
        StringBuilder cosigned = new StringBuilder(note);
        List<String> missing = new ArrayList<>();
        int signed = 0;
        for (String witness : witnesses.keys().keySet().stream().sorted(Comparator.comparing(silent::contains)).toList()) {
            if (signed == witnesses.threshold()) {
                break;
            }
            try {
                String lines = ask(witness, note, tree, network);
                if (witnesses.cosigners(note + lines, checkpoint).contains(witness)) {
                    cosigned.append(lines);
                    signed++;
                } else {
                    missing.add(witness + " did not sign: its lines are not by the keys that the trust root names");
                }
                silent.remove(witness);
            } catch (ResourceException without) {
                silent.add(witness);
                missing.add(witness + " did not sign: " + without.getMessage());
            }
        }
        if (signed < witnesses.threshold()) {
            throw new UnavailableException("the ledger's checkpoint of size " + tree.size() + " needs the signatures of " + witnesses.threshold() + " witnesses and has "
                    + signed + "; " + String.join("; ", missing));
        }
        return cosigned.toString();
    }

    private String ask(String witness, String note, LedgerTree tree, NetworkConnection network) throws ResourceException {
        long from = 0;
        for (int question = 0; question < QUESTIONS; question++) {
            from = Math.min(standing.getOrDefault(witness, 0L), tree.size());
            switch (network.cosign(witness, note, from, Consistency.between(tree, from, tree.size()).hashes())) {
                case Cosignature.Given given -> {
                    standing.merge(witness, tree.size(), Math::max);
                    return given.lines();
                }
                case Cosignature.StandsAt stands -> {
                    standing.put(witness, stands.size());
                    if (stands.size() > tree.size()) {
                        throw new ResourceException("it has signed a checkpoint of size " + stands.size() + ", and signs only larger ones");
                    }
                }
            }
        }
        throw new ResourceException("it moved on " + QUESTIONS + " times while it was asked, last from size " + from);
    }
}
