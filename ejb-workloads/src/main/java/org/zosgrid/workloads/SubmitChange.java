package org.zosgrid.workloads;

import jakarta.ejb.Stateless;
import org.zosgrid.workloads.view.ChangeView;

/** Takes a signed deployment or removal, and starts its workflow in the same transaction. */
@Stateless
public class SubmitChange {
    /**
     * @param envelope the DSSE envelope's JSON
     * @param idempotencyKey the caller's own name for this request: the same once more is answered with what the first one made
     * @throws RefusedException INVALID, FORBIDDEN or CONFLICT
     */
    public ChangeView submit(Caller caller, byte[] envelope, String payloadType, String idempotencyKey) {
        throw new UnsupportedOperationException();
    }
}
