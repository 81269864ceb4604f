package org.zosgrid.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zosgrid.settings.SetUpFiles;

class FullServerCommandsTest {
    @TempDir private Path folder;
    private String valid = "";

    @BeforeEach
    void files() throws IOException {
        valid = SetUpFiles.write(folder);
        Files.createFile(folder.resolve("control-plane.ear"));
        Files.createDirectory(folder.resolve("rars"));
        for (String name : new String[] {"zdb-connector", "flist-rar", "network-rar"}) {
            Files.createFile(folder.resolve("rars").resolve(name + ".rar"));
        }
        Files.writeString(folder.resolve("password"), "se:c=r\"e\\t\n");
    }

    @Test
    void adaptersAndTheirResourcesComeBeforeTheApplication() throws IOException {
        List<String> names = commands(database() + store()).all().stream().map(ServerCommand::toString).toList();
        assertThat(names).containsSubsequence("create-jdbc-resource jdbc/zos", "create-connector-resource zos/zdb", "create-connector-resource zos/images",
            "create-connector-resource zos/network", "deploy " + folder.resolve("control-plane.ear"));
        assertThat(names.getLast()).isEqualTo("deploy " + folder.resolve("control-plane.ear"));
    }

    @Test
    void theApplicationIsToldItsSettingsAndNoPassword() throws IOException {
        ServerCommand properties = commands(database() + store() + "zos.tracing.endpoint=http://collector.example.org:4318\n").all().getFirst();
        assertThat(properties.name()).isEqualTo("create-system-properties");
        assertThat(properties.arguments().getLast())
            .contains("zos.hub=http\\://10.231.0.1\\:8090", "otel.exporter.otlp.endpoint=http\\://collector.example.org\\:4318")
            .doesNotContain("zos.database");
    }

    /** A full server runs in a folder of its own: what is relative to this program's would be looked for there. */
    @Test
    void everyPathIsWhole() throws IOException {
        Path organisations = Files.writeString(folder.resolve("organisations.json"), "{\"organisations\": []}");
        Path relative = Path.of("").toAbsolutePath().relativize(organisations);
        List<ServerCommand> commands = commands(database() + store() + "zos.organisations=" + relative + "\n").all();
        assertThat(commands.stream().map(ServerCommand::line)).noneMatch(line -> line.contains(relative.toString()));
        assertThat(commands.stream().filter(each -> each.name().equals("create-resource-adapter-config")).map(ServerCommand::line)).filteredOn(line -> line.contains("organisations=" + organisations)).hasSize(1);
        assertThat(commands.getFirst().arguments().getLast()).contains("zos.organisations=" + organisations);
    }

    @Test
    void whatMeansSomethingToTheServerIsWrittenSoThatItMeansNothing() throws IOException {
        Path file = folder.resolve("commands");
        commands(database() + store()).write(file);
        assertThat(Files.readString(file)).contains("password=se\\\\:c\\\\=r\\\"e\\\\\\\\t");
        assertThat(Files.getPosixFilePermissions(file)).containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    }

    @Test
    void aFileThatIsThereStays() throws IOException {
        Path file = Files.writeString(folder.resolve("commands"), "mine");
        FullServerCommands commands = commands(database() + store());
        assertThatThrownBy(() -> commands.write(file)).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(file).hasContent("mine");
    }

    @Test
    void saysWhatAFullServerDoesNotBring() throws IOException {
        FullServerCommands withoutDatabase = commands(store());
        assertThatThrownBy(withoutDatabase::all).isInstanceOf(StartException.class).hasMessageContaining("zos.database.url: is missing");
        FullServerCommands withoutStore = commands(database());
        assertThatThrownBy(withoutStore::all).isInstanceOf(StartException.class).hasMessageContaining("zos.ledger-store.address: is missing");
    }

    private String database() {
        return "zos.database.url=jdbc:postgresql://db.example.org:5432/zos\nzos.database.user=zos\nzos.database.password-file=" + folder + "/password\n";
    }

    private String store() {
        return "zos.ledger-store.address=zdb.example.org:9900\nzos.ledger-store.password-file=" + folder + "/password\n";
    }

    private FullServerCommands commands(String besides) throws IOException {
        Path file = Files.writeString(folder.resolve("control-plane.properties"), valid + besides);
        return new FullServerCommands(Configuration.read(file, Map.of()), new Installation(folder));
    }
}
