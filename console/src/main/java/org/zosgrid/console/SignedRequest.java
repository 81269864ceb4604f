package org.zosgrid.console;

import jakarta.ws.rs.core.SecurityContext;
import org.zosgrid.contract.Fault;
import org.zosgrid.workloads.Caller;
import org.zosgrid.workloads.RefusedException;
import org.zosgrid.workloads.RefusedException.Kind;
import org.zosgrid.workloads.TokenHolder;

/** What takes a person's signature over the request, and no token instead. */
final class SignedRequest {
    private SignedRequest() {}

    /**
     * Who signed the request that is being answered.
     *
     * @throws RefusedException FORBIDDEN for a token
     */
    static Caller caller(SecurityContext security) {
        return switch (AuthenticatedRequest.identity(security)) {
            case Caller caller -> caller;
            case TokenHolder holder -> throw new RefusedException(Kind.FORBIDDEN, "This takes a signature by a person of the trust root; a login is none",
                    new Fault("Authorization", "must not stand for a signature", holder.name()));
        };
    }
}
