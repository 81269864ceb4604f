package org.zosgrid.workloads;

import jakarta.ejb.Stateless;
import org.zosgrid.workloads.view.ChangeSummary;
import org.zosgrid.workloads.view.ChangeView;
import org.zosgrid.workloads.view.Page;

/** Tells where changes are. */
@Stateless
public class ShowChanges {
    /** Names in order with their newest version, after the cursor; at most {@code limit}, 1 to 500. */
    public Page<ChangeSummary> list(String cursor, int limit) {
        throw new UnsupportedOperationException();
    }

    /** @throws RefusedException NOT_FOUND */
    public ChangeSummary newest(String name) {
        throw new UnsupportedOperationException();
    }

    /** @throws RefusedException NOT_FOUND */
    public ChangeView show(String name, long version) {
        throw new UnsupportedOperationException();
    }
}
