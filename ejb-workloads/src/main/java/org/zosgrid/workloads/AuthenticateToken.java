package org.zosgrid.workloads;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import org.zosgrid.workloads.token.TokenSettings;

/** Finds out who shows a token. Whoever gets in may read: a token without a role is refused here. */
@Stateless
public class AuthenticateToken {
    @Inject private TokenSettings tokens;

    /**
     * @param token as it stands after {@code Bearer} in the header {@code Authorization}, RFC 6750
     * @throws RefusedException UNAUTHENTICATED with what is wrong, FORBIDDEN for a good token that no role is given to, UNAVAILABLE if the issuer's keys cannot be read
     */
    public TokenHolder authenticate(String token) {
        return tokens.holder(token);
    }
}
