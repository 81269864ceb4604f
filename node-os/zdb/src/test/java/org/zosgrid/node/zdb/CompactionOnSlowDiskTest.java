package org.zosgrid.node.zdb;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** That nobody waits for the disk because of a compaction: it stands in the middle of each sync, and others read and write meanwhile. */
@Timeout(60)
class CompactionOnSlowDiskTest {
    private static final int FILE_SIZE = 64 << 10;

    @TempDir
    Path data;

    private final GatedDisk disk = new GatedDisk();
    private final ExecutorService compactor = Executors.newVirtualThreadPerTaskExecutor();
    private Namespace namespace;

    @BeforeEach
    void fill() throws IOException {
        namespace = open();
        for (int i = 0; i < 1_000; i++) {
            namespace.stage(key(i % 50), value(i), i);
        }
        namespace.sync();
    }

    @AfterEach
    void close() {
        disk.open();
        namespace.close();
        compactor.close();
    }

    private Namespace open() throws IOException {
        NamespaceProperties properties = NamespaceProperties.of(Mode.USER).withRetention(new Retention.Versions(1));
        return Namespace.open("n", disk, data, data, FILE_SIZE, properties, new Standing(1));
    }

    /** Runs something whenever the compaction waits for the disk. */
    private Compaction.Result meanwhile(Runnable others) throws Exception {
        disk.close();
        Future<Compaction.Result> running = compactor.submit(() -> namespace.compact(true, () -> Long.MAX_VALUE));
        int waits = 0;
        while (!running.isDone()) {
            if (disk.arrivals() > waits) {
                others.run();
                waits++;
                disk.letOneThrough();
            }
            Thread.onSpinWait();
        }
        disk.open();
        assertThat(waits).as("syncs of the compaction").isGreaterThan(3);
        return running.get(20, TimeUnit.SECONDS);
    }

    @Test
    void whileTheDiskIsBusyOthersRead() throws Exception {
        int files = namespace.log().files().size();
        Compaction.Result result = meanwhile(() -> assertThat(namespace.get(key(7))).hasValue(value(957)));
        assertThat(result.files()).as("files written again, the newest included").isEqualTo(files);
        assertThat(result.entries()).isEqualTo(950);
        namespace.close();
        namespace = open();
        assertThat(namespace.get(key(7))).hasValue(value(957));
        assertThat(namespace.damages()).isEmpty();
    }

    @Test
    void whereSomebodyWritesDuringEachSyncTheNewestFileIsLeftOut() throws Exception {
        int files = namespace.log().files().size();
        int[] written = {1_000};
        Compaction.Result result = meanwhile(() -> namespace.stage(key(7), value(written[0]++), written[0]));
        assertThat(result.files()).isEqualTo(files - 1);
        assertThat(namespace.log().files()).hasSize(files);
        assertThat(namespace.get(key(7))).hasValue(value(written[0] - 1));
        namespace.close();
        namespace = open();
        assertThat(namespace.get(key(7))).hasValue(value(written[0] - 1));
        assertThat(namespace.size()).isEqualTo(50);
    }

    private static byte[] key(int number) {
        return ("key " + number).getBytes(US_ASCII);
    }

    private static byte[] value(int number) {
        return ("value " + number + "x".repeat(100)).getBytes(US_ASCII);
    }
}
