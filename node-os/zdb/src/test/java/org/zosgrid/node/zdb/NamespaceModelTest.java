package org.zosgrid.node.zdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Random commands against a plain map, on a disk that loses what was not synced, with restarts, compactions and power cuts in between, also in the middle of one. */
class NamespaceModelTest {
    private static final int FILE_SIZE = 64 << 10;
    private static final int STEPS = 300;

    @Property(tries = 150)
    void whatWasAcknowledgedIsThereAfterRestartsAndPowerCuts(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        FaultyDisk disk = new FaultyDisk(seed);
        Path place = Path.of("/nowhere");
        Map<String, String> model = new LinkedHashMap<>();
        Map<String, List<String>> history = new HashMap<>();
        int kept = 1 + random.nextInt(4);
        Retention retention = random.nextBoolean() ? new Retention.Versions(kept) : Retention.ALL;
        Namespace namespace = open(disk, place, Mode.USER, retention);
        for (int step = 0; step < STEPS; step++) {
            String key = "key " + random.nextInt(20);
            switch (random.nextInt(20)) {
                case 0 -> {
                    disk.cutPower();
                    namespace = open(disk, place, Mode.USER, retention);
                }
                case 1 -> {
                    namespace.close();
                    if (random.nextBoolean()) {
                        disk.cutPower();
                    }
                    namespace = open(disk, place, Mode.USER, retention);
                }
                case 2, 3, 4 -> {
                    if (model.remove(key) != null) {
                        namespace.delete(bytes(key));
                        history.remove(key);
                    } else {
                        Namespace same = namespace;
                        assertThatThrownBy(() -> same.delete(bytes(key))).hasMessage("Key not found");
                    }
                }
                case 5 -> namespace.jump();
                case 6 -> {
                    if (random.nextInt(3) == 0) {
                        namespace = compact(namespace, disk, random, () -> open(disk, place, Mode.USER, retention));
                    }
                }
                default -> {
                    String value = "value " + random.nextInt(3) + "x".repeat(random.nextInt(2_000));
                    Optional<byte[]> wrote = namespace.write(bytes(key), bytes(value));
                    assertThat(wrote.isEmpty()).isEqualTo(value.equals(model.get(key)));
                    model.remove(key);
                    model.put(key, value);
                    if (wrote.isPresent()) {
                        history.computeIfAbsent(key, absent -> new ArrayList<>()).addFirst(value);
                    }
                }
            }
            assertThat(namespace.damages()).isEmpty();
            assertThat(namespace.size()).isEqualTo(model.size());
            assertThat(namespace.get(bytes(key)).map(NamespaceModelTest::text)).isEqualTo(Optional.ofNullable(model.get(key)));
        }
        assertThat(namespace.dataBytes()).isEqualTo(model.values().stream().mapToLong(String::length).sum());
        assertThat(namespace.scan(0, 1000).stream().map(each -> text(each.key()))).containsExactlyInAnyOrderElementsOf(model.keySet());
        for (Map.Entry<String, List<String>> each : history.entrySet()) {
            Optional<byte[]> token = Optional.empty();
            for (String value : retention instanceof Retention.All ? each.getValue() : each.getValue().stream().limit(kept).toList()) {
                Namespace.Version version = namespace.history(bytes(each.getKey()), token);
                assertThat(text(version.payload())).isEqualTo(value);
                token = version.previous();
            }
        }
        List<Namespace.Scanned> back = new ArrayList<>();
        for (Optional<Namespace.Slice> slice = namespace.scan(0, false, Duration.ofDays(1)); slice.isPresent(); slice = namespace.scan(slice.get().last(), false, Duration.ofDays(1))) {
            back.addAll(slice.get().entries());
        }
        assertThat(back.reversed().stream().map(each -> text(each.key())).toList()).isEqualTo(namespace.scan(0, 1000).stream().map(each -> text(each.key())).toList());
    }

    @Property(tries = 100)
    void aSequenceKeepsItsNumbersThroughPowerCuts(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        FaultyDisk disk = new FaultyDisk(seed);
        Path place = Path.of("/nowhere");
        List<Optional<String>> model = new ArrayList<>();
        Retention retention = random.nextBoolean() ? new Retention.Versions(1 + random.nextInt(3)) : Retention.ALL;
        Namespace namespace = open(disk, place, Mode.SEQUENTIAL, retention);
        for (int step = 0; step < STEPS; step++) {
            switch (random.nextInt(20)) {
                case 0 -> {
                    disk.cutPower();
                    namespace = open(disk, place, Mode.SEQUENTIAL, retention);
                }
                case 1 -> {
                    namespace.close();
                    namespace = open(disk, place, Mode.SEQUENTIAL, retention);
                }
                case 2, 3 -> {
                    int number = random.nextInt(model.size() + 1);
                    if (number < model.size() && model.get(number).isPresent()) {
                        String value = "updated " + step;
                        namespace.write(org.zosgrid.zdb.client.ZdbClient.key(number), bytes(value));
                        model.set(number, Optional.of(value));
                    }
                }
                case 4, 5 -> {
                    int number = random.nextInt(model.size() + 1);
                    if (number < model.size() && model.get(number).isPresent()) {
                        namespace.delete(org.zosgrid.zdb.client.ZdbClient.key(number));
                        model.set(number, Optional.empty());
                    }
                }
                case 6 -> {
                    if (random.nextInt(3) == 0) {
                        namespace = compact(namespace, disk, random, () -> open(disk, place, Mode.SEQUENTIAL, retention));
                    }
                }
                default -> {
                    String value = "record " + step + "x".repeat(random.nextInt(2_000));
                    assertThat(namespace.append(bytes(value))).isEqualTo(model.size());
                    model.add(Optional.of(value));
                }
            }
        }
        assertThat(namespace.damages()).isEmpty();
        assertThat(namespace.nextNumber()).isEqualTo(model.size());
        assertThat(namespace.size()).isEqualTo(model.stream().filter(Optional::isPresent).count());
        for (int number = 0; number < model.size(); number++) {
            assertThat(namespace.get(org.zosgrid.zdb.client.ZdbClient.key(number)).map(NamespaceModelTest::text)).as("record " + number).isEqualTo(model.get(number));
        }
    }

    @Property(tries = 200)
    void aPowerCutInTheMiddleOfAPipelineLeavesABeginningOfItAndNoDamage(@ForAll long seed) {
        Random random = new Random(seed);
        FaultyDisk disk = new FaultyDisk(seed);
        Path place = Path.of("/nowhere");
        Namespace namespace = open(disk, place, Mode.SEQUENTIAL);
        long acknowledged = 0;
        for (int round = 0; round < 10; round++) {
            int count = random.nextInt(40);
            namespace.lock();
            try {
                for (int i = 0; i < count; i++) {
                    byte[] record = bytes("record " + namespace.nextNumber() + "x".repeat(random.nextInt(2_000)));
                    namespace.appendStaged(Namespace.wrap(record), 0, record.length, 0);
                }
            } finally {
                namespace.unlock();
            }
            namespace.flush();
            if (random.nextBoolean()) {
                namespace.sync();
                acknowledged = namespace.nextNumber();
            } else {
                disk.cutPower();
                namespace = open(disk, place, Mode.SEQUENTIAL);
                assertThat(namespace.damages()).isEmpty();
                assertThat(namespace.nextNumber()).isGreaterThanOrEqualTo(acknowledged);
                assertThat(namespace.read(0, Integer.MAX_VALUE)).hasSize((int) namespace.nextNumber());
                acknowledged = namespace.nextNumber();
                namespace.sync();
            }
        }
    }

    @Test
    void aFullDiskRefusesAndKeepsWhatItHas() throws IOException {
        FaultyDisk disk = new FaultyDisk(1);
        Namespace namespace = open(disk, Path.of("/nowhere"), Mode.USER);
        namespace.write(bytes("a"), bytes("1"));
        disk.space = 100;
        assertThatThrownBy(() -> namespace.write(bytes("b"), new byte[200])).isInstanceOf(ZdbException.DiskFailed.class).hasMessage("Cannot write data right now");
        assertThat(namespace.get(bytes("b"))).isEmpty();
        assertThat(namespace.get(bytes("a")).map(NamespaceModelTest::text)).hasValue("1");
        disk.space = Long.MAX_VALUE;
        namespace.write(bytes("b"), new byte[200]);
        assertThat(namespace.size()).isEqualTo(2);
    }

    @Test
    void aWriteWhoseSyncFailsIsNotAcknowledged() throws IOException {
        FaultyDisk disk = new FaultyDisk(1);
        Namespace namespace = open(disk, Path.of("/nowhere"), Mode.USER);
        disk.syncFails = true;
        assertThatThrownBy(() -> namespace.write(bytes("a"), bytes("1"))).isInstanceOf(ZdbException.DiskFailed.class);
        disk.syncFails = false;
        assertThatThrownBy(() -> namespace.write(bytes("b"), bytes("1"))).as("what a failed sync left is not known").isInstanceOf(ZdbException.DiskFailed.class);
    }

    @Property(tries = 200)
    void damageLosesWhatItHitsAndNothingElse(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        FaultyDisk disk = new FaultyDisk(seed);
        Path place = Path.of("/nowhere");
        Namespace namespace = open(disk, place, Mode.SEQUENTIAL);
        for (int i = 0; i < 20; i++) {
            namespace.append(bytes("record " + i));
        }
        int length = EntryLayout.length(8, 8);
        int hit = LogFile.FILE_HEADER + random.nextInt(10 * length);
        disk.flip(place.resolve("d0"), hit);
        disk.delete(place.resolve("checkpoint"));
        Namespace again = open(disk, place, Mode.SEQUENTIAL);
        assertThat(again.damages()).hasSize(1);
        assertThat(again.size()).isEqualTo(19);
    }

    @Test
    void aDiskThatCannotBeWrittenServesReads() throws IOException, InterruptedException {
        Path image = Files.createTempDirectory("zdb-read-only");
        run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", image.toString());
        try {
            try (Store store = Store.open(image.resolve("data"))) {
                store.createIfAbsent("u", Mode.USER).write(bytes("k"), bytes("v"));
                store.createIfAbsent("s", Mode.SEQUENTIAL).append(bytes("first"));
            }
            for (boolean checkpointed : List.of(true, false)) {
                if (!checkpointed) {
                    Files.delete(image.resolve("data/u/checkpoint"));
                    Files.delete(image.resolve("data/s/checkpoint"));
                }
                run("mount", "-o", "remount,ro", image.toString());
                try (Store store = Store.open(image.resolve("data"))) {
                    Namespace user = store.namespace("u").orElseThrow();
                    assertThat(user.get(bytes("k")).map(NamespaceModelTest::text)).hasValue("v");
                    assertThat(store.namespace("s").orElseThrow().read(0, 5)).hasSize(1);
                    assertThatThrownBy(() -> user.write(bytes("k"), bytes("w"))).hasMessage("Cannot write data right now");
                }
                run("mount", "-o", "remount,rw", image.toString());
            }
            try (Store store = Store.open(image.resolve("data"))) {
                Namespace user = store.namespace("u").orElseThrow();
                int written = 0;
                try {
                    while (true) {
                        user.write(bytes("key " + written), new byte[10_000]);
                        written++;
                    }
                } catch (ZdbException.DiskFailed full) {
                    assertThat(full).hasMessage("Cannot write data right now");
                }
                assertThat(written).isPositive();
                assertThat(user.get(bytes("key " + (written - 1)))).hasValue(new byte[10_000]);
            }
        } finally {
            run("umount", "--lazy", image.toString());
            Files.delete(image);
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        // A mapping ends some time after its buffer was collected, and the kernel keeps a mapped file system busy.
        int status = -1;
        for (int attempt = 0; attempt < 100 && status != 0; attempt++) {
            System.gc();
            status = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
        }
        assertThat(status).as(String.join(" ", command) + " (needs root)").isZero();
    }

    private static Namespace open(FaultyDisk disk, Path place, Mode mode) {
        return open(disk, place, mode, Retention.ALL);
    }

    private static Namespace open(FaultyDisk disk, Path place, Mode mode, Retention retention) {
        try {
            return Namespace.open("n", disk, place, place, FILE_SIZE, NamespaceProperties.of(mode).withRetention(retention), new Standing(1));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Compacts, or is killed while it does, after which the power fails. */
    private static Namespace compact(Namespace namespace, FaultyDisk disk, Random random, Supplier<Namespace> open) {
        disk.operations = random.nextInt(60);
        try {
            namespace.compact(random.nextBoolean(), () -> Long.MAX_VALUE);
            disk.operations = Long.MAX_VALUE;
            return namespace;
        } catch (ZdbException.DiskFailed killed) {
            disk.operations = Long.MAX_VALUE;
            disk.cutPower();
            return open.get();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
