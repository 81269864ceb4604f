package org.zosgrid.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zosgrid.settings.SetUpFiles;

class ConfigurationTest {
    @TempDir private Path folder;
    private String valid = "";

    @BeforeEach
    void files() throws IOException {
        valid = SetUpFiles.write(folder);
        Files.writeString(folder.resolve("password"), "secret\n");
    }

    @Test
    void readsEveryValue() throws IOException {
        Configuration configuration = read(valid + """
            zos.database.url=jdbc:postgresql://db.example.org:5432/zos
            zos.database.user=zos
            zos.database.password-file=%s/password
            zos.ledger-store.address=zdb.example.org:9900
            zos.ledger-store.password-file=%s/password
            zos.workflow.provisioning-patience=PT20S
            """.formatted(folder, folder));
        assertThat(configuration.ledgerStore()).contains(new LedgerStoreAccess("zdb.example.org:9900", folder.resolve("password")));
        assertThat(configuration.state()).isEqualTo(folder.resolve("state"));
        assertThat(configuration.trustRoot()).isEqualTo(folder.resolve("root.json"));
        assertThat(configuration.inventory()).isEqualTo(folder.resolve("nodes.json"));
        assertThat(configuration.managementTls()).isEqualTo(folder.resolve("tls"));
        assertThat(configuration.hub()).hasToString("http://10.231.0.1:8090");
        assertThat(configuration.properties()).containsEntry("zos.workflow.provisioning-patience", "PT20S").doesNotContainKey("zos.workflow.retry-pause");
        assertThat(configuration.httpPort()).isEqualTo(8080);
        assertThat(configuration.database()).contains(new DatabaseAccess("jdbc:postgresql://db.example.org:5432/zos", "zos", "secret"));
        assertThat(configuration.database().orElseThrow().toString()).doesNotContain("secret");
        assertThat(configuration.properties()).containsEntry("zos.hub", "http://10.231.0.1:8090").doesNotContainKeys("zos.database.url", "zos.database.password-file");
    }

    @Test
    void usesItsOwnDatabaseUnlessToldOtherwise() throws IOException {
        assertThat(read(valid + "zos.database.url=\n").database()).isEmpty();
        assertThat(read(valid).database()).isEmpty();
        assertThat(read(valid + "zos.ledger-store.address=\n").ledgerStore()).isEmpty();
    }

    @Test
    void whatTheEnvironmentSaysCountsMore() throws IOException {
        assertThat(read(valid, Map.of("ZOS_HTTP_PORT", "8081")).httpPort()).isEqualTo(8081);
    }

    @Test
    void pathsReachTheApplicationWhole() throws IOException {
        assertThat(read(valid.replace(folder + "/state", folder + "/x/../state")).properties()).containsEntry("zos.state", folder + "/state");
    }

    @Test
    void reportsEveryFaultAtOnce() {
        assertThatThrownBy(() -> read("""
            zos.state=%1$s/root.json
            zos.trust-root=%1$s/nowhere.json
            zos.http.prot=8080
            """.formatted(folder))).isInstanceOf(StartException.class).message()
            .contains("zos.http.prot: is unknown; the nearest known one is zos.http.port", "zos.state: must be a directory",
                "zos.trust-root: must be a file; it does not exist, is " + folder + "/nowhere.json", "zos.ledger-key: is missing");
    }

    @Test
    void aDatabaseIsNamedWhollyOrNotAtAll() {
        assertThatThrownBy(() -> read(valid + "zos.database.user=zos\n")).isInstanceOf(StartException.class)
            .hasMessageContaining("zos.database.user: has no meaning without zos.database.url");
        assertThatThrownBy(() -> read(valid + "zos.database.url=jdbc:postgresql://db/zos\n")).isInstanceOf(StartException.class)
            .hasMessageContaining("zos.database.user: is missing").hasMessageContaining("zos.database.password-file: is missing");
        assertThatThrownBy(() -> read(valid + "zos.ledger-store.address=localhost:9900\n")).isInstanceOf(StartException.class)
            .hasMessageContaining("zos.ledger-store.password-file: is missing; zos.ledger-store.address needs it");
        assertThatThrownBy(() -> read(valid + "zos.ledger-store.address=localhost:99999\n")).isInstanceOf(StartException.class)
            .hasMessageContaining("zos.ledger-store.address: must be HOST:PORT");
    }

    @Test
    void theExampleNamesEveryKey() throws IOException {
        var faults = new StringBuilder();
        try {
            read(Configuration.EXAMPLE);
        } catch (StartException paths) {
            faults.append(paths.getMessage());
        }
        assertThat(faults.toString()).doesNotContain("unknown", "is missing");
    }

    private Configuration read(String properties) throws IOException {
        return read(properties, Map.of());
    }

    private Configuration read(String properties, Map<String, String> environment) throws IOException {
        return Configuration.read(Files.writeString(folder.resolve("control-plane.properties"), properties), environment);
    }
}
