package org.zosgrid.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.api.CoreMigrationType;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.zosgrid.contract.organisation.Organisation;

/** Each migration on a real PostgreSQL, compared with the tables before it: servers of the version before still work on them ({@link MigrationRules}). */
class ExpandAndContractTest {
    /** Before the first release: nobody had an older server. From here on the rules count. */
    private static final int BASELINE = 133;

    private static final String NEXT_RELEASE = "0.2.0-SNAPSHOT";

    @TempDir private Path folder;

    @Test
    void noMigrationBreaksAnOlderServer() throws IOException {
        Map<Integer, List<String>> found = faults(built());
        assertThat(found.entrySet()).filteredOn(each -> each.getKey() > BASELINE).as("docs/operations.md, \"Upgrading without a stop\"").isEmpty();
        assertThat(found.keySet()).as("the test sees what was done before the rules counted").contains(60, 85, 90, 100, 101, 108);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
        "DROP TABLE change_ticket                                            | the table change_ticket is gone",
        "ALTER TABLE change_ticket RENAME TO ticket                          | the table change_ticket is gone",
        "ALTER TABLE change DROP COLUMN quorum                               | the column change.quorum is gone",
        "ALTER TABLE change RENAME COLUMN quorum TO people                   | the column change.quorum is gone",
        "ALTER TABLE change ALTER COLUMN quorum TYPE bigint                  | the column change.quorum is bigint, and was integer",
        "ALTER TABLE change ALTER COLUMN process_instance SET NOT NULL       | the column change.process_instance must be given a value now",
        "ALTER TABLE change ALTER COLUMN message DROP DEFAULT                | the column change.message must be given a value now",
        "ALTER TABLE change ADD COLUMN place text NOT NULL                   | the new column change.place must be given a value and has no default",
        "ALTER TABLE change ADD CHECK (version < 1000)                       | the limit change.change_version_check1 is new or narrower",
        "CREATE UNIQUE INDEX change_digest ON change (digest)                | the limit change.change_digest is new or narrower",
        "DROP INDEX mail_once                                                | the limit mail.mail_once is gone, which older servers may count on",
        "ALTER TABLE mail DROP CONSTRAINT mail_kind_check; ALTER TABLE mail ADD CONSTRAINT mail_kind_check CHECK (kind IN ('assigned', 'result')) | the limit mail.mail_kind_check is new or narrower",
        "CREATE TRIGGER t BEFORE UPDATE ON mail FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_append_only() | the trigger mail.t is new or another",
        "DROP TRIGGER ledger_entry_found ON ledger_entry                     | the trigger ledger_entry.ledger_entry_found is gone",
        "DELETE FROM mail WHERE kind = 'notice; x'                           | rows are taken away: DELETE FROM mail WHERE kind = ''"})
    void whatAnOlderServerCouldNotLiveWithIsRefused(String statement, String told) throws IOException {
        assertThat(faults(NEXT_RELEASE, "-- Drops what it must not.\n" + statement + ";\n")).singleElement().asString().startsWith(told);
        assertThat(faults(NEXT_RELEASE, "-- Contract since 0.1.0: nothing reads it.\n" + statement + ";\n")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
        "CREATE TABLE place (id bigint PRIMARY KEY, name text NOT NULL UNIQUE)",
        "ALTER TABLE change ADD COLUMN place text",
        "ALTER TABLE change ADD COLUMN place text NOT NULL DEFAULT ''",
        "ALTER TABLE change ALTER COLUMN digest DROP NOT NULL",
        "CREATE INDEX change_by_digest ON change (digest)",
        "UPDATE change SET message = 'delete' WHERE message = ''",
        "ALTER TABLE mail DROP CONSTRAINT mail_kind_check; ALTER TABLE mail ADD CONSTRAINT mail_kind_check CHECK (kind IN ('assigned', 'reminder', 'escalation', 'result', 'notice', 'digest'))",
        "DROP INDEX change_open; CREATE UNIQUE INDEX change_open ON change (name) WHERE state IN ('verifying', 'approval')"})
    void whatOnlyAddsIsNot(String statement) throws IOException {
        assertThat(faults(NEXT_RELEASE, statement + ";\n")).isEmpty();
    }

    @Test
    void aContractStepNamesAVersionThatIsOut() throws IOException {
        String step = "-- Contract since %s: nothing reads it.\nALTER TABLE change DROP COLUMN quorum;\n";
        assertThat(faults(NEXT_RELEASE, step.formatted("0.2.0"))).singleElement().asString().contains("not out");
        assertThat(faults(NEXT_RELEASE, step.formatted("1.0.0"))).singleElement().asString().contains("not out");
        assertThat(faults("1.0.0", step.formatted("0.9.1"))).isEmpty();
        assertThat(faults(NEXT_RELEASE, "ALTER TABLE change DROP COLUMN quorum;\n-- Contract since 0.1.0: nothing reads it.\n")).as("at the head, where people look").hasSize(1);
    }

    /** What a test cannot know, somebody says: but never that a column may go. */
    @Test
    void aLimitThatOlderServersKeepAnywayIsExplained() throws IOException {
        String head = "-- Older servers: never write this state.\n";
        assertThat(faults(NEXT_RELEASE, head + "CREATE UNIQUE INDEX change_moving ON change (name) WHERE state = 'moving';\n")).isEmpty();
        assertThat(faults(NEXT_RELEASE, head + "ALTER TABLE change DROP COLUMN quorum;\n")).hasSize(1);
    }

    private static String built() throws IOException {
        var version = java.util.regex.Pattern.compile("<artifactId>quantum-safe-compute-system</artifactId>\\s*<version>([^<]+)</version>").matcher(Files.readString(Path.of("pom.xml")));
        assertThat(version.find()).isTrue();
        return version.group(1);
    }

    /** Of one more migration after all that there are. */
    private List<String> faults(String built, String text) throws IOException {
        DataSource database = TestDatabase.migrated();
        TablePicture before = TablePicture.of(database);
        Files.writeString(folder.resolve("V9999__tried.sql"), text);
        migrations(database).load().migrate();
        return MigrationRules.faults(built, text, before, TablePicture.of(database));
    }

    private Map<Integer, List<String>> faults(String built) throws IOException {
        DataSource database = TestDatabase.empty();
        Map<Integer, List<String>> all = new TreeMap<>();
        TablePicture before = TablePicture.of(database);
        for (MigrationInfo each : migrations(database).load().info().all()) {
            assertThat(each.getType()).as(each.getScript() + " can be read by people").isEqualTo(CoreMigrationType.SQL);
            migrations(database).target(each.getVersion()).load().migrate();
            TablePicture after = TablePicture.of(database);
            List<String> faults = MigrationRules.faults(built, text(each.getScript()), before, after);
            if (!faults.isEmpty()) {
                all.put(Integer.valueOf(each.getVersion().getVersion()), faults);
            }
            before = after;
        }
        return all;
    }

    private FluentConfiguration migrations(DataSource database) {
        FluentConfiguration ours = Schema.configuration(database, Organisation.DEFAULT);
        String[] places = Stream.concat(Stream.of(ours.getLocations()).map(Object::toString), Stream.of("filesystem:" + folder)).toArray(String[]::new);
        return ours.locations(places);
    }

    private static String text(String script) throws IOException {
        try (InputStream file = Schema.class.getResourceAsStream("migration/" + script)) {
            return new String(Objects.requireNonNull(file, script).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
