package org.zosgrid.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is in force, where it comes from, and what nothing is started with. */
class SettingsTest {
    @TempDir private Path folder;

    @BeforeEach
    void files() throws IOException {
        SetUpFiles.write(folder);
        Files.createFile(folder.resolve("password"));
        Files.writeString(folder.resolve("addresses"), "alice=alice@example.org\n");
    }

    @Test
    void theEnvironmentComesBeforeTheFileAndTheFileBeforeTheDefault() throws IOException {
        Settings settings = read("zos.webhooks.attempts=5\nzos.workflow.retry-pause=PT7S\n", Map.of("ZOS_WEBHOOKS_ATTEMPTS", "6", "ZOS_TRACE", "1", "PATH", "/bin"));
        assertThat(settings.values().get(Setting.WEBHOOKS_ATTEMPTS)).isEqualTo(new Settings.Value("6", "environment ZOS_WEBHOOKS_ATTEMPTS"));
        assertThat(settings.values().get(Setting.WORKFLOW_RETRY_PAUSE)).isEqualTo(new Settings.Value("PT7S", folder.resolve("zos.properties").toString()));
        assertThat(settings.values().get(Setting.WEBHOOKS_FIRST_PAUSE)).isEqualTo(new Settings.Value("PT2S", "default"));
        assertThat(settings.values()).hasSize(Setting.values().length);
        assertThat(settings.given()).containsEntry("zos.webhooks.attempts", "6").containsKey("zos.state").doesNotContainKey("zos.webhooks.first-pause");
        assertThat(settings.warnings()).isEmpty();
    }

    @Test
    void anEmptyValueIsNone() throws IOException {
        assertThat(read("zos.database.url=\nzos.webhooks.attempts=\n", Map.of()).text(Setting.WEBHOOKS_ATTEMPTS)).isEqualTo("12");
    }

    @ParameterizedTest
    @CsvSource({
        "zos.http.prot, zos.http.port", "zos.webhook.allow, zos.webhooks.allow", "zos.Hub, zos.hub", "zos.databaseurl, zos.database.url", "state, zos.state"})
    void anUnknownKeyIsToldWithTheNearestKnownOne(String key, String nearest) {
        assertThat(faults(key + "=1\n")).containsExactly(key + ": is unknown; the nearest known one is " + nearest);
    }

    @Test
    void aSecretGivenInlineIsRefusedAndNotRepeated() {
        assertThat(faults("zos.database.password=hunter2\n")).containsExactly("zos.database.password: a secret is given by a file that holds it, zos.database.password-file");
        assertThat(faults("zos.database.url=jdbc:postgresql://db/zos?user=zos&password=hunter2\n")).singleElement().asString()
                .contains("zos.database.url: must hold no password").doesNotContain("hunter2");
    }

    @Test
    void everyFaultIsToldAtOnce() throws IOException {
        Files.writeString(folder.resolve("zos.properties"), "zos.http.port=80800\nzos.http.address=localhost\nzos.hub=10.0.0.1\nzos.state=" + folder.resolve("password") + "\nzos.webhooks.first-pause=2\nzos.webhooks.attempts=0\n");
        assertThatThrownBy(() -> Settings.read(folder.resolve("zos.properties"), Map.of())).isInstanceOfSatisfying(SettingsException.class, refused -> assertThat(refused.faults()).containsExactlyInAnyOrder(
                "zos.http.port: must be 1 to 65535, is 80800", "zos.http.address: must be an IP address, such as 127.0.0.1 or ::, is localhost", "zos.hub: must be an http or https address, is 10.0.0.1", "zos.state: must be a directory, is " + folder.resolve("password"),
                "zos.webhooks.first-pause: must be a duration such as PT3S or PT10M, is 2", "zos.webhooks.attempts: must be 1 to 1000000, is 0",
                "zos.trust-root: is missing", "zos.ledger-key: is missing", "zos.inventory: is missing", "zos.management-tls: is missing"));
    }

    @Test
    void whatOneSettingNeedsOfOthersIsMissed() {
        assertThat(faults("zos.mail.host=mail.example.org\nzos.mail.user=zos\nzos.mail.security=ssl\n")).containsExactlyInAnyOrder("zos.mail.from: is missing; zos.mail.host needs it",
                "zos.mail.addresses: is missing; zos.mail.host needs it", "zos.mail.password-file: is missing; zos.mail.user needs it",
                "zos.mail.security: must be starttls, tls or none, is ssl");
    }

    @Test
    void pricesAreAmountsAndComeTogether() {
        assertThat(faults("zos.workflow.price-processor=12.50\nzos.workflow.price-memory=3\n")).isEmpty();
        assertThat(faults("zos.workflow.price-processor=12.50\n")).containsExactly("zos.workflow.price-memory: is missing; zos.workflow.price-processor needs it");
        assertThat(faults("zos.workflow.price-memory=3 EUR\n")).containsExactly("zos.workflow.price-memory: must be an amount, such as 12.50, is 3 EUR");
    }

    @Test
    void aDatabaseAndALedgerStoreAreNamedWhollyOrNotAtAll() throws IOException {
        String password = Files.writeString(folder.resolve("password"), "secret").toString();
        assertThat(faults("zos.database.url=jdbc:postgresql://db/zos\nzos.ledger-store.address=zdb.example.org:9900\n")).containsExactlyInAnyOrder("zos.database.user: is missing; zos.database.url needs it",
                "zos.database.password-file: is missing; zos.database.url needs it", "zos.ledger-store.password-file: is missing; zos.ledger-store.address needs it");
        assertThat(faults("zos.database.user=zos\nzos.ledger-store.password-file=" + password + "\n")).containsExactlyInAnyOrder(
                "zos.database.user: has no meaning without zos.database.url, is zos", "zos.ledger-store.password-file: has no meaning without zos.ledger-store.address, is " + password);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hooks.example.org", "https://a.example, ftp://b.example", "https://a.example/path", "https://*", "https://u:hunter2@a.example", "https://a.example:x"})
    void aReceiverThatIsNoOriginIsRefusedAtTheStart(String allowed) {
        assertThat(faults("zos.webhooks.allow=" + allowed + "\n")).singleElement().asString().startsWith("zos.webhooks.allow: must be origins such as").doesNotContain("hunter2");
    }

    @Test
    void receiversAreOrigins() {
        assertThat(faults("zos.webhooks.allow=https://hooks.example.org, https://*.corp.example:8443,http://127.0.0.1:*,http://[::1]:*\n")).isEmpty();
    }

    @Test
    void mailInTheClearIsForThisMachineOnly() {
        String mail = "zos.mail.from=zos@example.org\nzos.mail.addresses=" + folder.resolve("addresses") + "\nzos.mail.security=none\n";
        assertThat(faults(mail + "zos.mail.host=mail.example.org\n")).containsExactly("zos.mail.security: none is for a server on this machine only, and zos.mail.host is mail.example.org");
        assertThat(faults(mail + "zos.mail.host=localhost\n")).isEmpty();
    }

    @Test
    void aTicketSystemNeedsALoginAndJiraAProject() {
        assertThat(faults("zos.tickets.system=jira\n")).containsExactlyInAnyOrder("zos.tickets.url: is missing; zos.tickets.system needs it", "zos.tickets.user: is missing; zos.tickets.system needs it",
                "zos.tickets.password-file: is missing; zos.tickets.system needs it", "zos.tickets.project: is missing; zos.tickets.system needs it");
        assertThat(faults("zos.tickets.system=remedy\nzos.tickets.password=x\n")).contains("zos.tickets.system: must be servicenow or jira, is remedy",
                "zos.tickets.password: a secret is given by a file that holds it, zos.tickets.password-file");
    }

    @Test
    void aRenamedKeyWorksAndIsWarnedOf() throws IOException {
        Map<String, Settings.Value> given = given("zos.http.listen", "8081");
        given.remove("zos.http.port");
        Settings settings = Settings.check("test", given, Map.of("zos.http.listen", Setting.HTTP_PORT));
        assertThat(settings.text(Setting.HTTP_PORT)).isEqualTo("8081");
        assertThat(settings.warnings()).containsExactly("zos.http.listen: is called zos.http.port now");
    }

    @Test
    void bothNamesOfOneSettingAreTooMany() {
        assertThatThrownBy(() -> Settings.check("test", given("zos.http.listen", "8081"), Map.of("zos.http.listen", Setting.HTTP_PORT)))
                .isInstanceOf(SettingsException.class).hasMessageContaining("zos.http.port: is given twice");
    }

    @Test
    void whatMayBeAPasswordInAnAddressIsNotShown() {
        assertThat(Settings.shown(Setting.HUB, "http://me:hunter2@hub.example:80/")).isEqualTo("http://***@hub.example:80/");
        assertThat(Settings.shown(Setting.DATABASE_URL, "jdbc:postgresql://db/zos?password=hunter2&ssl=true")).isEqualTo("jdbc:postgresql://db/zos?password=***&ssl=true");
    }

    @Test
    void aConfigurationThatCannotBeReadIsNamedWithTheReason() throws IOException {
        Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff});
        for (Path each : List.of(folder, folder.resolve("none"), binary)) {
            assertThatThrownBy(() -> Settings.read(each, Map.of())).isInstanceOf(SettingsException.class).hasMessageContaining("the configuration " + each + " cannot be read: it must be a file of lines KEY=VALUE in UTF-8 (");
        }
    }

    private List<String> faults(String lines) {
        try {
            read(lines, Map.of());
            return List.of();
        } catch (SettingsException refused) {
            return refused.faults();
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }

    private Settings read(String lines, Map<String, String> environment) throws IOException {
        var text = new StringBuilder();
        given("zos.http.port", "8080").forEach((key, value) -> text.append(key).append('=').append(value.text()).append('\n'));
        return Settings.read(Files.writeString(folder.resolve("zos.properties"), text + lines), environment);
    }

    private Map<String, Settings.Value> given(String key, String value) {
        var given = new TreeMap<String, Settings.Value>();
        Map.of("zos.state", folder + "/state", "zos.trust-root", folder + "/root.json", "zos.ledger-key", folder + "/ledger.json", "zos.inventory", folder + "/nodes.json",
                "zos.management-tls", folder + "/tls", "zos.hub", "http://10.231.0.1:8090", "zos.http.port", "8080").forEach((each, text) -> given.put(each, new Settings.Value(text, "test")));
        given.put(key, new Settings.Value(value, "test"));
        return given;
    }
}
