package org.zosgrid.contract.trust;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.key.KeyId;

/**
 * Who holds a role or belongs to an approver group, and how many different people of them must sign; at least one, at most all.
 *
 * @param deputies of an approver group: they count as people of the group once half of the time for a change is over, {@link org.zosgrid.contract.document.ChangeDocument#deputiesFrom()}
 */
public record Role(Set<KeyId> keys, int threshold, Set<KeyId> deputies) {
    /** Without deputies. */
    public Role(Set<KeyId> keys, int threshold) {
        this(keys, threshold, Set.of());
    }

    public Role {
        keys = Collections.unmodifiableSortedSet(new TreeSet<>(keys));
        deputies = Collections.unmodifiableSortedSet(new TreeSet<>(deputies));
        if (threshold < 1) {
            throw new ContractException("threshold", "must be at least 1", Integer.toString(threshold));
        }
    }
}
