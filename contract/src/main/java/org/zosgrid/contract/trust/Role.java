package org.zosgrid.contract.trust;

import java.util.Set;
import java.util.TreeSet;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.key.KeyId;

/** Who holds a role or belongs to an approver group, and how many different people of them must sign; at least one, at most all. */
public record Role(Set<KeyId> keys, int threshold) {
    public Role {
        keys = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(keys));
        if (threshold < 1) {
            throw new ContractException("threshold", "must be at least 1", Integer.toString(threshold));
        }
    }
}
