package org.zosgrid.node.zdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed while it writes: what it had acknowledged is there. */
class CrashTest {
    @TempDir
    Path data;

    /** The child: appends for ever, and says each number once it was acknowledged. */
    static final class Writer {
        private Writer() {}

        public static void main(String[] arguments) {
            try (Store store = Store.open(Path.of(arguments[0]))) {
                Namespace log = store.createIfAbsent("log", Mode.SEQUENTIAL);
                while (true) {
                    long number = log.size();
                    System.out.println(log.append(("entry " + number).getBytes(StandardCharsets.UTF_8)));
                }
            }
        }
    }

    @Test
    void everyAcknowledgedWriteIsThereAfterAKill() throws IOException, InterruptedException {
        long acknowledged = -1;
        for (int round = 0; round < 3; round++) {
            Path said = data.resolveSibling(data.getFileName() + "-" + round);
            Process child = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC", "-cp",
                    System.getProperty("java.class.path"), Writer.class.getName(), data.toString())
                    .redirectOutput(said.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try {
                while (lines(said).size() < 50 + 37 * round) {
                    assertThat(child.isAlive()).isTrue();
                }
            } finally {
                child.destroyForcibly().waitFor();
            }
            acknowledged = Long.parseLong(lines(said).getLast());
            Files.delete(said);
            try (Store store = Store.open(data)) {
                List<byte[]> records = store.namespace("log").orElseThrow().read(0, Integer.MAX_VALUE);
                assertThat((long) records.size()).isGreaterThan(acknowledged);
                for (int i = 0; i < records.size(); i++) {
                    assertThat(records.get(i)).asString().isEqualTo("entry " + i);
                }
            }
        }
    }

    /** Whole lines only: the last may have been cut off by the kill. */
    private static List<String> lines(Path file) throws IOException {
        String text = Files.readString(file);
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    }
}
