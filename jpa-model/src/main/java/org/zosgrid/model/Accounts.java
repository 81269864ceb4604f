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
import org.jspecify.annotations.Nullable;
import org.zosgrid.model.Condition.Order;

/** Accounts and their groups. Every method works in the caller's transaction. */
@ApplicationScoped
public class Accounts {
    private static final String ACCOUNT = "select id, name, external_id, display_name, given_name, family_name, email, active, created_at, modified_at from account";
    private static final String GROUP = "select id, name, external_id, created_at, modified_at from account_group";

    @PersistenceContext(unitName = "zos")
    private EntityManager entities;

    protected Accounts() {}

    Accounts(EntityManager entities) {
        this.entities = entities;
    }

    /** The form in which names are kept and compared. */
    public static String name(String given) {
        return given.strip().toLowerCase(Locale.ROOT);
    }

    /** False if somebody has the name. */
    public boolean add(Account account, Optional<String> password) {
        Query insert = entities.createNativeQuery("insert into account (id, name, external_id, display_name, given_name, family_name, email, password, active, created_at, modified_at)"
                        + " values (:id, :name, nullif(:external, ''), :display, nullif(:given, ''), nullif(:family, ''), nullif(:email, ''), nullif(:password, ''), :active, :created, :modified) on conflict (name) do nothing")
                .setParameter("password", password.orElse("")).setParameter("created", account.createdAt());
        return said(insert, account).executeUpdate() > 0;
    }

    /** Everything but its password and the time it was made. An account that is not active any more has no logins left, and neither has one whose name was another. */
    public void update(Account account) {
        Optional<Account> before = find(account.id());
        said(entities.createNativeQuery("update account set name = :name, external_id = nullif(:external, ''), display_name = :display, given_name = nullif(:given, ''), family_name = nullif(:family, ''),"
                + " email = nullif(:email, ''), active = :active, modified_at = :modified where id = :id"), account).executeUpdate();
        before.filter(was -> !account.active() || !was.name().equals(account.name())).ifPresent(this::endLogins);
    }

    private static Query said(Query query, Account account) {
        return query.setParameter("id", account.id()).setParameter("name", account.name()).setParameter("external", account.externalId().orElse("")).setParameter("display", account.profile().displayName())
                .setParameter("given", account.profile().givenName()).setParameter("family", account.profile().familyName()).setParameter("email", account.profile().email())
                .setParameter("active", account.active()).setParameter("modified", account.modifiedAt());
    }

    /** Logins with the password before end with it. */
    public void changePassword(Account account, String password) {
        entities.createNativeQuery("update account set password = :password where id = :id").setParameter("password", password).setParameter("id", account.id()).executeUpdate();
        endLogins(account);
    }

    /** With its logins, also those that a directory let in under its name. False if there was none. */
    public boolean remove(UUID id) {
        find(id).ifPresent(this::endLogins);
        return entities.createNativeQuery("delete from account where id = :id").setParameter("id", id).executeUpdate() > 0;
    }

    private void endLogins(Account account) {
        entities.createNativeQuery("delete from login where account_id = :id or name = :name").setParameter("id", account.id()).setParameter("name", account.name()).executeUpdate();
    }

    /** Nobody else changes the account, or the group, before this transaction ends; false if there is none. */
    public boolean lock(UUID id) {
        return !entities.createNativeQuery("select cast(id as text) from account where id = :id for update", String.class).setParameter("id", id).getResultList().isEmpty()
                || !entities.createNativeQuery("select cast(id as text) from account_group where id = :id for update", String.class).setParameter("id", id).getResultList().isEmpty();
    }

    public Optional<Account> find(UUID id) {
        return by(ACCOUNT, "id", id).stream().map(Accounts::account).findFirst();
    }

    public Optional<Account> byName(String name) {
        return by(ACCOUNT, "name", name(name)).stream().map(Accounts::account).findFirst();
    }

    /** The hash of its password; empty if it has none or there is no such account. */
    public Optional<String> password(String name) {
        List<?> found = entities.createNativeQuery("select password from account where name = :name and password is not null", String.class).setParameter("name", name(name)).getResultList();
        return found.stream().map(String.class::cast).findFirst();
    }

    /** At most {@code limit} after the first {@code from}. */
    public List<Account> accounts(Condition wanted, Order order, int from, int limit) {
        return found(ACCOUNT, wanted, order, from, limit).stream().map(Accounts::account).toList();
    }

    public long countAccounts(Condition wanted) {
        return count("account", wanted);
    }

    /** False if there is one of that name. */
    public boolean add(AccountGroup group) {
        return entities.createNativeQuery("insert into account_group (id, name, external_id, created_at, modified_at) values (:id, :name, nullif(:external, ''), :created, :modified) on conflict (name) do nothing")
                .setParameter("id", group.id()).setParameter("name", group.name()).setParameter("external", group.externalId().orElse(""))
                .setParameter("created", group.createdAt()).setParameter("modified", group.modifiedAt()).executeUpdate() > 0;
    }

    public void update(AccountGroup group) {
        entities.createNativeQuery("update account_group set name = :name, external_id = nullif(:external, ''), modified_at = :modified where id = :id")
                .setParameter("id", group.id()).setParameter("name", group.name()).setParameter("external", group.externalId().orElse("")).setParameter("modified", group.modifiedAt()).executeUpdate();
    }

    public boolean removeGroup(UUID id) {
        return entities.createNativeQuery("delete from account_group where id = :id").setParameter("id", id).executeUpdate() > 0;
    }

    public Optional<AccountGroup> findGroup(UUID id) {
        return by(GROUP, "id", id).stream().map(Accounts::group).findFirst();
    }

    public Optional<AccountGroup> groupNamed(String name) {
        return by(GROUP, "name", name).stream().map(Accounts::group).findFirst();
    }

    /** The group of that name, made if there is none. */
    public AccountGroup group(String name, Instant now) {
        return groupNamed(name).orElseGet(() -> {
            AccountGroup made = new AccountGroup(UUID.randomUUID(), name, Optional.empty(), now, now);
            add(made);
            return groupNamed(name).orElse(made); // somebody may have been first
        });
    }

    public List<AccountGroup> groups(Condition wanted, Order order, int from, int limit) {
        return found(GROUP, wanted, order, from, limit).stream().map(Accounts::group).toList();
    }

    public long countGroups(Condition wanted) {
        return count("account_group", wanted);
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
        Set<String> names = new TreeSet<>();
        memberships(account).forEach(each -> names.add(each.name()));
        return names;
    }

    /** The groups with this member, by name. */
    public List<AccountGroup> memberships(UUID account) {
        return groups(new Condition.Member(account), Order.BY_NAME, 0, Integer.MAX_VALUE);
    }

    /** @param column that has an index */
    private List<Object[]> by(String select, String column, Object value) {
        return rows(entities.createNativeQuery(select + " where " + column + " = :value", Object[].class).setParameter("value", value));
    }

    private List<Object[]> found(String select, Condition wanted, Order order, int from, int limit) {
        Condition.Sql sql = new Condition.Sql(wanted);
        Query query = entities.createNativeQuery(select + sql.where() + order.sql(), Object[].class);
        sql.values().forEach(query::setParameter);
        return rows(query.setFirstResult(from).setMaxResults(limit));
    }

    private long count(String table, Condition wanted) {
        Condition.Sql sql = new Condition.Sql(wanted);
        Query query = entities.createNativeQuery("select count(*) from " + table + sql.where(), Long.class);
        sql.values().forEach(query::setParameter);
        return ((Number) query.getSingleResult()).longValue();
    }

    private static List<Object[]> rows(Query query) {
        List<?> rows = query.getResultList();
        return rows.stream().map(Object[].class::cast).toList();
    }

    private static Account account(Object[] row) {
        return new Account((UUID) row[0], (String) row[1], Optional.ofNullable((String) row[2]), new Account.Profile((String) row[3], text(row[4]), text(row[5]), text(row[6])),
                (Boolean) row[7], (Instant) row[8], (Instant) row[9]);
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : (String) value;
    }

    private static AccountGroup group(Object[] row) {
        return new AccountGroup((UUID) row[0], (String) row[1], Optional.ofNullable((String) row[2]), (Instant) row[3], (Instant) row[4]);
    }
}
