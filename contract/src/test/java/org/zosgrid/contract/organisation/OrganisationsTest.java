package org.zosgrid.contract.organisation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.Fault;
import org.zosgrid.contract.admission.Resources;

/** The operator's file of organisations. */
class OrganisationsTest {
    private static final Path BASE = Path.of("/etc/zos");

    @Test
    void theDefaultOrganisationIsThereAndHasEveryNodeThatNobodyClaims() {
        Organisations both = parse("""
                {"organisations": [{"name": "acme", "trustRoot": "acme/root.json", "ledgerKey": "/keys/acme", "hub": "http://10.0.0.1:8090", "nodes": ["n3"],
                  "quota": {"deployments": 2, "memory": "1GiB"}}]}""");
        assertThat(both.all()).extracting(Organisation::name).containsExactly("default", "acme");
        assertThat(both.several()).isTrue();
        assertThat(both.ownerOf("n3")).isEqualTo("acme");
        assertThat(both.ownerOf("n1")).isEqualTo("default");
        assertThat(both.find("acme").orElseThrow().own().orElseThrow().trustRoot()).isEqualTo(Path.of("/etc/zos/acme/root.json"));
        assertThat(both.find("acme").orElseThrow().own().orElseThrow().ledgerKey()).isEqualTo(Path.of("/keys/acme"));
        assertThat(Organisations.ONE.several()).isFalse();
    }

    @Test
    void addressesAreAFileOfTheOrganisationsThatMustBeThere(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("organisations.json"), """
                {"organisations": [{"name": "acme", "trustRoot": "r", "ledgerKey": "l", "hub": "http://h", "nodes": [], "mailAddresses": "acme.properties"},
                  {"name": "other", "trustRoot": "r", "ledgerKey": "l", "hub": "http://h", "nodes": []}]}""");
        assertThatThrownBy(() -> Organisations.read(file)).isInstanceOf(ContractException.class)
                .hasMessageContaining("organisations.acme.mailAddresses: must be a file that can be read (is: " + folder.resolve("acme.properties") + ")").hasMessageNotContaining("other");
        Files.writeString(folder.resolve("acme.properties"), "alice=alice@acme.example\n");
        assertThat(Organisations.read(file).find("acme").orElseThrow().own().orElseThrow().mailAddresses()).hasValue(folder.resolve("acme.properties"));
        assertThat(Organisations.read(file).find("other").orElseThrow().own().orElseThrow().mailAddresses()).isEmpty();
        Files.writeString(folder.resolve("acme.properties"), "alice=alice\nbob=Bob B. <bob@acme.example>\n=nobody@acme.example\ncarol=carol@acme.example,dave@acme.example\n");
        assertThatThrownBy(() -> Organisations.read(file)).isInstanceOfSatisfying(ContractException.class, refused -> assertThat(refused.faults()).containsExactly(
                new Fault("organisations.acme.mailAddresses.", "must begin with a person's name of 1 to 36 characters", "nobody@acme.example"),
                new Fault("organisations.acme.mailAddresses.alice", "must be an address such as alice@example.org", "alice"),
                new Fault("organisations.acme.mailAddresses.carol", "must be an address such as carol@example.org", "carol@acme.example,dave@acme.example")));
        Files.delete(folder.resolve("acme.properties"));
        Files.createDirectory(folder.resolve("acme.properties"));
        assertThatThrownBy(() -> Organisations.read(file)).hasMessageContaining("organisations.acme.mailAddresses");
    }

    @Test
    void ticketsAreKeptWhereAnOrganisationSays(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("jira-password"), "hunter2\n");
        Path file = folder.resolve("organisations.json");
        String organisations = "{\"organisations\": [{\"name\": \"acme\", \"trustRoot\": \"r\", \"ledgerKey\": \"l\", \"hub\": \"http://h\", \"nodes\": [], \"tickets\": %s}]}";
        Files.writeString(file, organisations.formatted("{\"system\": \"jira\", \"url\": \"https://jira.acme.example/jira\", \"user\": \"zos\", \"passwordFile\": \"jira-password\", \"project\": \"CHG\"}"));
        TicketDesk desk = Organisations.read(file).find("acme").orElseThrow().own().orElseThrow().tickets().orElseThrow();
        assertThat(desk).isEqualTo(new TicketDesk("jira", URI.create("https://jira.acme.example/jira"), "zos", folder.resolve("jira-password"), Optional.of("CHG"), "Task"));
        Files.writeString(file, organisations.formatted("{\"system\": \"jira\", \"url\": \"ftp://acme\", \"passwordFile\": \"nothing\", \"colour\": 1}"));
        assertThatThrownBy(() -> Organisations.read(file)).isInstanceOfSatisfying(ContractException.class, refused -> assertThat(refused.faults()).extracting(Fault::field)
                .contains("organisations[0].tickets.url", "organisations[0].tickets.user", "organisations[0].tickets.passwordFile", "organisations[0].tickets.project", "organisations[0].tickets.colour"));
    }

    /** Whoever reads it runs in a folder of their own, the launcher in another than a full server. */
    @Test
    void pathsInItStartFromItsPlace(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("organisations.json"), """
                {"organisations": [{"name": "acme", "trustRoot": "acme/root.json", "ledgerKey": "acme/ledger", "hub": "http://h", "nodes": [], "metricsToken": "acme/metrics", "scimToken": "acme/scim"}]}""");
        Organisation.Own own = Organisations.read(Path.of("").toAbsolutePath().relativize(file)).find("acme").orElseThrow().own().orElseThrow();
        assertThat(Stream.of(own.trustRoot(), own.ledgerKey(), own.metricsToken().orElseThrow(), own.scimToken().orElseThrow()).map(Path::normalize))
                .containsExactly(folder.resolve("acme/root.json"), folder.resolve("acme/ledger"), folder.resolve("acme/metrics"), folder.resolve("acme/scim"));
    }

    @Test
    void theDefaultOrganisationCanHaveAQuotaAndNothingElse() {
        assertThat(parse("{\"organisations\": [{\"name\": \"default\", \"quota\": {\"deployments\": 7}}]}").find("default").orElseThrow().quota().deployments()).isEqualTo(7);
        assertThatThrownBy(() -> parse("{\"organisations\": [{\"name\": \"default\", \"hub\": \"http://h\"}]}")).isInstanceOf(ContractException.class).hasMessageContaining("hub");
    }

    @Test
    void everyFaultIsNamed() {
        assertThatThrownBy(() -> parse("{\"organisations\": [{\"name\": \"Acme\", \"trustRoot\": \"r\", \"hub\": \"ftp://h\"}]}"))
                .hasMessageContaining("name").hasMessageContaining("ledgerKey").hasMessageContaining("hub");
        String acme = "{\"name\": \"%s\", \"trustRoot\": \"r\", \"ledgerKey\": \"l\", \"hub\": \"http://h\", \"nodes\": [\"n1\"]}";
        assertThatThrownBy(() -> parse("{\"organisations\": [" + acme.formatted("acme") + "," + acme.formatted("other") + "]}")).hasMessageContaining("n1");
        assertThatThrownBy(() -> parse("{\"organisations\": [" + acme.formatted("acme") + "," + acme.formatted("acme") + "]}")).hasMessageContaining("names of their own");
    }

    @Test
    void aQuotaSaysWhatIsExceeded() {
        Quota quota = new Quota(2, new Resources(1000, 1 << 20));
        assertThat(quota.exceededBy(2, new Resources(1000, 1 << 20))).isEmpty();
        assertThat(quota.exceededBy(3, new Resources(1001, 1 << 21))).extracting(Fault::field).containsExactly("quota.deployments", "quota.cpuMillis", "quota.memory");
        assertThat(Quota.NONE.exceededBy(1_000_000, new Resources(1L << 50, 1L << 50))).isEmpty();
    }

    private static Organisations parse(String json) {
        return Organisations.parse(json.getBytes(StandardCharsets.UTF_8), BASE);
    }
}
