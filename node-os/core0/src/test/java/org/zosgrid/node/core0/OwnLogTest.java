package org.zosgrid.node.core0;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zosgrid.node.zdb.Store;

/** On a real store whose files are changed while it is closed. */
class OwnLogTest {
    private static final int RECORDS = 5;
    private static final int RECORD = 200;

    @TempDir
    Path directory;

    @BeforeEach
    void write() {
        try (Store store = Store.open(directory)) {
            for (String name : new String[] {"contracts", "receipts", "cosigned"}) {
                for (int i = 0; i < RECORDS; i++) {
                    OwnLog.open(store, name).append(("record " + i + " ").repeat(RECORD).substring(0, RECORD).getBytes(StandardCharsets.UTF_8));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"contracts", "receipts", "cosigned"})
    void aLogThatIsDamagedInTheMiddleStopsTheNodeAndTheMessageNamesThePlace(String name) throws IOException {
        crashed(name);
        try (RandomAccessFile file = new RandomAccessFile(directory.resolve(name).resolve("d0").toFile(), "rw")) {
            file.seek(400);
            file.write('#');
        }
        try (Store store = Store.open(directory)) {
            assertThatThrownBy(() -> OwnLog.open(store, name))
                    .isInstanceOf(NodeException.class)
                    .hasMessageMatching("the log '" + name + "' of this node is damaged: 2[0-9]{2} bytes of file d0 from offset 2[0-9]{2}");
        }
    }

    @Test
    void anEndThatACrashToreOffIsNoDamage() throws IOException {
        crashed("receipts");
        Path file = directory.resolve("receipts/d0");
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "rw")) {
            log.setLength(Files.size(file) - 3);
        }
        try (Store store = Store.open(directory)) {
            assertThat(OwnLog.open(store, "receipts").size()).isEqualTo(RECORDS - 1);
        }
    }

    /** Without what an orderly end leaves behind, the store reads its data again. */
    private void crashed(String name) throws IOException {
        Files.delete(directory.resolve(name).resolve("checkpoint"));
    }
}
