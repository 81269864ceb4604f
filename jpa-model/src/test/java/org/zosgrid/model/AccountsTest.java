package org.zosgrid.model;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.zosgrid.model.Condition.Column;
import org.zosgrid.model.Condition.Comparison;
import org.zosgrid.model.Condition.Order;

/** Accounts, their groups and their logins on a real PostgreSQL. */
class AccountsTest {
    private static final Instant NOW = Instant.parse("2026-11-26T03:00:00Z");

    private final TestDatabase database = TestDatabase.create();

    @Test
    void whatIsKeptComesBackAndNothingElse() {
        Account alice = account("alice", Optional.of("E-1"));
        Account bob = account("bob", Optional.empty());
        database.run(entities -> {
            new Accounts(entities).add(alice, Optional.of("hash"));
            new Accounts(entities).add(bob, Optional.empty());
            assertThat(new Accounts(entities).add(account("alice", Optional.empty()), Optional.empty())).as("the name is taken").isFalse();
        });
        database.run(entities -> {
            Accounts accounts = new Accounts(entities);
            assertThat(accounts.byName(" ALICE ")).contains(alice);
            assertThat(accounts.password("alice")).contains("hash");
            assertThat(accounts.password("bob")).isEmpty();
            assertThat(accounts.find(bob.id())).contains(bob);
            assertThat(accounts.accounts(Condition.ALL, Order.BY_NAME, 1, 1)).containsExactly(bob);
            assertThat(accounts.accounts(Condition.equal(Column.EXTERNAL_ID, "E-1"), Order.BY_NAME, 0, 10)).containsExactly(alice);
            assertThat(accounts.countAccounts(Condition.ALL)).isEqualTo(2);
            assertThat(accounts.remove(UUID.randomUUID())).isFalse();
        });
    }

    @Test
    void membersJoinAndLeaveAndGoWithTheirAccount() {
        Account alice = account("alice", Optional.empty());
        UUID group = database.ask(entities -> {
            new Accounts(entities).add(alice, Optional.empty());
            AccountGroup auditors = new Accounts(entities).group("auditors", NOW);
            assertThat(new Accounts(entities).group("auditors", NOW)).isEqualTo(auditors);
            assertThat(new Accounts(entities).join(auditors.id(), alice.id())).isTrue();
            assertThat(new Accounts(entities).join(auditors.id(), alice.id())).isFalse();
            assertThat(new Accounts(entities).join(auditors.id(), UUID.randomUUID())).isFalse();
            return auditors.id();
        });
        database.run(entities -> {
            assertThat(new Accounts(entities).groupsOf(alice.id())).containsExactly("auditors");
            assertThat(new Accounts(entities).members(group)).containsExactly(alice);
            new Accounts(entities).remove(alice.id());
        });
        List<Account> left = database.ask(entities -> new Accounts(entities).members(group));
        assertThat(left).isEmpty();
    }

    @Test
    void accountsAreFoundByWhatIsSaidOfThem() {
        Account alice = account("alice", Optional.of("E-1"));
        Account bob = new Account(UUID.randomUUID(), "bob", Optional.empty(), Account.Profile.named("50% _off'"), false, NOW.plusSeconds(5), NOW);
        database.run(entities -> {
            Accounts accounts = new Accounts(entities);
            accounts.add(alice, Optional.empty());
            accounts.add(bob, Optional.empty());
            accounts.join(accounts.group("Auditors", NOW).id(), alice.id());
        });
        database.run(entities -> {
            assertThat(names(entities, text(Column.NAME, Comparison.EQUAL, "ALICE"))).containsExactly("alice");
            assertThat(names(entities, text(Column.EXTERNAL_ID, Comparison.EQUAL, "e-1"))).as("ids differ in case").isEmpty();
            assertThat(names(entities, text(Column.EXTERNAL_ID, Comparison.NOT_EQUAL, "E-1"))).as("who has none has another one").containsExactly("bob");
            assertThat(names(entities, text(Column.EMAIL, Comparison.ENDS, "@EXAMPLE.org"))).containsExactly("alice");
            assertThat(names(entities, text(Column.DISPLAY_NAME, Comparison.CONTAINS, "% _"))).as("no wildcards").containsExactly("bob");
            assertThat(names(entities, text(Column.DISPLAY_NAME, Comparison.STARTS, "50% _OFF'"))).containsExactly("bob");
            assertThat(names(entities, text(Column.NAME, Comparison.GREATER, "alice"))).containsExactly("bob");
            assertThat(names(entities, new Condition.Present(Column.EMAIL))).containsExactly("alice");
            assertThat(names(entities, new Condition.Not(new Condition.Present(Column.EMAIL)))).containsExactly("bob");
            assertThat(names(entities, new Condition.Active(false))).containsExactly("bob");
            assertThat(names(entities, new Condition.Time(Column.CREATED, Comparison.GREATER, NOW))).containsExactly("bob");
            assertThat(names(entities, new Condition.And(new Condition.Active(true), text(Column.NAME, Comparison.EQUAL, "bob")))).isEmpty();
            assertThat(names(entities, new Condition.Or(new Condition.Active(true), text(Column.NAME, Comparison.EQUAL, "bob")))).containsExactly("alice", "bob");
            assertThat(new Accounts(entities).accounts(Condition.ALL, new Order(Column.NAME, true), 0, 10)).containsExactly(bob, alice);
            assertThat(new Accounts(entities).groups(new Condition.Member(alice.id()), Order.BY_NAME, 0, 10)).extracting(AccountGroup::name).containsExactly("Auditors");
            assertThat(new Accounts(entities).countGroups(new Condition.Member(bob.id()))).isZero();
        });
    }

    @Test
    void aLoginOfADirectoryEndsWithItsAccountToo() {
        Account carol = account("carol", Optional.empty());
        database.run(entities -> {
            new Accounts(entities).add(carol, Optional.empty());
            new Logins(entities).add("ldap", new Logins.Login("carol", Optional.empty(), Set.of("auditors"), NOW.plusSeconds(60)));
            new Accounts(entities).remove(carol.id());
        });
        database.run(entities -> assertThat(new Logins(entities).find("ldap", NOW)).isEmpty());
    }

    private static Condition text(Column column, Comparison comparison, String value) {
        return new Condition.Text(column, comparison, value);
    }

    private static List<String> names(EntityManager entities, Condition wanted) {
        List<String> names = new Accounts(entities).accounts(wanted, Order.BY_NAME, 0, 10).stream().map(Account::name).toList();
        assertThat(new Accounts(entities).countAccounts(wanted)).isEqualTo(names.size());
        return names;
    }

    @Test
    void aLoginEndsWithItsTimeAndWithItsAccountsActivity() {
        Account alice = account("alice", Optional.empty());
        database.run(entities -> {
            new Accounts(entities).add(alice, Optional.empty());
            new Logins(entities).add("own", new Logins.Login("alice", Optional.of(alice.id()), Set.of(), NOW.plusSeconds(60)));
            new Logins(entities).add("ldap", new Logins.Login("carol", Optional.empty(), Set.of("one group", "another"), NOW.plusSeconds(60)));
        });
        database.run(entities -> {
            assertThat(new Logins(entities).find("own", NOW)).isPresent();
            assertThat(new Logins(entities).find("own", NOW.plusSeconds(60))).isEmpty();
            assertThat(new Logins(entities).find("ldap", NOW).orElseThrow().groups()).containsExactlyInAnyOrder("one group", "another");
            new Accounts(entities).update(new Account(alice.id(), "alice", Optional.empty(), alice.profile(), false, NOW, NOW));
        });
        database.run(entities -> {
            assertThat(new Logins(entities).find("own", NOW)).isEmpty();
            assertThat(new Accounts(entities).byName("alice").orElseThrow().active()).isFalse();
            new Logins(entities).end("ldap");
            assertThat(new Logins(entities).find("ldap", NOW)).isEmpty();
        });
    }

    private static Account account(String name, Optional<String> externalId) {
        return new Account(UUID.randomUUID(), name, externalId, new Account.Profile(name + "'s display name", "", name + "son", name + "@example.org"), true, NOW, NOW);
    }
}
