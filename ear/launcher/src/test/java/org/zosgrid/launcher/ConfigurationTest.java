package org.zosgrid.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationTest {
    @TempDir private Path folder;

    @BeforeEach
    void files() throws IOException {
        for (String name : new String[] {"root.json", "ledger.pem", "nodes.json"}) {
            Files.createFile(folder.resolve(name));
        }
        Files.createDirectory(folder.resolve("tls"));
        Files.writeString(folder.resolve("password"), "secret\n");
    }

    @Test
    void readsEveryValue() throws IOException {
        Configuration configuration = read(valid() + """
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
        assertThat(configuration.ledgerKey()).isEqualTo(folder.resolve("ledger.pem"));
        assertThat(configuration.inventory()).isEqualTo(folder.resolve("nodes.json"));
        assertThat(configuration.managementTls()).isEqualTo(folder.resolve("tls"));
        assertThat(configuration.hub()).hasToString("http://10.231.0.1:8090");
        assertThat(configuration.workflow()).containsExactly(Map.entry("zos.workflow.provisioning-patience", Duration.ofSeconds(20)));
        assertThat(configuration.properties()).containsEntry("zos.workflow.provisioning-patience", "PT20S");
        assertThat(configuration.httpPort()).isEqualTo(8080);
        assertThat(configuration.database()).contains(new DatabaseAccess("jdbc:postgresql://db.example.org:5432/zos", "zos", "secret"));
        assertThat(configuration.database().orElseThrow().toString()).doesNotContain("secret");
        assertThat(configuration.properties()).containsEntry("zos.hub", "http://10.231.0.1:8090").doesNotContainKey("zos.database.password-file");
    }

    @Test
    void usesItsOwnDatabaseUnlessToldOtherwise() throws IOException {
        assertThat(read(valid() + "zos.database.url=\n").database()).isEmpty();
        assertThat(read(valid()).database()).isEmpty();
        assertThat(read(valid() + "zos.ledger-store.address=\n").ledgerStore()).isEmpty();
    }

    @Test
    void reportsEveryFaultAtOnce() {
        assertThatThrownBy(() -> read("""
            zos.state=%1$s/root.json
            zos.trust-root=%1$s/nowhere.json
            zos.inventory=%1$s/tls
            zos.hub=10.231.0.1
            zos.http.port=80800
            zos.http.prot=8080
            zos.database.user=zos
            zos.ledger-store.address=localhost:99999
            zos.workflow.retry-pause=3
            zos.workflow.verification-patience=PT0S
            """.formatted(folder))).isInstanceOf(StartException.class).message()
            .contains("zos.http.prot: unknown", "zos.state: must be a directory", "zos.trust-root: must be a file, is " + folder + "/nowhere.json, which does not exist",
                "zos.ledger-key: is missing", "zos.inventory: must be a file", "zos.management-tls: is missing",
                "zos.hub: must be an http or https address, is 10.231.0.1", "zos.http.port: must be 1 to 65535, is 80800",
                "zos.database.user: has no meaning without zos.database.url", "zos.ledger-store.address: must be HOST:PORT, is localhost:99999", "zos.ledger-store.password-file: is missing", "zos.workflow.retry-pause: must be a duration such as PT3S or PT10M, is 3",
                "zos.workflow.verification-patience: must be longer than nothing, is PT0S");
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

    private String valid() {
        return """
            zos.state=%1$s/state
            zos.trust-root=%1$s/root.json
            zos.ledger-key=%1$s/ledger.pem
            zos.inventory=%1$s/nodes.json
            zos.management-tls=%1$s/tls
            zos.hub=http://10.231.0.1:8090
            zos.http.port=8080
            """.formatted(folder);
    }

    private Configuration read(String properties) throws IOException {
        return Configuration.read(Files.writeString(folder.resolve("control-plane.properties"), properties));
    }
}
