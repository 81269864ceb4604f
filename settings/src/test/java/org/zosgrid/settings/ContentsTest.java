package org.zosgrid.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that are there and do not hold what they must, and variables that are no settings. */
class ContentsTest {
    private static final String WINDOWS = "{\"windows\": [{\"name\": \"night\", \"days\": [\"mon\"], \"from\": \"22:00\", \"to\": \"24:00\"}]}";

    @TempDir private Path folder;
    private String least = "";

    @BeforeEach
    void files() throws IOException {
        least = SetUpFiles.write(folder);
        Files.copy(folder.resolve("tls/authority.pem"), folder.resolve("ldap.pem"));
        Files.writeString(folder.resolve("windows.json"), WINDOWS);
        Files.writeString(folder.resolve("addresses"), "alice=alice@example.org\n");
        Files.writeString(folder.resolve("scim"), "0123456789abcdef0123456789abcdef\n");
        Files.writeString(folder.resolve("organisations.json"), "{\"organisations\": []}");
    }

    @Test
    void whatIsAsItMustBeIsTaken() {
        assertThatCode(this::start).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "root.json          | {}                            | zos.trust-root: must be a signed trust root, as 'zos trust init' writes it (payloadType:",
        "nodes.json         | {\"nodes\": [{\"name\": \"n\"}]} | zos.inventory: must be an inventory such as {\"nodes\":",
        "organisations.json | []                            | zos.organisations: must be as docs/organisations.md has it (",
        "windows.json       | {\"windows\": [{\"name\": \"night\", \"days\": [\"moon\"], \"from\": \"22:00\", \"to\": \"24:00\"}]} | zos.workflow.windows: must have windows such as {\"windows\":",
        "addresses          | alice                         | zos.mail.addresses: must have lines such as alice=alice@example.org (alice: must be an address such as alice@example.org",
        "scim               | hunter2                       | zos.scim.token-file: must hold a token of at least 32 characters (it has 7)",
        "ldap.pem           | nothing                       | zos.ldap.authority: must hold a certificate in PEM (no line is -----BEGIN CERTIFICATE-----)",
        "tls/key.pem        | nothing                       | zos.management-tls: must have certificate.pem, key.pem with an ML-DSA-65 key, and authority.pem (",
        "tls/authority.pem  | nothing                       | zos.management-tls: must have certificate.pem, key.pem with an ML-DSA-65 key, and authority.pem ("})
    void aFileWithSomethingElseIsRefusedInOneLine(String file, String text, String told) throws IOException {
        Files.writeString(folder.resolve(file), text);
        String named = folder.resolve(file.startsWith("tls/") ? "tls" : file).toString();
        assertThat(faults()).singleElement().asString().startsWith(told).endsWith("), is " + named).doesNotContain("\n").doesNotContain("hunter2");
    }

    @Test
    void allOfThemAreToldAtOnce() throws IOException {
        for (String file : List.of("root.json", "nodes.json", "organisations.json", "windows.json", "scim", "ldap.pem")) {
            Files.writeString(folder.resolve(file), "");
        }
        Files.writeString(folder.resolve("addresses"), "alice\n");
        Files.delete(folder.resolve("tls/authority.pem"));
        assertThat(faults()).extracting(each -> each.substring(0, each.indexOf(':'))).containsExactlyInAnyOrder("zos.trust-root", "zos.inventory", "zos.organisations", "zos.workflow.windows",
                "zos.scim.token-file", "zos.ldap.authority", "zos.mail.addresses", "zos.management-tls");
        assertThat(faults()).anySatisfy(each -> assertThat(each).contains("(there is no " + folder.resolve("tls/authority.pem") + ")"));
    }

    @Test
    void aDirectoryWithoutACertificateInItIsNoIdentity() throws IOException {
        Files.writeString(folder.resolve("tls/certificate.pem"), "");
        assertThat(faults()).singleElement().asString().contains("zos.management-tls").contains("certificate.pem: must hold a certificate");
    }

    /** Whoever looks at settings may not read them. */
    @Test
    void secretsAreOpenedBeforeAStartOnly() throws IOException {
        Files.writeString(folder.resolve("scim"), "short");
        Files.delete(folder.resolve("tls/key.pem"));
        assertThatCode(() -> Settings.read(configuration(), Map.of())).doesNotThrowAnyException();
        assertThat(faults()).hasSize(2);
    }

    /** What a running server follows may be wrong for a while: it goes on with what was there before. */
    @Test
    void aRunningServerOpensNothingToTellItsSettings() throws IOException {
        Map<String, Settings.Value> given = given();
        Files.writeString(folder.resolve("nodes.json"), "half");
        assertThatCode(() -> Settings.check("the server", given)).doesNotThrowAnyException();
    }

    @Test
    void aVariableThatIsNoSettingIsWarnedOfWithTheNearestThatIsOne() throws IOException {
        Map<String, String> environment = Map.of("ZOS_HTP_PORT", "1", "ZOS_DATABASE_PASSWORD", "hunter2", "ZOS_KEY", "k", "ZOS_HOME", "h", "ZOS_SERVER", "s", "ZOS_TRACE", "1", "ZOS_PKCS11", "p", "ZOS_HTTP_PORT", "8081", "ZOSMA", "x");
        assertThat(Settings.read(configuration(), environment).warnings()).containsExactly(
                "ZOS_DATABASE_PASSWORD: this environment variable is no setting and changes nothing; the nearest that is one is ZOS_DATABASE_PASSWORD_FILE",
                "ZOS_HTP_PORT: this environment variable is no setting and changes nothing; the nearest that is one is ZOS_HTTP_PORT");
        assertThat(Settings.checkToStart("the server", given(), environment).warnings()).hasSize(2);
    }

    @Test
    void whatIsMissingMayStandInAMisspeltVariable() throws IOException {
        Path file = Files.writeString(folder.resolve("zos.properties"), Files.readString(configuration()).replaceAll("zos\\.hub=.*\\n", ""));
        assertThatThrownBy(() -> Settings.readToStart(file, Map.of("ZOS_HUBB", "http://h"))).isInstanceOfSatisfying(SettingsException.class, refused ->
                assertThat(refused.faults()).containsExactly("zos.hub: is missing", "ZOS_HUBB: this environment variable is no setting and changes nothing; the nearest that is one is ZOS_HUB"));
    }

    private List<String> faults() throws IOException {
        try {
            start();
            return List.of();
        } catch (SettingsException refused) {
            return refused.faults();
        }
    }

    private Settings start() throws IOException {
        return Settings.readToStart(configuration(), Map.of());
    }

    private Map<String, Settings.Value> given() throws IOException {
        return start().values().entrySet().stream().collect(Collectors.toMap(each -> each.getKey().key(), Map.Entry::getValue));
    }

    private Path configuration() throws IOException {
        return Files.writeString(folder.resolve("zos.properties"), least + """
                zos.organisations=%1$s/organisations.json
                zos.workflow.windows=%1$s/windows.json
                zos.mail.addresses=%1$s/addresses
                zos.scim.token-file=%1$s/scim
                zos.ldap.authority=%1$s/ldap.pem
                """.formatted(folder));
    }
}
