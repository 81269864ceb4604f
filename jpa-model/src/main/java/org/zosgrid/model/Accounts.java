package org.zosgrid.model;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** Accounts and their groups. Every method works in the caller's transaction. */
@ApplicationScoped
public class Accounts {
    private static final String ACCOUNT = "select id, name, external_id, display_name, active, created_at, modified_at from account";
    private static final String GROUP = "select id, name, external_id, created_at, modified_at from account_group";

    @PersistenceContext(unitName = "zos")
    private EntityManager entities;

    protected Accounts() {}

    Accounts(EntityManager entities) {
        this.entities = entities;
    }

    /** What accounts or groups are looked for by; empty texts mean all. */
    public record Wanted(String column, String value) {
        public static final Wanted ALL = new Wanted("", "");

        /** @param column of those that a filter may name */
        public Wanted {
            if (!Set.of("", "id", "name", "external_id").contains(column)) {
                throw new IllegalArgumentException("column: must be id, name or external_id (is: " + column + ")");
            }
        }

        private String where() {
            return column.isEmpty() ? "" : " where " + (column.equals("id") ? "cast(id as text)" : column) + " = :value";
        }

        private Query in(Query query) {
            return column.isEmpty() ? query : query.setParameter("value", value);
        }
    }

    /** The form in which names are kept and compared. */
    public static String name(String given) {
        return given.strip().toLowerCase(Locale.ROOT);
    }

    public void add(Account account, Optional<String> password) {
        entities.createNativeQuery("insert into account (id, name, external_id, display_name, password, active, created_at, modified_at) values (:id, :name, nullif(:external, ''), :display, nullif(:password, ''), :active, :created, :modified)")
                .setParameter("id", account.id()).setParameter("name", account.name()).setParameter("external", account.externalId().orElse("")).setParameter("display", account.displayName())
                .setParameter("password", password.orElse("")).setParameter("active", account.active()).setParameter("created", account.createdAt()).setParameter("modified", account.modifiedAt()).executeUpdate();
    }

    /** Everything but its password and the time it was made. An account that is not active any more has no logins left. */
    public void update(Account account) {
        entities.createNativeQuery("update account set name = :name, external_id = nullif(:external, ''), display_name = :display, active = :active, modified_at = :modified where id = :id")
                .setParameter("id", account.id()).setParameter("name", account.name()).setParameter("external", account.externalId().orElse("")).setParameter("display", account.displayName())
                .setParameter("active", account.active()).setParameter("modified", account.modifiedAt()).executeUpdate();
        if (!account.active()) {
            entities.createNativeQuery("delete from login where account_id = :id").setParameter("id", account.id()).executeUpdate();
        }
    }

    /** False if there was none. */
    public boolean remove(UUID id) {
        return entities.createNativeQuery("delete from account where id = :id").setParameter("id", id).executeUpdate() > 0;
    }

    public Optional<Account> find(UUID id) {
        return accounts(new Wanted("id", id.toString()), 0, 1).stream().findFirst();
    }

    public Optional<Account> byName(String name) {
        return accounts(new Wanted("name", name(name)), 0, 1).stream().findFirst();
    }

    /** The hash of its password; empty if it has none or there is no such account. */
    public Optional<String> password(String name) {
        List<?> found = entities.createNativeQuery("select password from account where name = :name and password is not null", String.class).setParameter("name", name(name)).getResultList();
        return found.stream().map(String.class::cast).findFirst();
    }

    /** By name: at most {@code limit} after the first {@code from}. */
    public List<Account> accounts(Wanted wanted, int from, int limit) {
        return rows(wanted.in(entities.createNativeQuery(ACCOUNT + wanted.where() + " order by name", Object[].class)).setFirstResult(from).setMaxResults(limit)).stream().map(Accounts::account).toList();
    }

    public long countAccounts(Wanted wanted) {
        return ((Number) wanted.in(entities.createNativeQuery("select count(*) from account" + wanted.where(), Long.class)).getSingleResult()).longValue();
    }

    public void add(AccountGroup group) {
        entities.createNativeQuery("insert into account_group (id, name, external_id, created_at, modified_at) values (:id, :name, nullif(:external, ''), :created, :modified)")
                .setParameter("id", group.id()).setParameter("name", group.name()).setParameter("external", group.externalId().orElse(""))
                .setParameter("created", group.createdAt()).setParameter("modified", group.modifiedAt()).executeUpdate();
    }

    public void update(AccountGroup group) {
        entities.createNativeQuery("update account_group set name = :name, external_id = nullif(:external, ''), modified_at = :modified where id = :id")
                .setParameter("id", group.id()).setParameter("name", group.name()).setParameter("external", group.externalId().orElse("")).setParameter("modified", group.modifiedAt()).executeUpdate();
    }

    public boolean removeGroup(UUID id) {
        return entities.createNativeQuery("delete from account_group where id = :id").setParameter("id", id).executeUpdate() > 0;
    }

    public Optional<AccountGroup> findGroup(UUID id) {
        return groups(new Wanted("id", id.toString()), 0, 1).stream().findFirst();
    }

    /** The group of that name, made if there is none. */
    public AccountGroup group(String name, Instant now) {
        return groups(new Wanted("name", name), 0, 1).stream().findFirst().orElseGet(() -> {
            AccountGroup made = new AccountGroup(UUID.randomUUID(), name, Optional.empty(), now, now);
            add(made);
            return made;
        });
    }

    public List<AccountGroup> groups(Wanted wanted, int from, int limit) {
        return rows(wanted.in(entities.createNativeQuery(GROUP + wanted.where() + " order by name", Object[].class)).setFirstResult(from).setMaxResults(limit)).stream().map(Accounts::group).toList();
    }

    public long countGroups(Wanted wanted) {
        return ((Number) wanted.in(entities.createNativeQuery("select count(*) from account_group" + wanted.where(), Long.class)).getSingleResult()).longValue();
    }

    /** False if there is no such account, or it is a member already. */
    public boolean join(UUID group, UUID account) {
        return entities.createNativeQuery("insert into account_group_member (group_id, account_id) select :group, id from account where id = :account on conflict do nothing")
                .setParameter("group", group).setParameter("account", account).executeUpdate() > 0;
    }

    public void leave(UUID group, UUID account) {
        entities.createNativeQuery("delete from account_group_member where group_id = :group and account_id = :account").setParameter("group", group).setParameter("account", account).executeUpdate();
    }

    public void leaveAll(UUID group) {
        entities.createNativeQuery("delete from account_group_member where group_id = :group").setParameter("group", group).executeUpdate();
    }

    /** By name. */
    public List<Account> members(UUID group) {
        return rows(entities.createNativeQuery(ACCOUNT + " where id in (select account_id from account_group_member where group_id = :group) order by name", Object[].class).setParameter("group", group))
                .stream().map(Accounts::account).toList();
    }

    public Set<String> groupsOf(UUID account) {
        List<?> names = entities.createNativeQuery("select g.name from account_group g join account_group_member m on m.group_id = g.id where m.account_id = :account", String.class)
                .setParameter("account", account).getResultList();
        Set<String> groups = new TreeSet<>();
        names.forEach(each -> groups.add((String) each));
        return groups;
    }

    private static List<Object[]> rows(Query query) {
        List<?> rows = query.getResultList();
        return rows.stream().map(Object[].class::cast).toList();
    }

    private static Account account(Object[] row) {
        return new Account((UUID) row[0], (String) row[1], Optional.ofNullable((String) row[2]), (String) row[3], (Boolean) row[4], (Instant) row[5], (Instant) row[6]);
    }

    private static AccountGroup group(Object[] row) {
        return new AccountGroup((UUID) row[0], (String) row[1], Optional.ofNullable((String) row[2]), (Instant) row[3], (Instant) row[4]);
    }
}
