package org.zosgrid.workloads.login;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.zosgrid.contract.Fault;
import org.zosgrid.model.Account;
import org.zosgrid.model.Accounts;
import org.zosgrid.model.CurrentOrganisation;
import org.zosgrid.model.Logins;
import org.zosgrid.workloads.RefusedException;
import org.zosgrid.workloads.RefusedException.Kind;
import org.zosgrid.workloads.TokenHolder.Role;
import org.zosgrid.workloads.view.LoginView;

/**
 * Whether a password is right: of an account that has one here, or else of somebody whom the directory knows. The directory is the default organisation's. Who has an account here that is
 * not active does not get in either way.
 */
@ApplicationScoped
public class CheckPassword {
    /** A comparison takes 19 MiB and a tenth of a second; strangers may ask for it. */
    private static final int AT_ONCE = 2;

    private final Semaphore comparisons = new Semaphore(AT_ONCE, true);

    @EJB private KeepLogins logins;
    @Inject private LdapSettings ldap;
    @Inject private FailedLogins failures;
    @Inject private LoginRoles roles;

    /** @throws RefusedException UNAUTHENTICATED, FORBIDDEN or UNAVAILABLE */
    public LoginView check(String given, String password) {
        String name = Accounts.name(given);
        String place = CurrentOrganisation.name() + "/" + name;
        failures.barredUntil(place, Instant.now()).ifPresent(until -> {
            throw new RefusedException(Kind.UNAUTHENTICATED, "Too many logins have failed", new Fault("name", "must not be tried before " + until, name));
        });
        Optional<Logins.Login> login = login(name, password, Instant.now().plus(roles.lifetime()));
        if (login.isEmpty()) {
            failures.failed(place, Instant.now());
            throw new RefusedException(Kind.UNAUTHENTICATED, "Nobody is known by this name and password", new Fault("name", "must be an account's, with its password", name));
        }
        failures.succeeded(place);
        Set<Role> held = logins.atLeastOne(login.get().groups(), name);
        LoginToken token = LoginToken.make(CurrentOrganisation.name());
        logins.keep(token.digest(), login.get());
        return new LoginView(token.text(), login.get().name(), held.stream().map(role -> role.name().toLowerCase(java.util.Locale.ROOT)).sorted().toList(), login.get().expiresAt());
    }

    private Optional<Logins.Login> login(String name, String password, Instant expires) {
        Optional<Account> account = logins.account(name);
        Optional<String> kept = logins.password(name);
        if (kept.isEmpty() && CurrentOrganisation.isDefault() && ldap.directory().isPresent()) {
            return ldap.directory().get().find(name, password).filter(person -> account.isEmpty() || account.get().active())
                    .map(person -> new Logins.Login(Accounts.name(person.name()), Optional.empty(), person.groups(), expires));
        }
        boolean right = compared(password, kept);
        return account.filter(each -> right && each.active()).map(each -> new Logins.Login(each.name(), Optional.of(each.id()), logins.groups(each), expires));
    }

    private boolean compared(String password, Optional<String> kept) {
        comparisons.acquireUninterruptibly();
        try {
            return kept.map(hash -> PasswordHash.verify(password, hash)).orElseGet(() -> PasswordHash.verifyNobodys(password));
        } finally {
            comparisons.release();
        }
    }
}
