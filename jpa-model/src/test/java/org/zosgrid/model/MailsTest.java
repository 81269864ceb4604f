package org.zosgrid.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Mail that waits, in a real PostgreSQL. */
class MailsTest {
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

    private final TestDatabase database = TestDatabase.create();

    @Test
    void aPersonIsToldOnceOfOneThing() {
        long change = change(NOW.plusSeconds(3600));
        add(change, "assigned", "bob");
        add(change, "assigned", "bob");
        add(change, "assigned", "carol");
        add(change, "result", "bob");
        assertThat(TestDatabase.number(database.source, "select count(*) from mail")).isEqualTo(3);
    }

    @Test
    void whatWasTakenIsNotTakenAgainBeforeItsTimeAndWhatIsSentNever() {
        add(change(NOW.plusSeconds(3600)), "assigned", "bob");
        Mail taken = take(NOW).orElseThrow();
        assertThat(take(NOW.plusSeconds(59))).isEmpty();
        assertThat(take(NOW.plusSeconds(60))).hasValueSatisfying(again -> assertThat(again.id()).isEqualTo(taken.id()));
        Boolean done = ask(mails -> {
            mails.find(taken.id()).orElseThrow().sent(NOW);
            return true;
        });
        assertThat(done).isTrue();
        assertThat(take(NOW.plusSeconds(9999))).isEmpty();
    }

    @Test
    void twoServersTakeDifferentOnes() {
        long change = change(NOW.plusSeconds(3600));
        add(change, "assigned", "bob");
        add(change, "assigned", "carol");
        Boolean different = ask(first -> {
            Mail mine = first.take(NOW, NOW.plusSeconds(60)).orElseThrow();
            return take(NOW).orElseThrow().id() != mine.id();
        });
        assertThat(different).isTrue();
    }

    @Test
    void lateIsWhatHasAQuarterOfItsTimeLeftAndStillWaits() {
        long change = change(NOW.plusSeconds(4000));
        Boolean opened = ask(mails -> database.ask(entities -> {
            entities.find(Change.class, change).openApproval(2, java.util.Set.of(), NOW.plusSeconds(4000));
            return true;
        }));
        assertThat(opened).isTrue();
        assertThat(late(NOW.plusSeconds(2999))).isZero();
        assertThat(late(NOW.plusSeconds(3000))).isEqualTo(1);
        database.run(entities -> entities.find(Change.class, change).enter(ChangeState.REJECTED, "no"));
        assertThat(late(NOW.plusSeconds(3000))).isZero();
    }

    private long late(Instant now) {
        return ask(mails -> (long) mails.late(now).size());
    }

    private long change(Instant expires) {
        return database.ask(entities -> {
            Change change = new Change("shop", 1, ChangeKind.DEPLOYMENT, "alice", "ab".repeat(32), new byte[] {1}, NOW, expires, "k");
            entities.persist(change);
            return change.id();
        });
    }

    private void add(long change, String kind, String person) {
        database.run(entities -> new Mails(entities).add(new Mail(change, kind, person, "subject", "body", NOW)));
    }

    private Optional<Mail> take(Instant now) {
        return ask(mails -> mails.take(now, now.plusSeconds(60)));
    }

    private <T> T ask(Function<Mails, T> question) {
        return database.ask(entities -> question.apply(new Mails(entities)));
    }
}
