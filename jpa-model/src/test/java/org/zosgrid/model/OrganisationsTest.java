package org.zosgrid.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.EntityManager;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.zosgrid.contract.ledger.LedgerEntry;

/** Two organisations in one database: the same names, numbers and keys in both, and neither sees a row of the other. */
class OrganisationsTest {
    private static final Instant NOW = Instant.parse("2026-11-26T03:00:00Z");
    private static final String ACME = "acme";

    private final TestDatabase database = TestDatabase.create();

    @BeforeEach
    void acmesTables() {
        Schema.migrate(database.source, ACME);
    }

    @Test
    void theSameNameIsTwoChangesAndEachOrganisationFindsItsOwn() {
        database.run(entities -> new Changes(entities).add(change("shop", "alice")));
        CurrentOrganisation.run(ACME, () -> database.run(entities -> {
            assertThat(new Changes(entities).newest("shop")).isEmpty();
            new Changes(entities).add(change("shop", "mallory"));
            new Changes(entities).add(change("bakery", "mallory"));
        }));
        assertThat(requester()).isEqualTo("alice");
        assertThat(CurrentOrganisation.in(ACME, this::requester)).isEqualTo("mallory");
        assertThat(database.ask(entities -> new Changes(entities).countByState()).values()).containsExactly(1L);
        assertThat(CurrentOrganisation.in(ACME, () -> database.ask(entities -> new Changes(entities).countByState())).values()).containsExactly(2L);
    }

    @Test
    void eachLedgerBeginsAtNothingAndItsSearchFindsItsOwnEntries() {
        database.run(entities -> append(entities, "shop"));
        CurrentOrganisation.run(ACME, () -> database.run(entities -> {
            assertThat(new Ledger(entities).size()).isZero();
            append(entities, "bakery");
            append(entities, "mill");
        }));
        LedgerSearch all = new LedgerSearch("", "", "", Optional.empty(), Optional.empty());
        assertThat(database.ask(entities -> new Ledger(entities).search(all, 100, 100)).stream().map(each -> each.entry().name())).containsExactly("shop");
        assertThat(CurrentOrganisation.in(ACME, () -> database.ask(entities -> new Ledger(entities).search(all, 100, 100))).stream().map(each -> each.entry().name())).containsExactly("mill", "bakery");
    }

    @Test
    void whatIsPlainSqlIsKeptApartToo() {
        assertThat(firstUse()).isTrue();
        boolean acmes = CurrentOrganisation.in(ACME, this::firstUse);
        assertThat(acmes).isTrue();
        assertThat(firstUse()).isFalse();
    }

    @Test
    void aFailedTransactionLeavesNoConnectionThatLooksAtAnothersTables() {
        database.run(entities -> new Changes(entities).add(change("shop", "alice")));
        for (int attempt = 0; attempt < 5; attempt++) {
            assertThatThrownBy(() -> CurrentOrganisation.run(ACME, () -> database.run(entities -> entities.createNativeQuery("select 1/0").getSingleResult()))).isNotNull();
            assertThat(requester()).isEqualTo("alice");
        }
    }

    @Test
    void everyTableOfOursIsInEverySchema() {
        assertThat(TestDatabase.number(database.source, "select count(*) from information_schema.tables a where table_schema = 'public' and not exists"
                + " (select 1 from information_schema.tables o where o.table_schema = 'org_acme' and o.table_name = a.table_name)")).isZero();
    }

    @Test
    void aKeyBelongsToOneOrganisationForGood() {
        assertThat(taken("b", "a")).isEqualTo("none");
        assertThat(taken("a", "c")).isEqualTo("none");
        String acmes = CurrentOrganisation.in(ACME, () -> taken("d"));
        assertThat(acmes).isEqualTo("none");
        String refused = CurrentOrganisation.in(ACME, () -> taken("e", "c"));
        assertThat(refused).isEqualTo("c");
        Optional<String> owner = database.ask(entities -> new KeyOwners(entities).of("d"));
        assertThat(owner).contains(ACME);
    }

    @Test
    void whatWorksForOneOrganisationCannotGoOnForAnother() {
        assertThatThrownBy(() -> CurrentOrganisation.in(ACME, () -> CurrentOrganisation.in("other", () -> 1))).hasMessageContaining("acme").hasMessageContaining("other");
        assertThatThrownBy(() -> Schema.quoted("a\"; drop")).isInstanceOf(IllegalArgumentException.class);
    }

    private boolean firstUse() {
        return database.ask(entities -> new RequestNonces(entities).firstUse("key", "nonce", NOW));
    }

    /** The key that was another's. */
    private String taken(String... keys) {
        return database.ask(entities -> new KeyOwners(entities).take(List.of(keys)).orElse("none"));
    }

    private String requester() {
        return database.ask(entities -> new Changes(entities).newest("shop")).orElseThrow().requester();
    }

    private static void append(EntityManager entities, String name) {
        new Ledger(entities).append(new LedgerEntry("submitted", name, 1, "0".repeat(64), NOW, ""));
    }

    private static Change change(String name, String requester) {
        return new Change(name, 1, ChangeKind.DEPLOYMENT, requester, "0".repeat(64), "{}".getBytes(StandardCharsets.UTF_8), NOW, NOW.plusSeconds(60), "key of " + name);
    }
}
