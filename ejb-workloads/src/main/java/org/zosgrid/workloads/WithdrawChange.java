package org.zosgrid.workloads;

import jakarta.ejb.Stateless;
import org.zosgrid.workloads.view.ChangeView;

/** Lets an author take a change back that is not approved yet. */
@Stateless
public class WithdrawChange {
    /** @throws RefusedException FORBIDDEN, NOT_FOUND or CONFLICT */
    public ChangeView withdraw(Caller caller, String name, long version, String reason) {
        throw new UnsupportedOperationException();
    }
}
