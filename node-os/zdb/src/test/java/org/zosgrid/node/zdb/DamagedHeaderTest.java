package org.zosgrid.node.zdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A data file's first bytes are not what was written: the store starts, says so, and has every entry. */
class DamagedHeaderTest {
    private static final byte[] KEY = "key".getBytes(StandardCharsets.UTF_8);
    private static final byte[] VALUE = "value".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path directory;

    private Path file = Path.of("");

    @BeforeEach
    void write() {
        file = directory.resolve("kept/d0");
        try (Store store = Store.open(directory)) {
            store.createIfAbsent("kept", Mode.USER).write(KEY, VALUE);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void itIsToldOnceAndMade(boolean withCheckpoint) throws IOException {
        if (!withCheckpoint) {
            Files.delete(directory.resolve("kept/checkpoint"));
        }
        flip(9);
        try (Store store = Store.open(directory)) {
            Namespace namespace = store.namespace("kept").orElseThrow();
            assertThat(namespace.damages()).containsExactly(new Damage(0, 0, DataFile.FILE_HEADER));
            assertThat(namespace.get(KEY)).contains(VALUE);
        }
        try (Store store = Store.open(directory)) {
            assertThat(store.namespace("kept").orElseThrow().damages()).isEmpty();
            assertThat(store.namespace("kept").orElseThrow().get(KEY)).contains(VALUE);
        }
    }

    @Test
    void aWholeHeaderOfAnotherFileIsNoDamage() throws IOException {
        Files.copy(file, directory.resolve("kept/d1"));
        assertThatThrownBy(() -> Store.open(directory)).isInstanceOf(ZdbException.Damaged.class).hasMessageContaining("d1 is no data file of this store");
    }

    private void flip(int at) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[at] ^= 0x20;
        Files.write(file, bytes);
    }
}
