package org.zosgrid.workloads;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.Locale;
import org.zosgrid.contract.Fault;
import org.zosgrid.workloads.RefusedException.Kind;
import org.zosgrid.workloads.TokenHolder.Role;
import org.zosgrid.workloads.login.LoginTokens;
import org.zosgrid.workloads.token.ServiceToken;
import org.zosgrid.workloads.token.TokenSettings;

/** Finds out who shows a token, and whether it has a role for where it is shown: to read, or to provision accounts. A token without that role is refused here. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class AuthenticateToken {
    @Inject private TokenSettings tokens;
    @Inject private LoginTokens logins;
    @Inject private ServiceToken service;

    /**
     * Somebody who reads.
     *
     * @param token as it stands after {@code Bearer} in the header {@code Authorization}, RFC 6750
     * @throws RefusedException UNAUTHENTICATED with what is wrong, FORBIDDEN for a good token that no role is given to, UNAVAILABLE if the issuer's keys cannot be read
     */
    public TokenHolder authenticate(String token) {
        if (service.holder(token).isPresent()) {
            throw without(Role.READER, "a provisioning service");
        }
        return with(Role.READER, logins.holder(token).orElseGet(() -> logins.unlessInactive(tokens.holder(token))));
    }

    /** A service that provisions accounts: one with a token of its own, or of the issuer. Nobody's login does. @throws RefusedException as {@link #authenticate} */
    public TokenHolder provisioner(String token) {
        return service.holder(token).orElseGet(() -> with(Role.PROVISIONER, logins.holder(token).orElseGet(() -> logins.unlessInactive(tokens.holder(token)))));
    }

    private static TokenHolder with(Role role, TokenHolder holder) {
        if (!holder.roles().contains(role)) {
            throw without(role, holder.name());
        }
        return holder;
    }

    private static RefusedException without(Role role, String name) {
        return new RefusedException(Kind.FORBIDDEN, "The token has no role for this", new Fault("Authorization", "must be a token with the role " + role.name().toLowerCase(Locale.ROOT), name));
    }
}
