package org.zosgrid.workloads.login;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.zosgrid.contract.Fault;
import org.zosgrid.model.CurrentOrganisation;
import org.zosgrid.workloads.RefusedException;
import org.zosgrid.workloads.RefusedException.Kind;
import org.zosgrid.workloads.TokenHolder;
import org.zosgrid.workloads.organisation.KnownOrganisations;

/** Recognises the tokens of logins, and accounts that have lost their access. */
@ApplicationScoped
public class LoginTokens {
    @EJB private KeepLogins logins;
    @Inject private KnownOrganisations organisations;

    /**
     * Who shows this token; empty if it is none of a login.
     *
     * @throws RefusedException UNAUTHENTICATED or FORBIDDEN
     */
    public Optional<TokenHolder> holder(String token) {
        return LoginToken.parse(token).map(login -> {
            if (organisations.find(login.organisation()).isEmpty()) {
                throw new RefusedException(Kind.UNAUTHENTICATED, "The login has ended", new Fault("Authorization", "must be a login that has not ended or expired", "a token"));
            }
            return CurrentOrganisation.in(login.organisation(), () -> logins.holder(login.digest()));
        });
    }

    /** Ends a login; what is none is left alone. */
    public void end(String token) {
        LoginToken.parse(token).filter(login -> organisations.find(login.organisation()).isPresent())
                .ifPresent(login -> CurrentOrganisation.run(login.organisation(), () -> logins.end(login.digest())));
    }

    /** Whoever has proved their name elsewhere gets in unless an account of that name says that it is not active. */
    public TokenHolder unlessInactive(TokenHolder holder) {
        boolean inactive = CurrentOrganisation.in(holder.organisation(), () -> logins.account(holder.name()).filter(account -> !account.active()).isPresent());
        if (inactive) {
            throw new RefusedException(Kind.FORBIDDEN, "The account is not active", new Fault("name", "must be an active account's", holder.name()));
        }
        return holder;
    }
}
