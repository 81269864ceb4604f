package org.zosgrid.node.zdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Offline tools on the folders of a store, whole and damaged. */
class ToolTest {
    @TempDir
    Path directory;

    private Path data;
    private Path file;
    private int exit;

    @BeforeEach
    void fill() {
        data = directory.resolve("data");
        file = directory.resolve("n.export");
        try (Store store = Store.open(data)) {
            Namespace users = store.createIfAbsent("users", Mode.USER);
            for (int i = 0; i < 1000; i++) {
                users.stage(bytes("key " + i), bytes("value " + i), 1_000_000L + i);
            }
            users.stage(bytes("key 5"), bytes("newer"), 2_000_000);
            users.stageDeletion(bytes("key 7"), 2_000_001);
            users.jump();
            users.stage(bytes("key 8"), bytes(""), 2_000_002);
            users.sync();
            users.update(users.properties().withPassword(Password.hash("p"), "").withOpen(false).withMaxSize(12_345).withWorm(true));
            Namespace log = store.createIfAbsent("log", Mode.SEQUENTIAL);
            for (int i = 0; i < 10; i++) {
                log.append(bytes("record " + i));
            }
            log.write(org.zosgrid.zdb.client.ZdbClient.key(3), bytes("updated"));
            log.delete(org.zosgrid.zdb.client.ZdbClient.key(4));
            log.delete(org.zosgrid.zdb.client.ZdbClient.key(9));
        }
    }

    private JsonNode run(String... arguments) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        all.addAll(List.of("--data", data.toString()));
        exit = Tool.run(all.toArray(String[]::new), new PrintStream(out), new PrintStream(err));
        assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("progress ");
        return Tool.JSON.readTree(out.toByteArray());
    }

    private static JsonNode namespace(JsonNode result, String name) {
        for (JsonNode each : result.path("namespaces")) {
            if (each.path("name").asText().equals(name)) {
                return each;
            }
        }
        throw new AssertionError(result);
    }

    @Test
    void aWholeStoreIsFoundWholeAndIsLeftAsItWas() throws IOException {
        List<String> before = contents();
        JsonNode result = run("verify");
        assertThat(exit).isZero();
        assertThat(result.path("good").asBoolean()).isTrue();
        JsonNode users = namespace(result, "users");
        assertThat(users.path("entries").asLong()).isEqualTo(1003);
        assertThat(users.path("keys").asLong()).isEqualTo(999);
        assertThat(users.path("files").asInt()).isEqualTo(2);
        assertThat(users.path("indexKept").asBoolean()).isTrue();
        assertThat(contents()).isEqualTo(before);
    }

    private List<String> contents() throws IOException {
        try (Stream<Path> files = Files.walk(data)) {
            List<String> all = new ArrayList<>();
            for (Path each : files.filter(Files::isRegularFile).filter(path -> !path.endsWith("lock")).sorted().toList()) {
                all.add(each + " " + Arrays.hashCode(Files.readAllBytes(each)) + " " + Files.getLastModifiedTime(each));
            }
            return all;
        }
    }

    @Test
    void damageInTheDataIsFoundWithItsPlaceAndNotExported() throws IOException {
        flip(data.resolve("users/d0"), 5_000);
        JsonNode result = run("verify", "--namespace", "users");
        assertThat(exit).isEqualTo(1);
        JsonNode damage = namespace(result, "users").path("damages").path(0);
        assertThat(damage.path("file").asText()).isEqualTo("d0");
        assertThat(damage.path("offset").asLong()).isBetween(4_900L, 5_000L);
        assertThatThrownBy(() -> run("export", "--namespace", "users", "--file", file.toString())).hasMessageContaining("users is damaged, first in d0 at ");
        assertThat(file).doesNotExist();
    }

    @Test
    void dataThatIsMissingFromAStoreThatEndedInOrderIsDamage() throws IOException {
        try (RandomAccessFile log = new RandomAccessFile(data.resolve("log/d0").toFile(), "rw")) {
            log.setLength(log.length() - EntryLayout.length(8, 0));
        }
        assertThat(run("verify", "--namespace", "log").path("good").asBoolean()).isFalse();
    }

    @Test
    void anIndexThatSaysSomethingElseThanTheDataIsFoundAndRebuilt() throws IOException {
        Path kept = directory.resolve("checkpoint");
        Files.copy(data.resolve("users/checkpoint"), kept);
        try (Store store = Store.open(data)) {
            Namespace users = store.namespace("users").orElseThrow();
            users.update(users.properties().withWorm(false));
            long end = users.end();
            users.delete(bytes("key 1"));
            assertThat(users.end()).isGreaterThan(end);
        }
        // An old checkpoint under a longer log does not fit and is not used; one whose counts are wrong would be.
        byte[] checkpoint = Files.readAllBytes(data.resolve("users/checkpoint"));
        byte[] old = Files.readAllBytes(kept);
        assertThat(old).isNotEqualTo(checkpoint);
        java.nio.ByteBuffer head = Namespace.wrap(checkpoint);
        head.putLong(32, head.getLong(32) + 1);
        int headLength = 64 + head.getInt(52) * 12;
        head.putInt(0, EntryLayout.checksum(head.duplicate().order(java.nio.ByteOrder.LITTLE_ENDIAN), 0, headLength, new java.util.zip.CRC32C()));
        Files.write(data.resolve("users/checkpoint"), checkpoint);
        JsonNode found = namespace(run("verify", "--namespace", "users"), "users");
        assertThat(found.path("indexWrong").asLong()).isEqualTo(1);
        assertThat(exit).isEqualTo(1);
        JsonNode rebuilt = namespace(run("rebuild-index", "--namespace", "users"), "users");
        assertThat(rebuilt.path("entries").asLong()).isEqualTo(998);
        assertThat(run("verify").path("good").asBoolean()).isTrue();
    }

    @Test
    void aUserNamespaceComesBackWithItsPropertiesAndWithItsHistoryIfWished() throws IOException {
        for (boolean history : List.of(false, true)) {
            JsonNode exported = history ? run("export", "--namespace", "users", "--file", file.toString(), "--history") : run("export", "--namespace", "users", "--file", file.toString());
            assertThat(exported.path("records").asLong()).isEqualTo(history ? 1003 : 999);
            String name = "copy-" + history;
            assertThatThrownBy(() -> run("import", "--file", file.toString(), "--namespace", name)).hasMessageContaining("had a password, which is not exported");
            Path password = directory.resolve("password");
            Files.writeString(password, "new\n");
            JsonNode imported = run("import", "--file", file.toString(), "--namespace", name, "--password-file", password.toString());
            assertThat(imported.path("keys").asLong()).isEqualTo(999);
            try (Store store = Store.open(data)) {
                Namespace copy = store.namespace(name).orElseThrow();
                assertThat(copy.properties().maxSize()).isEqualTo(12_345);
                assertThat(copy.properties().worm()).isTrue();
                assertThat(copy.properties().open()).isFalse();
                assertThat(copy.properties().durability()).isEqualTo(Durability.SYNC);
                assertThat(Password.matches("new", copy.properties().password())).isTrue();
                assertThat(copy.get(bytes("key 5"))).hasValue(bytes("newer"));
                assertThat(copy.get(bytes("key 7"))).isEmpty();
                assertThat(copy.get(bytes("key 8"))).hasValue(new byte[0]);
                assertThat(copy.describe(bytes("key 9")).orElseThrow().time()).isEqualTo(1000);
                assertThat(copy.get(bytes("key 5"), Instant.ofEpochMilli(1_500_000)).map(each -> new String(each, StandardCharsets.UTF_8)))
                        .isEqualTo(history ? Optional.of("value 5") : Optional.empty());
            }
        }
    }

    @Test
    void aSequenceComesBackWithItsNumbers() throws IOException {
        for (boolean history : List.of(false, true)) {
            String name = "copy-" + history;
            JsonNode exported = history ? run("export", "--namespace", "log", "--file", file.toString(), "--history") : run("export", "--namespace", "log", "--file", file.toString());
            assertThat(exported.path("records").asLong()).isEqualTo(history ? 13 : 8);
            run("import", "--file", file.toString(), "--namespace", name);
            try (Store store = Store.open(data)) {
                Namespace copy = store.namespace(name).orElseThrow();
                assertThat(copy.size()).isEqualTo(8);
                assertThat(copy.read(0, 100)).containsExactly(bytes("record 0"), bytes("record 1"), bytes("record 2"), bytes("updated"));
                assertThat(copy.read(5, 100)).hasSize(4);
                assertThat(copy.append(bytes("next"))).as("the last number was deleted and is not given again").isEqualTo(10);
            }
        }
    }

    @Test
    void anImportIntoANamespaceThatIsThereIsRefusedOrMergedAndCanBeRepeated() throws IOException {
        run("export", "--namespace", "users", "--file", file.toString());
        assertThatThrownBy(() -> run("import", "--file", file.toString())).hasMessage("--namespace: users is there already; take another name, or --merge to add to it");
        run("import", "--file", file.toString(), "--namespace", "copy", "--no-password");
        JsonNode again = run("import", "--file", file.toString(), "--namespace", "copy", "--merge");
        assertThat(again.path("written").asLong()).isZero();
        assertThat(again.path("unchanged").asLong()).isEqualTo(999);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 40, 5_000, -40, -1})
    void anExportWithOneByteChangedOrCutOffIsNotTakenIn(int at) throws IOException {
        run("export", "--namespace", "users", "--file", file.toString(), "--history");
        Path whole = directory.resolve("whole");
        Files.copy(file, whole);
        long place = at < 0 ? Files.size(file) + at : at;
        flip(file, place);
        assertThatThrownBy(() -> run("import", "--file", file.toString(), "--namespace", "copy", "--no-password")).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("--file: " + file);
        Files.copy(whole, file, StandardCopyOption.REPLACE_EXISTING);
        try (RandomAccessFile cut = new RandomAccessFile(file.toFile(), "rw")) {
            cut.setLength(place);
        }
        assertThatThrownBy(() -> run("import", "--file", file.toString(), "--namespace", "copy", "--no-password")).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("--file: " + file);
        assertThat(data.resolve("copy")).doesNotExist();
    }

    @Test
    void aStoreThatIsInUseIsLeftAlone() {
        try (Store store = Store.open(data)) {
            assertThat(store.names()).contains("users");
            assertThatThrownBy(() -> run("verify")).isInstanceOf(IOException.class).hasMessageContaining("uses the store in " + data + " already");
        }
    }

    private static void flip(Path file, long at) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(at);
            int before = bytes.read();
            bytes.seek(at);
            bytes.write(before ^ 1);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
