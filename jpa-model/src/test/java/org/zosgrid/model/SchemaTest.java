package org.zosgrid.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import javax.sql.DataSource;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.Test;

/** Flyway on an empty database, again, beside the engine's tables, and after a newer version. */
class SchemaTest {
    private static final String TABLES = "select count(*) from information_schema.tables where table_name in "
            + "('change', 'approval', 'rejection', 'dispatch', 'receipt', 'ledger_entry', 'request_nonce', 'trust_root', 'webhook', 'webhook_delivery', 'mail', 'request_answer', 'change_trace', 'change_ticket', 'ledger_search', 'server', 'key_owner', 'drift', 'emergency', 'change_event', 'account', 'account_group', 'account_group_member', 'login')";

    private final DataSource database = TestDatabase.empty();

    @Test
    void anEmptyDatabaseGetsEveryTableAndASecondTimeChangesNothing() {
        Schema.migrate(database);
        assertThat(TestDatabase.number(database, TABLES)).isEqualTo(24);
        long applied = TestDatabase.number(database, "select count(*) from zos_schema_history");
        Schema.migrate(database);
        assertThat(TestDatabase.number(database, "select count(*) from zos_schema_history")).isEqualTo(applied);
    }

    @Test
    void theEnginesTablesMayBeThereFirst() {
        TestDatabase.execute(database, "CREATE TABLE act_ru_job (id_ text); INSERT INTO act_ru_job VALUES ('a job')");
        Schema.migrate(database);
        assertThat(TestDatabase.number(database, TABLES)).isEqualTo(24);
        assertThat(TestDatabase.number(database, "select count(*) from act_ru_job")).isEqualTo(1);
        Schema.migrate(database);
    }

    @Test
    void aDatabaseThatANewerVersionTouchedIsRefused() {
        Schema.migrate(database);
        TestDatabase.execute(database, "INSERT INTO zos_schema_history (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success) "
                + "VALUES (99, '999', 'of tomorrow', 'SQL', 'V999__of_tomorrow.sql', 1, 'postgres', 1, true)");
        assertThatThrownBy(() -> Schema.migrate(database)).isInstanceOf(FlywayException.class).hasMessageContaining("999");
    }

    @Test
    void whatIsMappedIsInTheTables() {
        TestDatabase mapped = TestDatabase.create();
        Schema.migrate(mapped.source, "acme");
        assertThatCode(mapped::validate).doesNotThrowAnyException();
        TestDatabase.execute(mapped.source, "ALTER TABLE change DROP COLUMN quorum; ALTER TABLE org_acme.change DROP COLUMN quorum");
        assertThatThrownBy(mapped::validate).hasMessageContaining("quorum").hasMessageContaining("change");
    }
}
