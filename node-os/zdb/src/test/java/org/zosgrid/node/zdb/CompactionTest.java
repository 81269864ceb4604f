package org.zosgrid.node.zdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.zosgrid.zdb.client.ZdbClient;

/** What compaction leaves, and that a process that ends in the middle of it leaves the one or the other. */
class CompactionTest {
    private static final Path PLACE = Path.of("/nowhere");
    private static final int FILE_SIZE = 64 << 10;
    private static final long NONE_NEEDED = Long.MAX_VALUE;

    private final FaultyDisk disk = new FaultyDisk(1);

    @Test
    void onlyAsManyVersionsAsTheNamespaceAsksForAreLeft() throws IOException {
        Namespace namespace = open(new Retention.Versions(2));
        for (int i = 1; i <= 5; i++) {
            namespace.write(bytes("k"), bytes("version " + i), i * 1000L);
        }
        namespace.write(bytes("once"), bytes("only"), 6000);
        Compaction.Result result = compact(namespace);
        assertThat(result.entries()).isEqualTo(3);
        assertThat(result.after()).isLessThan(result.before());
        assertThat(past(namespace, "k")).containsExactly("version 5", "version 4");
        assertThat(past(namespace, "once")).containsExactly("only");
        assertThat(namespace.size()).isEqualTo(2);
        assertThat(namespace.get(bytes("k"), Instant.ofEpochMilli(4500))).hasValue(bytes("version 4"));
        assertThatThrownBy(() -> namespace.get(bytes("k"), Instant.ofEpochMilli(2500))).isInstanceOf(ZdbException.Refused.class).hasMessage("The history of that time is not kept");
        assertThatThrownBy(() -> namespace.rollback(Instant.ofEpochMilli(2500))).hasMessage("The history of that time is not kept");
        disk.cutPower();
        assertThat(past(open(new Retention.Versions(2)), "k")).containsExactly("version 5", "version 4");
    }

    @Test
    void whatWasTheNewestWithinTheSpanIsLeft() throws IOException {
        Namespace namespace = open(new Retention.Span(Duration.ofSeconds(100)));
        long now = System.currentTimeMillis();
        for (int age : List.of(500, 300, 200, 90, 10)) {
            namespace.write(bytes("k"), bytes(age + " ago"), now - age * 1000L);
        }
        namespace.write(bytes("old"), bytes("but the newest"), now - 900_000L);
        compact(namespace);
        assertThat(past(namespace, "k")).containsExactly("10 ago", "90 ago", "200 ago");
        assertThat(past(namespace, "old")).containsExactly("but the newest");
        assertThat(namespace.get(bytes("k"), Instant.ofEpochMilli(now - 99_000))).hasValue(bytes("200 ago"));
        assertThatThrownBy(() -> namespace.get(bytes("k"), Instant.ofEpochMilli(now - 250_000))).hasMessage("The history of that time is not kept");
    }

    @Test
    void withoutARetentionEverythingIsLeft() throws IOException {
        Namespace namespace = open(Retention.ALL);
        namespace.write(bytes("k"), bytes("1"));
        namespace.write(bytes("k"), bytes("2"));
        assertThat(compact(namespace)).isEqualTo(Compaction.Result.NOTHING);
        assertThat(past(namespace, "k")).containsExactly("2", "1");
    }

    @Test
    void aDeletedKeyIsForgottenAndDoesNotComeBack() throws IOException {
        Namespace namespace = open(new Retention.Versions(1));
        for (int i = 0; i < 100; i++) {
            namespace.write(bytes("key " + i), bytes("value"));
        }
        namespace.jump();
        for (int i = 0; i < 90; i++) {
            namespace.delete(bytes("key " + i));
        }
        assertThat(compact(namespace).entries()).isEqualTo(180);
        assertThat(namespace.size()).isEqualTo(10);
        assertThat(namespace.get(bytes("key 5"))).isEmpty();
        assertThatThrownBy(() -> namespace.delete(bytes("key 5"))).hasMessage("Key not found");
        namespace.write(bytes("key 5"), bytes("new"));
        assertThat(past(namespace, "key 5")).containsExactly("new");
        disk.cutPower();
        Namespace again = open(new Retention.Versions(1));
        assertThat(again.size()).isEqualTo(11);
        assertThat(again.get(bytes("key 6"))).isEmpty();
        assertThat(again.get(bytes("key 5"))).hasValue(bytes("new"));
        assertThat(again.get(bytes("key 95"))).hasValue(bytes("value"));
    }

    @Test
    void aDeletionStaysAsLongAsASecondaryNeedsIt() throws IOException {
        Namespace namespace = open(new Retention.Versions(1));
        namespace.write(bytes("k"), bytes("v"));
        long needed = namespace.end();
        namespace.delete(bytes("k"));
        namespace.compact(true, () -> needed);
        assertThat(namespace.locate(bytes("k"))).hasValue(needed);
        namespace.compact(true, () -> NONE_NEEDED);
        assertThat(namespace.locate(bytes("k"))).isEmpty();
        assertThat(namespace.fileBytes()).isLessThan(3 * 100);
    }

    @Test
    void aSequenceGoesOnWithItsNumbersAlsoWhenEveryRecordIsDeleted() throws IOException {
        Namespace namespace = open(Mode.SEQUENTIAL, new Retention.Versions(1));
        for (int i = 0; i < 50; i++) {
            namespace.append(bytes("record " + i));
        }
        for (int i = 0; i < 50; i++) {
            if (i != 20) {
                namespace.delete(ZdbClient.key(i));
            }
        }
        compact(namespace);
        assertThat(namespace.size()).isEqualTo(1);
        assertThat(namespace.get(ZdbClient.key(3))).isEmpty();
        disk.cutPower();
        Namespace again = open(Mode.SEQUENTIAL, new Retention.Versions(1));
        assertThat(again.damages()).isEmpty();
        assertThat(again.get(ZdbClient.key(3))).isEmpty();
        assertThat(again.get(ZdbClient.key(20))).hasValue(bytes("record 20"));
        assertThat(again.append(bytes("next"))).isEqualTo(50);
        again.close();
        assertThat(open(Mode.SEQUENTIAL, new Retention.Versions(1)).append(bytes("after"))).isEqualTo(51);
    }

    @Test
    void aScanGoesOnWhereItWasAlsoOverWhatIsGoneNow() throws IOException {
        Namespace namespace = open(new Retention.Versions(1));
        for (int i = 0; i < 40; i++) {
            namespace.write(bytes("key " + i), bytes("value"));
        }
        long place = namespace.locate(bytes("key 10")).orElseThrow();
        for (int i = 0; i < 20; i++) {
            namespace.delete(bytes("key " + i));
        }
        compact(namespace);
        assertThat(keys(namespace.scan(place, true, Duration.ofDays(1)))).hasSize(20).startsWith("key 20").endsWith("key 39");
        assertThat(keys(namespace.scan(namespace.locate(bytes("key 25")).orElseThrow(), false, Duration.ofDays(1)))).containsExactly("key 24", "key 23", "key 22", "key 21", "key 20");
        assertThat(keys(namespace.scan(0, false, Duration.ofDays(1)))).hasSize(20).startsWith("key 39");
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void whateverOperationIsTheLastEverythingThatCountsIsThere(Mode mode) throws IOException {
        Retention retention = new Retention.Versions(2);
        for (int operations = 0; ; operations++) {
            FaultyDisk killed = new FaultyDisk(operations);
            Namespace namespace = Namespace.open("n", killed, PLACE, PLACE, FILE_SIZE, NamespaceProperties.of(mode).withRetention(retention), new Standing(1));
            Map<String, List<String>> model = fill(namespace, mode, new Random(operations));
            killed.operations = operations;
            boolean ended = true;
            try {
                namespace.compact(true, () -> NONE_NEEDED);
            } catch (ZdbException.DiskFailed thereItEnds) {
                ended = false;
            }
            killed.operations = Long.MAX_VALUE;
            killed.cutPower();
            Namespace again = Namespace.open("n", killed, PLACE, PLACE, FILE_SIZE, NamespaceProperties.of(mode).withRetention(retention), new Standing(1));
            check(again, model, mode, retention, "after " + operations + " operations");
            again.compact(true, () -> NONE_NEEDED);
            check(again, model, mode, retention, "and once more");
            assertThat(again.fileBytes()).isLessThan(130_000);
            if (ended) {
                assertThat(operations).as("operations of a whole run").isGreaterThan(10);
                return;
            }
        }
    }

    /** Keys with some past, of which some are deleted; returns the newest two versions of each, the newest first; {@code null} is a deletion. */
    private static Map<String, List<String>> fill(Namespace namespace, Mode mode, Random random) {
        Map<String, List<String>> model = new TreeMap<>();
        for (int i = 0; i < 400; i++) {
            String value = "value " + i + "x".repeat(random.nextInt(1_000));
            if (mode == Mode.SEQUENTIAL && i < 30) {
                String number = Long.toString(namespace.append(bytes(value)));
                model.computeIfAbsent(number, absent -> new ArrayList<>()).addFirst(value);
                continue;
            }
            String key = Integer.toString(random.nextInt(30));
            List<String> versions = model.computeIfAbsent(key, absent -> new ArrayList<>());
            if (random.nextInt(4) == 0 && !versions.isEmpty() && versions.getFirst() != null) {
                namespace.delete(key(mode, key));
                versions.addFirst(null);
            } else {
                namespace.write(key(mode, key), bytes(value));
                versions.addFirst(value);
            }
        }
        return model;
    }

    private static void check(Namespace namespace, Map<String, List<String>> model, Mode mode, Retention retention, String when) {
        assertThat(namespace.damages()).as(when).isEmpty();
        assertThat(namespace.size()).as(when).isEqualTo(model.values().stream().filter(each -> each.getFirst() != null).count());
        assertThat(namespace.dataBytes()).as(when).isEqualTo(model.values().stream().filter(each -> each.getFirst() != null).mapToLong(each -> each.getFirst().length()).sum());
        model.forEach((key, versions) -> {
            assertThat(namespace.get(key(mode, key)).map(CompactionTest::text)).as(when + ": " + key).isEqualTo(Optional.ofNullable(versions.getFirst()));
            if (versions.getFirst() != null && versions.size() > 1 && versions.get(1) != null) {
                Namespace.Version newest = namespace.history(key(mode, key), Optional.empty());
                assertThat(text(namespace.history(key(mode, key), newest.previous()).payload())).as(when + ": before " + key).isEqualTo(versions.get(1));
            }
        });
        if (mode == Mode.SEQUENTIAL) {
            assertThat(namespace.nextNumber()).as(when).isEqualTo(30);
        }
        assertThat(retention).isInstanceOf(Retention.Versions.class);
    }

    @Test
    void aDamagedTableIsReportedAndTheEntriesAreThere() throws IOException {
        Namespace namespace = open(new Retention.Versions(1));
        for (int i = 0; i < 50; i++) {
            namespace.write(bytes("key " + i % 10), bytes("value " + i));
        }
        compact(namespace);
        namespace.close();
        disk.flip(PLACE.resolve("d0"), (int) disk.open(PLACE.resolve("d0")).size() - CompactFile.FOOTER - 3);
        Namespace again = open(new Retention.Versions(1));
        assertThat(again.damages()).singleElement().satisfies(damage -> assertThat(damage.bytes()).isEqualTo(10 * 8 + CompactFile.FOOTER));
        for (int i = 0; i < 10; i++) {
            assertThat(again.get(bytes("key " + i))).hasValue(bytes("value " + (40 + i)));
        }
        assertThat(compact(again).files()).as("a damaged file is left as it is").isZero();
        assertThat(again.size()).isEqualTo(10);
    }

    @Test
    void aDiskThatIsFullLeavesEverythingAsItWas() throws IOException {
        Namespace namespace = open(new Retention.Versions(1));
        for (int i = 0; i < 100; i++) {
            namespace.write(bytes("key " + i % 10), bytes("value " + i));
        }
        namespace.jump();
        disk.space = 100;
        assertThatThrownBy(() -> namespace.compact(false, () -> NONE_NEEDED)).isInstanceOf(ZdbException.DiskFailed.class).hasMessage("Cannot compact right now");
        disk.space = Long.MAX_VALUE;
        assertThat(namespace.get(bytes("key 3"))).hasValue(bytes("value 93"));
        namespace.write(bytes("key 3"), bytes("after"));
        assertThat(compact(namespace).entries()).isEqualTo(91);
    }

    private Namespace open(Retention retention) throws IOException {
        return open(Mode.USER, retention);
    }

    private Namespace open(Mode mode, Retention retention) throws IOException {
        return Namespace.open("n", disk, PLACE, PLACE, FILE_SIZE, NamespaceProperties.of(mode).withRetention(retention), new Standing(1));
    }

    private static Compaction.Result compact(Namespace namespace) {
        return namespace.compact(true, () -> NONE_NEEDED);
    }

    private static List<String> past(Namespace namespace, String key) {
        List<String> past = new ArrayList<>();
        Namespace.Version version = namespace.history(bytes(key), Optional.empty());
        past.add(text(version.payload()));
        while (version.previous().isPresent()) {
            version = namespace.history(bytes(key), version.previous());
            past.add(text(version.payload()));
        }
        return past;
    }

    private static List<String> keys(Optional<Namespace.Slice> slice) {
        return slice.stream().flatMap(each -> each.entries().stream()).map(each -> text(each.key())).toList();
    }

    private static byte[] key(Mode mode, String key) {
        return mode == Mode.SEQUENTIAL ? ZdbClient.key(Long.parseLong(key)) : bytes(key);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
