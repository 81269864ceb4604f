package org.zosgrid.workloads;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.zosgrid.contract.Fault;
import org.zosgrid.model.Account;
import org.zosgrid.model.AccountGroup;
import org.zosgrid.model.Accounts;
import org.zosgrid.model.Condition;
import org.zosgrid.workloads.scim.GroupJson;
import org.zosgrid.workloads.scim.Listing;
import org.zosgrid.workloads.scim.Patch;
import org.zosgrid.workloads.scim.Resource;
import org.zosgrid.workloads.scim.Schema;
import org.zosgrid.workloads.scim.ScimException;
import org.zosgrid.workloads.scim.ScimException.Kind;

/** Keeps groups of accounts as a directory of people elsewhere has them (SCIM 2.0, RFC 7644). Which role a group has, the configuration says by its name. */
@Stateless
public class ProvisionGroups {
    private static final int MOST = 10_000;

    @Inject private Provisioners provisioners;
    @Inject private Accounts accounts;

    /** @throws RefusedException FORBIDDEN @throws ScimException for a filter or order that is none */
    public byte[] list(Identity caller, Listing wanted) {
        provisioners.check(caller);
        Condition condition = wanted.condition(Schema.GROUP);
        List<AccountGroup> found = wanted.count() == 0 ? List.of() : accounts.groups(condition, wanted.order(Schema.GROUP), wanted.from(), wanted.count());
        return wanted.answer(accounts.countGroups(condition), found.stream().map(each -> wanted.shows("members") ? resource(each).json() : GroupJson.withoutMembers(each)).toList());
    }

    /** @throws RefusedException FORBIDDEN @throws ScimException NOT_FOUND */
    public Resource read(Identity caller, String id) {
        provisioners.check(caller);
        return resource(group(id));
    }

    /** @throws RefusedException FORBIDDEN @throws ScimException for what is wrong with it, UNIQUENESS for a name that another group has */
    public Resource create(Identity caller, JsonNode body) {
        provisioners.check(caller);
        GroupJson.Said said = GroupJson.said(body);
        if (accounts.countGroups(Condition.ALL) >= MOST) {
            throw new ScimException(Kind.UNIQUENESS, new Fault("groups", "must be at most " + MOST, Integer.toString(MOST)));
        }
        Instant now = now();
        AccountGroup group = new AccountGroup(UUID.randomUUID(), said.name(), said.externalId(), now, now);
        if (!accounts.add(group)) {
            throw taken(said.name());
        }
        join(group, said.members());
        return resource(group);
    }

    /** All that a service may say. @throws ScimException as {@link #create}, NOT_FOUND, CHANGED_MEANWHILE */
    public Resource replace(Identity caller, String id, String ifMatch, JsonNode body) {
        provisioners.check(caller);
        return kept(locked(id, ifMatch), GroupJson.said(body));
    }

    /** @throws ScimException as {@link #replace}, and for changes of which one cannot be done */
    public Resource patch(Identity caller, String id, String ifMatch, JsonNode body) {
        provisioners.check(caller);
        Patch patch = new Patch(body, Schema.GROUP);
        AccountGroup group = locked(id, ifMatch);
        return kept(group, GroupJson.said(patch.applied(GroupJson.attributes(group, accounts.members(group.id())))));
    }

    /** Its members lose the role that it gave them. @throws ScimException NOT_FOUND, CHANGED_MEANWHILE */
    public void remove(Identity caller, String id, String ifMatch) {
        provisioners.check(caller);
        accounts.removeGroup(locked(id, ifMatch).id());
    }

    private Resource kept(AccountGroup before, GroupJson.Said said) {
        if (accounts.groupNamed(said.name()).filter(other -> !other.id().equals(before.id())).isPresent()) {
            throw taken(said.name());
        }
        Set<UUID> members = accounts.members(before.id()).stream().map(Account::id).collect(Collectors.toSet());
        if (before.name().equals(said.name()) && before.externalId().equals(said.externalId()) && members.equals(said.members())) {
            return resource(before);
        }
        AccountGroup after = new AccountGroup(before.id(), said.name(), said.externalId(), before.createdAt(), now());
        accounts.update(after);
        Set<UUID> leaving = new HashSet<>(members);
        leaving.removeAll(said.members());
        leaving.forEach(each -> accounts.leave(after.id(), each));
        Set<UUID> joining = new HashSet<>(said.members());
        joining.removeAll(members);
        join(after, joining);
        return resource(after);
    }

    private void join(AccountGroup group, Set<UUID> members) {
        for (UUID member : members) {
            if (!accounts.join(group.id(), member)) {
                throw new ScimException(Kind.INVALID_VALUE, new Fault("members.value", "must be the id of a user", member.toString()));
            }
        }
    }

    private AccountGroup locked(String id, String ifMatch) {
        AccountGroup found = group(id);
        accounts.lock(found.id());
        AccountGroup group = group(id);
        resource(group).mustBe(ifMatch);
        return group;
    }

    private AccountGroup group(String id) {
        return Schema.id(id).flatMap(accounts::findGroup).orElseThrow(() -> new ScimException(Kind.NOT_FOUND, new Fault("id", "must be that of a group", id)));
    }

    private Resource resource(AccountGroup group) {
        return GroupJson.resource(group, accounts.members(group.id()));
    }

    private static ScimException taken(String name) {
        return new ScimException(Kind.UNIQUENESS, new Fault("displayName", "must be one that no other group has", name));
    }

    /** As the database keeps it: an answer must have the entity tag that the next one has. */
    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }
}
