package org.zosgrid.model;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** The tables, brought up to date. */
public final class Schema {
    private Schema() {}

    /** Applies every migration that is missing; a database that a newer version has touched is refused. */
    public static void migrate(DataSource database) {
        Flyway.configure(Schema.class.getClassLoader())
                .dataSource(database)
                .locations("classpath:org/zosgrid/model/migration")
                // the engine's tables live beside ours
                .baselineOnMigrate(true)
                .baselineVersion("0")
                // by default what a newer version has done is overlooked
                .ignoreMigrationPatterns(new String[0])
                .table("zos_schema_history")
                .load()
                .migrate();
    }
}
