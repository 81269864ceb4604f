package org.zosgrid.workloads;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.zosgrid.contract.Fault;
import org.zosgrid.model.Account;
import org.zosgrid.model.AccountGroup;
import org.zosgrid.model.Accounts;
import org.zosgrid.model.Condition;
import org.zosgrid.workloads.login.Passwords;
import org.zosgrid.workloads.scim.Listing;
import org.zosgrid.workloads.scim.Patch;
import org.zosgrid.workloads.scim.Resource;
import org.zosgrid.workloads.scim.Schema;
import org.zosgrid.workloads.scim.ScimException;
import org.zosgrid.workloads.scim.ScimException.Kind;
import org.zosgrid.workloads.scim.UserJson;

/** Keeps accounts as a directory of people elsewhere has them (SCIM 2.0, RFC 7644). Whoever is not active any more, or is gone, is logged out in the same transaction. */
@Stateless
public class ProvisionUsers {
    private static final int MOST = 100_000;

    @Inject private Provisioners provisioners;
    @Inject private Accounts accounts;
    @Inject private Passwords passwords;

    /** @throws RefusedException FORBIDDEN @throws ScimException for a filter or order that is none */
    public byte[] list(Identity caller, Listing wanted) {
        provisioners.check(caller);
        Condition condition = wanted.condition(Schema.USER);
        List<Account> found = wanted.count() == 0 ? List.of() : accounts.accounts(condition, wanted.order(Schema.USER), wanted.from(), wanted.count());
        return wanted.answer(accounts.countAccounts(condition), found.stream().map(this::resource).map(Resource::json).toList());
    }

    /** @throws RefusedException FORBIDDEN @throws ScimException NOT_FOUND */
    public Resource read(Identity caller, String id) {
        provisioners.check(caller);
        return resource(account(id));
    }

    /** @throws RefusedException FORBIDDEN @throws ScimException for what is wrong with it, UNIQUENESS for a name that somebody has */
    public Resource create(Identity caller, JsonNode body) {
        provisioners.check(caller);
        UserJson.Said said = UserJson.said(body);
        if (accounts.countAccounts(Condition.ALL) >= MOST) {
            throw new ScimException(Kind.UNIQUENESS, new Fault("users", "must be at most " + MOST, Integer.toString(MOST)));
        }
        Instant now = now();
        Account account = new Account(UUID.randomUUID(), said.name(), said.externalId(), said.profile(), said.active().orElse(true), now, now);
        if (!accounts.add(account, said.password().map(passwords::hash))) {
            throw taken(said.name());
        }
        return resource(account);
    }

    /** All that a service may say; whether it is active stays, where nothing is said about it. @throws ScimException as {@link #create}, NOT_FOUND, CHANGED_MEANWHILE */
    public Resource replace(Identity caller, String id, String ifMatch, JsonNode body) {
        provisioners.check(caller);
        return kept(locked(id, ifMatch), UserJson.said(body));
    }

    /** @throws ScimException as {@link #replace}, and for changes of which one cannot be done */
    public Resource patch(Identity caller, String id, String ifMatch, JsonNode body) {
        provisioners.check(caller);
        Patch patch = new Patch(body, Schema.USER);
        Account account = locked(id, ifMatch);
        ObjectNode changed = patch.applied(UserJson.attributes(account));
        return kept(account, UserJson.said(changed));
    }

    /** @throws ScimException NOT_FOUND, CHANGED_MEANWHILE */
    public void remove(Identity caller, String id, String ifMatch) {
        provisioners.check(caller);
        accounts.remove(locked(id, ifMatch).id());
    }

    private Resource kept(Account before, UserJson.Said said) {
        if (accounts.byName(said.name()).filter(other -> !other.id().equals(before.id())).isPresent()) {
            throw taken(said.name());
        }
        Account after = new Account(before.id(), said.name(), said.externalId(), said.profile(), said.active().orElse(before.active()), before.createdAt(), now());
        boolean same = after.equals(new Account(before.id(), before.name(), before.externalId(), before.profile(), before.active(), before.createdAt(), after.modifiedAt()));
        if (!same) {
            accounts.update(after);
        }
        said.password().ifPresent(password -> accounts.changePassword(after, passwords.hash(password)));
        return resource(same ? before : after);
    }

    private Account locked(String id, String ifMatch) {
        Account found = account(id);
        accounts.lock(found.id());
        Account account = account(id);
        resource(account).mustBe(ifMatch);
        return account;
    }

    private Account account(String id) {
        Optional<UUID> read = Schema.id(id);
        return read.flatMap(accounts::find).orElseThrow(() -> new ScimException(Kind.NOT_FOUND, new Fault("id", "must be that of a user", id)));
    }

    private Resource resource(Account account) {
        List<AccountGroup> groups = accounts.memberships(account.id());
        return UserJson.resource(account, groups);
    }

    private static ScimException taken(String name) {
        return new ScimException(Kind.UNIQUENESS, new Fault("userName", "must be one that nobody has", name));
    }

    /** As the database keeps it: an answer must have the entity tag that the next one has. */
    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }
}
