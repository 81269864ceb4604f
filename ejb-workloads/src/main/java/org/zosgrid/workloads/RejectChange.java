package org.zosgrid.workloads;

import jakarta.ejb.Stateless;
import org.zosgrid.workloads.view.ChangeView;

/** Takes somebody's no: the change ends, and its author reads why. */
@Stateless
public class RejectChange {
    /** @throws RefusedException INVALID, FORBIDDEN, NOT_FOUND or CONFLICT */
    public ChangeView reject(Caller caller, String name, long version, String reason) {
        throw new UnsupportedOperationException();
    }
}
