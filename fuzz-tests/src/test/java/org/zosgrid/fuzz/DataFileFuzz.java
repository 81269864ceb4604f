package org.zosgrid.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.provider.MethodSource;
import org.zosgrid.node.zdb.Mode;
import org.zosgrid.node.zdb.Namespace;
import org.zosgrid.node.zdb.Store;
import org.zosgrid.node.zdb.ZdbException;

/** A namespace whose data file holds whatever a broken disk made of it. */
@ExtendWith(CoverageGuided.class)
class DataFileFuzz {
    private static final String NAMESPACE = "fuzzed";
    private static final byte[] SOUND = sound();

    static Stream<byte[]> seeds() {
        byte[] torn = java.util.Arrays.copyOf(SOUND, SOUND.length - 7);
        byte[] flipped = SOUND.clone();
        flipped[SOUND.length / 2] ^= 0x40;
        return Vectors.seeds(SOUND, torn, flipped, new byte[0]);
    }

    @MethodSource("seeds")
    @FuzzTest
    void theStoreStartsTellsWhatIsDamagedAndGoesOn(byte[] input) {
        Finding.unless(DataFileFuzz.class, input, () -> survive(input));
    }

    private static void survive(byte[] input) {
        Path directory = temporary();
        try {
            try (Store store = Store.open(directory)) {
                store.createIfAbsent(NAMESPACE, Mode.USER);
            }
            Files.write(dataFile(directory), input);
            deleteIndexes(directory);
            try (Store store = Store.open(directory)) {
                Namespace namespace = store.namespace(NAMESPACE).orElseThrow();
                read(namespace);
                namespace.write(Vectors.utf8("afterwards"), Vectors.utf8("written"));
                assertThat(namespace.get(Vectors.utf8("afterwards"))).contains(Vectors.utf8("written"));
            }
            try (Store store = Store.open(directory)) {
                assertThat(store.namespace(NAMESPACE).orElseThrow().get(Vectors.utf8("afterwards"))).contains(Vectors.utf8("written"));
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } finally {
            delete(directory);
        }
    }

    private static void read(Namespace namespace) {
        for (Namespace.Scanned each : namespace.scan(0, 100)) {
            try {
                namespace.get(each.key());
            } catch (ZdbException.Damaged told) {
                assertThat(told.getMessage()).contains("is damaged at offset");
            }
        }
        namespace.damages().forEach(each -> assertThat(each.toString()).isNotBlank());
    }

    private static byte[] sound() {
        Path directory = temporary();
        try (Store store = Store.open(directory)) {
            Namespace namespace = store.createIfAbsent(NAMESPACE, Mode.USER);
            for (int i = 0; i < 4; i++) {
                namespace.write(Vectors.utf8("key-" + i), Vectors.utf8("value ".repeat(i + 1)));
            }
            namespace.delete(Vectors.utf8("key-1"));
            namespace.write(Vectors.utf8("key-2"), Vectors.utf8("once more"));
            return Files.readAllBytes(dataFile(directory));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } finally {
            delete(directory);
        }
    }

    private static Path dataFile(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.endsWith(Path.of(NAMESPACE, "d0"))).findFirst().orElseThrow();
        }
    }

    /** What is not data: the namespace's properties stay. */
    private static void deleteIndexes(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(each -> each.getParent().endsWith(NAMESPACE) && List.of("checkpoint", "index").contains(each.getFileName().toString())).toList()) {
                Files.delete(file);
            }
        }
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("zdb-fuzz");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
