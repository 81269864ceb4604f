package org.zosgrid.workloads;

import jakarta.ejb.Stateless;
import java.util.Optional;
import java.util.function.Function;

/** Finds out who sent a request: every request carries a signature by a key of the trust root, with a nonce that counts once. */
@Stateless
public class AuthenticateRequest {
    /** @throws RefusedException UNAUTHENTICATED with what is wrong, FORBIDDEN for a key that belongs to no person */
    public Caller authenticate(Function<String, Optional<String>> header, String method, String pathAndQuery, byte[] body) {
        throw new UnsupportedOperationException();
    }
}
