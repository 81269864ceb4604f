package org.zosgrid.node.zdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an index takes for each key, beyond the key itself, which lies in the data. */
class MemoryTest {
    private static final int STEP = 50_000;
    private static final int STEPS = 20;

    @TempDir
    Path data;

    @Test
    void aUserKeyTakesLessThanFortyBytesAtEverySizeAndTheAccountingSaysSo() throws InterruptedException {
        try (Store store = Store.open(data)) {
            Namespace namespace = store.createIfAbsent("n", Mode.USER);
            long before = settled();
            long accountedBefore = namespace.indexBytes();
            byte[] payload = new byte[0];
            for (int step = 1; step <= STEPS; step++) {
                for (int i = 0; i < STEP; i++) {
                    namespace.stage(("key " + step + " " + i).getBytes(StandardCharsets.UTF_8), payload, 1);
                }
                assertThat(namespace.indexBytes()).as(step * STEP + " keys").isLessThan(40L * step * STEP);
            }
            long keys = namespace.size();
            assertThat(keys).isEqualTo((long) STEP * STEPS);
            long taken = direct() - before;
            long accounted = namespace.indexBytes() - accountedBefore;
            // Stage, pools and the spare segment are a few hundred KiB; nothing else is outside the heap.
            assertThat(taken).isBetween(accounted * 9 / 10, accounted + (1 << 20));
            assertThat(accounted / keys).isBetween(12L, 39L);
        }
    }

    @Test
    void aSequentialRecordTakesNoMemoryAtAll() throws InterruptedException {
        try (Store store = Store.open(data)) {
            Namespace namespace = store.createIfAbsent("s", Mode.SEQUENTIAL);
            namespace.stage(new byte[0], new byte[1], 1);
            long before = settled();
            for (int i = 0; i < STEP * STEPS; i++) {
                namespace.stage(new byte[0], new byte[1], 1);
            }
            assertThat(direct() - before).as("the stage may have grown").isLessThan(1 << 20);
            assertThat(namespace.indexBytes()).as("on the disk").isEqualTo(8L * (STEP * STEPS + 1));
        }
    }

    /** The same when what earlier tests of this JVM left is gone: a buffer is given back some time after it was collected. */
    private static long settled() throws InterruptedException {
        long last;
        long now = Long.MAX_VALUE;
        do {
            last = now;
            System.gc();
            Thread.sleep(200);
            now = direct();
        } while (now < last);
        return now;
    }

    /** Bytes of buffers outside the heap. */
    private static long direct() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream().filter(pool -> pool.getName().equals("direct")).mapToLong(BufferPoolMXBean::getMemoryUsed).sum();
    }
}
