package org.zosgrid.contract.ledger;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.zosgrid.contract.ContractException;

/**
 * Whose cosignatures count, and how many a checkpoint needs before a node believes that others were shown the same one.
 *
 * @param threshold 0 to the number of witnesses
 * @param keys by the witness's name
 */
public record Witnesses(int threshold, SortedMap<String, WitnessKeys> keys) {
    /** No cosignatures are asked for. */
    public static final Witnesses NONE = new Witnesses(0, Collections.emptySortedMap());

    public Witnesses {
        keys = Collections.unmodifiableSortedMap(new TreeMap<>(keys));
        for (Map.Entry<String, WitnessKeys> each : keys.entrySet()) {
            if (!each.getValue().name().equals(each.getKey())) {
                throw new ContractException("keys." + each.getKey(), "must carry the witness's name", each.getValue().name());
            }
        }
        // Two names for one key would be one witness that counts twice.
        if (keys.values().stream().map(each -> List.of(suffix(each.ed25519()), suffix(each.mldsa44()))).flatMap(List::stream).distinct().count() != 2L * keys.size()) {
            throw new ContractException("keys", "must not contain the same key twice");
        }
        if (threshold < 0 || threshold > keys.size()) {
            throw new ContractException("threshold", "must lie between 0 and the number of witnesses, " + keys.size(), Integer.toString(threshold));
        }
    }

    /** The witnesses whose two signatures over the checkpoint both verify. Each costs two verifications at most, whatever the note holds. */
    public Set<String> cosigners(String note, Checkpoint checkpoint) {
        Set<String> cosigners = new TreeSet<>();
        SignedNote signed = SignedNote.parse(note);
        keys.forEach((name, each) -> {
            if (checkpoint.isCosignedBy(signed, name, each)) {
                cosigners.add(name);
            }
        });
        return cosigners;
    }

    private static String suffix(String verifierKey) {
        return verifierKey.substring(verifierKey.lastIndexOf('+') + 1);
    }
}
