package org.zosgrid.workloads;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import org.zosgrid.workloads.login.LoginTokens;
import org.zosgrid.workloads.token.TokenSettings;

/** Finds out who shows a token. Whoever gets in may read: a token without a role is refused here. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class AuthenticateToken {
    @Inject private TokenSettings tokens;
    @Inject private LoginTokens logins;

    /**
     * @param token as it stands after {@code Bearer} in the header {@code Authorization}, RFC 6750
     * @throws RefusedException UNAUTHENTICATED with what is wrong, FORBIDDEN for a good token that no role is given to, UNAVAILABLE if the issuer's keys cannot be read
     */
    public TokenHolder authenticate(String token) {
        return logins.holder(token).orElseGet(() -> logins.unlessInactive(tokens.holder(token)));
    }
}
