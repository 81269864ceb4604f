package org.zosgrid.node.zdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.zosgrid.zdb.client.ZdbClient;

/** A log and its copy, each on a disk that loses what was not synced: whatever happens to both, the copy goes on where it is and ends up the same. */
class ReplicationModelTest {
    private static final Path PLACE = Path.of("/nowhere");
    private static final int FILE_SIZE = 64 << 10;
    private static final int STEPS = 250;

    private FaultyDisk primaryDisk;
    private FaultyDisk copyDisk;
    private NamespaceProperties properties;
    private Namespace primary;
    private Namespace copy;
    private long acknowledged;

    @Property(tries = 150)
    void aCopyOfKeysGoesOnAfterEveryPowerCut(@ForAll long seed) throws IOException {
        run(seed, Mode.USER);
    }

    @Property(tries = 100)
    void aCopyOfASequenceGoesOnAfterEveryPowerCut(@ForAll long seed) throws IOException {
        run(seed, Mode.SEQUENTIAL);
    }

    private void run(long seed, Mode mode) throws IOException {
        Random random = new Random(seed);
        Retention retention = random.nextInt(3) == 0 ? Retention.ALL : new Retention.Versions(1 + random.nextInt(3));
        properties = NamespaceProperties.of(mode).withRetention(retention);
        primaryDisk = new FaultyDisk(seed);
        copyDisk = new FaultyDisk(seed + 1);
        acknowledged = 0;
        primary = open(primaryDisk, new Standing(1));
        copy = open(copyDisk, secondary());
        for (int step = 0; step < STEPS; step++) {
            switch (random.nextInt(30)) {
                case 0 -> {
                    primaryDisk.cutPower();
                    primary = open(primaryDisk, new Standing(1));
                }
                case 1 -> {
                    copyDisk.cutPower();
                    copy = open(copyDisk, secondary());
                }
                case 2 -> {
                    copy.close();
                    copy = open(copyDisk, secondary());
                }
                case 3 -> primary.compact(random.nextBoolean(), () -> acknowledged);
                case 4 -> copy.compact(true, () -> 0);
                case 5 -> primary.jump();
                case 6, 7 -> ship(1 + random.nextInt(5), 1 + random.nextInt(5_000));
                case 8 -> dieWhileShipping(random);
                default -> change(random, mode, step);
            }
        }
        ship(Integer.MAX_VALUE, 10_000);
        same();
        copyDisk.cutPower();
        copy = open(copyDisk, secondary());
        same();
        copy.compact(true, () -> 0);
        same();
    }

    private void change(Random random, Mode mode, int step) {
        byte[] value = bytes("value " + step + "x".repeat(random.nextInt(1_500)));
        if (mode == Mode.SEQUENTIAL && (primary.nextNumber() == 0 || random.nextInt(3) == 0)) {
            primary.append(value);
            return;
        }
        byte[] key = mode == Mode.SEQUENTIAL ? ZdbClient.key(random.nextInt((int) primary.nextNumber())) : bytes("key " + random.nextInt(15));
        boolean there = primary.get(key).isPresent();
        if (there && random.nextInt(3) == 0) {
            primary.delete(key);
        } else if (there || mode == Mode.USER) {
            primary.write(key, value);
        }
    }

    /** Hands on so many parts, as a feed does. */
    private void ship(int parts, int most) throws IOException {
        primary.durably().syncForSecondaries();
        LogPosition at = copy.shipping().position();
        assertThat(primary.shipping().differs(at)).as("the copy at " + LogShipping.shown(at.end())).isEmpty();
        long next = at.empty() ? Location.of(0, DataFile.FILE_HEADER) : at.end();
        acknowledged = next;
        for (int i = 0; i < parts; i++) {
            LogPart part = primary.shipping().part(properties.identity(), next, most).orElseThrow();
            if (part.next() == next) {
                return;
            }
            copy.replicate(part);
            next = part.next();
            acknowledged = next;
        }
    }

    private void dieWhileShipping(Random random) throws IOException {
        copyDisk.operations = random.nextInt(20);
        try {
            ship(10, 3_000);
        } catch (ZdbException.DiskFailed | IOException killed) {
            // As was to be expected.
        }
        copyDisk.operations = Long.MAX_VALUE;
        copyDisk.cutPower();
        copy = open(copyDisk, secondary());
    }

    private void same() throws IOException {
        assertThat(copy.damages()).isEmpty();
        assertThat(content(copy)).isEqualTo(content(primary));
        assertThat(primary.shipping().differs(copy.shipping().position())).isEmpty();
    }

    private static List<String> content(Namespace namespace) {
        List<String> content = new ArrayList<>(List.of("next " + namespace.nextNumber(), "size " + namespace.size(), "bytes " + namespace.dataBytes()));
        for (Namespace.Scanned each : namespace.scan(0, Integer.MAX_VALUE)) {
            content.add(Arrays.toString(each.key()) + Arrays.hashCode(namespace.get(each.key()).orElseThrow()));
        }
        for (Optional<Namespace.Slice> slice = namespace.scan(0, false, java.time.Duration.ofDays(1)); slice.isPresent(); slice = namespace.scan(slice.get().last(), false, java.time.Duration.ofDays(1))) {
            slice.get().entries().forEach(each -> content.add("back " + Arrays.toString(each.key())));
        }
        return content;
    }

    private static Standing secondary() {
        Standing standing = new Standing(1);
        standing.copies("a secondary");
        return standing;
    }

    private Namespace open(FaultyDisk disk, Standing standing) throws IOException {
        return Namespace.open("n", disk, PLACE, PLACE, FILE_SIZE, properties, standing);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
