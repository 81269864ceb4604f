package org.zosgrid.launcher;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What an operator reads whose database cannot be worked on. */
class ExternalDatabaseTest {
    @Test
    void oneThatIsAwayIsCalledByItsAddress() {
        assertThatThrownBy(() -> Database.External.reached(new DatabaseAccess("jdbc:postgresql://127.0.0.1:1/zos", "zos", "secret"))).isInstanceOf(StartException.class)
                .hasMessageStartingWith("cannot work on the database of zos at jdbc:postgresql://127.0.0.1:1/zos: Connection to 127.0.0.1:1 refused").hasMessageNotContaining("secret");
    }

    @Test
    void oneWithoutPreparedTransactionsIsRefusedBeforeAnythingIsStartedOnIt() throws IOException {
        try (EmbeddedPostgres asInstalled = EmbeddedPostgres.builder().setServerConfig("listen_addresses", "127.0.0.1").setServerConfig("unix_socket_directories", "").start()) {
            DatabaseAccess access = new DatabaseAccess(asInstalled.getJdbcUrl("postgres", "postgres"), "postgres", "");
            assertThatThrownBy(() -> Database.External.reached(access)).isInstanceOf(StartException.class).hasMessageContaining("max_prepared_transactions = 0");
        }
    }
}
