package org.zosgrid.workloads;

import jakarta.ejb.Stateless;
import org.zosgrid.contract.envelope.Signature;
import org.zosgrid.workloads.view.ChangeView;

/** Takes an approval: a signature over exactly the bytes that the requester signed, by somebody whose seat is open. */
@Stateless
public class ApproveChange {
    /** @throws RefusedException INVALID, FORBIDDEN, NOT_FOUND or CONFLICT */
    public ChangeView approve(Caller caller, String name, long version, Signature signature) {
        throw new UnsupportedOperationException();
    }
}
