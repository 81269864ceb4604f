package org.zosgrid.workloads;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import org.zosgrid.contract.Fault;
import org.zosgrid.model.CurrentOrganisation;
import org.zosgrid.workloads.RefusedException.Kind;
import org.zosgrid.workloads.login.CheckPassword;
import org.zosgrid.workloads.login.LoginTokens;
import org.zosgrid.workloads.organisation.KnownOrganisations;
import org.zosgrid.workloads.view.LoginView;

/** Takes a name and a password, and answers a token that counts for a while: for reading and setting this server up. A login signs nothing. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class LogIn {
    @Inject private KnownOrganisations organisations;
    @Inject private CheckPassword passwords;
    @Inject private LoginTokens tokens;

    /** @throws RefusedException UNAUTHENTICATED, FORBIDDEN for somebody whose groups have no role, UNAVAILABLE if the directory does not answer */
    public LoginView logIn(String organisation, String name, String password) {
        if (organisations.find(organisation).isEmpty()) {
            throw new RefusedException(Kind.UNAUTHENTICATED, "Nobody is known by this name and password", new Fault("name", "must be an account's, with its password", name));
        }
        return CurrentOrganisation.in(organisation, () -> passwords.check(name, password));
    }

    /** Ends the login that a request shows; one that is proved in another way has none. */
    public void logOut(String token) {
        tokens.end(token);
    }
}
