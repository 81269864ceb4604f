package org.zosgrid.workloads.login;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.zosgrid.contract.Fault;
import org.zosgrid.model.Account;
import org.zosgrid.model.Accounts;
import org.zosgrid.model.CurrentOrganisation;
import org.zosgrid.model.Logins;
import org.zosgrid.workloads.RefusedException;
import org.zosgrid.workloads.RefusedException.Kind;
import org.zosgrid.workloads.TokenHolder;
import org.zosgrid.workloads.TokenHolder.Role;

/** What is known of accounts and logins: each call a transaction of its own, none of which lasts while a directory is waited for or a password is compared. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class KeepLogins {
    @Inject private Accounts accounts;
    @Inject private Logins logins;
    @Inject private LoginRoles roles;

    public Optional<Account> account(String name) {
        return accounts.byName(name);
    }

    public Optional<String> password(String name) {
        return accounts.password(name);
    }

    public Set<String> groups(Account account) {
        return accounts.groupsOf(account.id());
    }

    public void keep(String digest, Logins.Login login) {
        logins.forgetBefore(Instant.now());
        logins.add(digest, login);
    }

    public void end(String digest) {
        logins.end(digest);
    }

    /**
     * Who is logged in so: with the groups that an account has now, so that what is taken from it is gone at once.
     *
     * @throws RefusedException UNAUTHENTICATED or FORBIDDEN
     */
    public TokenHolder holder(String digest) {
        Logins.Login login = logins.find(digest, Instant.now()).orElseThrow(() -> new RefusedException(Kind.UNAUTHENTICATED, "The login has ended", new Fault("Authorization", "must be a login that has not ended or expired", "a token")));
        Optional<Account> account = login.account().map(id -> accounts.find(id).orElseThrow()).or(() -> accounts.byName(login.name()));
        if (account.isPresent() && !account.get().active()) {
            throw new RefusedException(Kind.UNAUTHENTICATED, "The account is not active", new Fault("name", "must be an active account's", login.name()));
        }
        Set<String> groups = login.account().isPresent() ? accounts.groupsOf(login.account().get()) : login.groups();
        return new TokenHolder("login/" + login.name(), login.name(), atLeastOne(groups, login.name()), CurrentOrganisation.name());
    }

    /** @throws RefusedException FORBIDDEN */
    public Set<Role> atLeastOne(Set<String> groups, String name) {
        Set<Role> held = roles.of(groups);
        if (held.isEmpty()) {
            throw new RefusedException(Kind.FORBIDDEN, "The account's groups have no role here", new Fault("groups", "must have one of zos.logins.readers or zos.logins.administrators", name));
        }
        return held;
    }
}
