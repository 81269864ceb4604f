package org.zosgrid.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Accounts, their groups and their logins on a real PostgreSQL. */
class AccountsTest {
    private static final Instant NOW = Instant.parse("2026-11-26T03:00:00Z");

    private final TestDatabase database = TestDatabase.create();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void whatIsKeptComesBackAndNothingElse() {
        Account alice = account("alice", Optional.of("E-1"));
        Account bob = account("bob", Optional.empty());
        database.run(entities -> {
            new Accounts(entities).add(alice, Optional.of("hash"));
            new Accounts(entities).add(bob, Optional.empty());
        });
        database.run(entities -> {
            Accounts accounts = new Accounts(entities);
            assertThat(accounts.byName(" ALICE ")).contains(alice);
            assertThat(accounts.password("alice")).contains("hash");
            assertThat(accounts.password("bob")).isEmpty();
            assertThat(accounts.find(bob.id())).contains(bob);
            assertThat(accounts.accounts(Accounts.Wanted.ALL, 1, 1)).containsExactly(bob);
            assertThat(accounts.accounts(new Accounts.Wanted("external_id", "E-1"), 0, 10)).containsExactly(alice);
            assertThat(accounts.countAccounts(Accounts.Wanted.ALL)).isEqualTo(2);
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
            new Accounts(entities).update(new Account(alice.id(), "alice", Optional.empty(), "", false, NOW, NOW));
        });
        database.run(entities -> {
            assertThat(new Logins(entities).find("own", NOW)).isEmpty();
            assertThat(new Accounts(entities).byName("alice").orElseThrow().active()).isFalse();
            new Logins(entities).end("ldap");
            assertThat(new Logins(entities).find("ldap", NOW)).isEmpty();
        });
    }

    private static Account account(String name, Optional<String> externalId) {
        return new Account(UUID.randomUUID(), name, externalId, name + "'s display name", true, NOW, NOW);
    }
}
