package org.zosgrid.node.zdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zosgrid.zdb.client.ZdbClient;

/**
 * Millions of operations in a process that is killed again and again, while it compacts: after each kill every acknowledged operation is there, and nothing else
 * but a beginning of those that were not. {@code -Dzdb.soak.operations=10000000} for the long run.
 */
class SoakTest {
    private static final int OPERATIONS = Integer.getInteger("zdb.soak.operations", 200_000);
    private static final int BATCH = 100;
    private static final int FAULT = 70;
    private static final int KEYS = 20_000;
    private static final int FILE_SIZE = 1 << 20;

    @TempDir
    Path data;

    /** What operation number {@code i} does; the same in both processes. Its number is also the time it is written with. */
    private record Operation(boolean sequence, boolean deletes, int victim, int size) {
        static Operation of(int i) {
            Random random = new Random(i * 31L);
            random.nextInt();
            return new Operation(random.nextInt(4) == 0, random.nextInt(3) == 0, random.nextInt(Integer.MAX_VALUE), random.nextInt(300));
        }

        static byte[] value(int i) {
            byte[] value = new byte[8 + of(i).size()];
            Arrays.fill(value, (byte) i);
            Namespace.wrap(value).putLong(0, i);
            return value;
        }

        byte[] key() {
            return ("key " + victim % KEYS).getBytes(StandardCharsets.UTF_8);
        }
    }

    private static Store open(Path data) {
        Store store = Store.open(data, data, new SystemDisk(), FILE_SIZE, NamespaceProperties.of(Mode.USER));
        for (Namespace each : new Namespace[] {store.createIfAbsent("keys", Mode.USER), store.createIfAbsent("records", Mode.SEQUENTIAL)}) {
            each.update(each.properties().withRetention(new Retention.Versions(1)));
        }
        return store;
    }

    /** The number of the last operation whose entry is in a namespace; -1 if none is. */
    private static int last(Namespace namespace) {
        long last = namespace.shipping().position().last();
        if (last == 0) {
            return -1;
        }
        namespace.lock();
        try {
            namespace.log().go(last);
            return (int) namespace.log().time();
        } finally {
            namespace.unlock();
        }
    }

    /** The child: goes on behind what is there, and says how far it has come when that is on the disk. */
    static final class Worker {
        private Worker() {}

        public static void main(String[] arguments) {
            try (Store store = open(Path.of(arguments[0]))) {
                Namespace keys = store.namespace("keys").orElseThrow();
                Namespace records = store.namespace("records").orElseThrow();
                Thread.ofPlatform().daemon().uncaughtExceptionHandler((thread, fault) -> {
                    fault.printStackTrace();
                    Runtime.getRuntime().halt(FAULT);
                }).start(() -> {
                    while (true) {
                        for (Namespace each : store.all()) {
                            if (each.worthCompacting()) {
                                each.compact(false, () -> Long.MAX_VALUE);
                            }
                        }
                        LockSupport.parkNanos(1_000_000);
                    }
                });
                int keysFrom = last(keys) + 1;
                int recordsFrom = last(records) + 1;
                for (int i = Math.min(keysFrom, recordsFrom); i < OPERATIONS; i++) {
                    Operation operation = Operation.of(i);
                    if (i >= (operation.sequence() ? recordsFrom : keysFrom)) {
                        run(operation.sequence() ? records : keys, operation, i);
                    }
                    if (i % BATCH == BATCH - 1 || i == OPERATIONS - 1) {
                        keys.commit();
                        records.commit();
                        System.out.println(i);
                    }
                }
            }
        }

        private static void run(Namespace namespace, Operation operation, int i) {
            byte[] value = Operation.value(i);
            namespace.lock();
            try {
                if (!operation.sequence()) {
                    byte[] key = operation.key();
                    if (!operation.deletes()) {
                        namespace.setStaged(Namespace.wrap(key), 0, key.length, Namespace.wrap(value), 0, value.length, i);
                    } else if (namespace.get(key).isPresent()) {
                        namespace.deleteStaged(Namespace.wrap(key), 0, key.length, i);
                    }
                } else if (!operation.deletes() || namespace.nextNumber() == 0) {
                    namespace.appendStaged(Namespace.wrap(value), 0, value.length, i);
                } else {
                    byte[] key = ZdbClient.key(operation.victim() % namespace.nextNumber());
                    if (namespace.get(key).isPresent()) {
                        namespace.deleteStaged(Namespace.wrap(key), 0, key.length, i);
                    }
                }
            } finally {
                namespace.unlock();
            }
        }
    }

    private final Map<Integer, Integer> keys = new HashMap<>();
    private int keysDone;
    private int[] records = new int[1024];
    private final BitSet deleted = new BitSet();
    private int recordCount;
    private int recordsDone;

    @Test
    void everyAcknowledgedOperationIsThereAfterEveryKill() throws IOException, InterruptedException {
        Random random = new Random(5);
        int acknowledged = -1;
        int kills = 0;
        while (acknowledged < OPERATIONS - 1) {
            int until = acknowledged + Math.max(OPERATIONS / 50, 10_000) + random.nextInt(Math.max(OPERATIONS / 25, 20_000));
            Process child = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx128m",
                    "--enable-native-access=ALL-UNNAMED", "-Dzdb.soak.operations=" + OPERATIONS, "-cp", System.getProperty("java.class.path"), Worker.class.getName(), data.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (BufferedReader said = child.inputReader()) {
                int came = acknowledged;
                // What was said before the kill, and is still in the pipe after it, was acknowledged.
                for (String line = said.readLine(); line != null; line = said.readLine()) {
                    came = line.matches("[0-9]+") ? Math.max(came, Integer.parseInt(line)) : came;
                    if (came >= until && child.isAlive()) {
                        child.toHandle().destroyForcibly();
                        kills++;
                    }
                }
                assertThat(came).as("the process does something").isGreaterThan(acknowledged);
                acknowledged = came;
            } finally {
                child.destroyForcibly().waitFor();
            }
            assertThat(child.exitValue()).as("how the process ended, whose compaction shall have no fault").isNotEqualTo(FAULT);
            check(acknowledged, random);
        }
        assertThat(kills).isPositive();
        try (Store store = open(data)) {
            Namespace namespace = store.namespace("keys").orElseThrow();
            assertThat(namespace.log().files()).as("it compacted meanwhile").anyMatch(CompactFile.class::isInstance);
            long bytes = namespace.fileBytes();
            namespace.compact(true, () -> Long.MAX_VALUE);
            assertThat(namespace.fileBytes()).as("what is left of " + bytes + " bytes").isLessThan(2 * (namespace.dataBytes() + 60L * namespace.size()) + FILE_SIZE);
        }
    }

    private void check(int acknowledged, Random random) {
        try (Store store = open(data)) {
            Namespace user = store.namespace("keys").orElseThrow();
            Namespace sequence = store.namespace("records").orElseThrow();
            assertThat(user.damages()).isEmpty();
            assertThat(sequence.damages()).isEmpty();
            while (keysDone <= Math.max(acknowledged, last(user))) {
                user(keysDone++);
            }
            while (recordsDone <= Math.max(acknowledged, last(sequence))) {
                sequence(recordsDone++);
            }
            assertThat(user.size()).isEqualTo(keys.size());
            assertThat(sequence.nextNumber()).isEqualTo(recordCount);
            assertThat(sequence.size()).isEqualTo(recordCount - deleted.cardinality());
            for (int key = 0; key < KEYS; key++) {
                Integer by = keys.get(key);
                assertThat(user.get(("key " + key).getBytes(StandardCharsets.UTF_8)).orElse(null)).as("key " + key).isEqualTo(by == null ? null : Operation.value(by));
            }
            for (int i = 0; i < 5_000 && recordCount > 0; i++) {
                int number = random.nextInt(recordCount);
                assertThat(sequence.get(ZdbClient.key(number)).orElse(null)).as("record " + number).isEqualTo(deleted.get(number) ? null : Operation.value(records[number]));
            }
            long scanned = 0;
            for (Optional<Namespace.Slice> slice = user.scan(0, true, Duration.ofDays(1)); slice.isPresent(); slice = user.scan(slice.get().last(), true, Duration.ofDays(1))) {
                scanned += slice.get().entries().size();
            }
            assertThat(scanned).isEqualTo(keys.size());
        }
    }

    private void user(int i) {
        Operation operation = Operation.of(i);
        if (!operation.sequence()) {
            if (operation.deletes()) {
                keys.remove(operation.victim() % KEYS);
            } else {
                keys.put(operation.victim() % KEYS, i);
            }
        }
    }

    private void sequence(int i) {
        Operation operation = Operation.of(i);
        if (!operation.sequence()) {
            return;
        }
        if (!operation.deletes() || recordCount == 0) {
            if (recordCount == records.length) {
                records = Arrays.copyOf(records, recordCount * 2);
            }
            records[recordCount++] = i;
        } else {
            deleted.set((int) (operation.victim() % (long) recordCount));
        }
    }
}
