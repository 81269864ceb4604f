package org.zosgrid.model;

import jakarta.persistence.EntityManagerFactory;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.hibernate.SessionFactory;
import org.zosgrid.contract.organisation.Organisation;

/** The tables, brought up to date: those of the default organisation beside the engine's, those of every other in a schema of its own. */
public final class Schema {
    private Schema() {}

    /** Applies every migration that is missing; a database that a newer version has touched is refused. */
    public static void migrate(DataSource database) {
        migrate(database, Organisation.DEFAULT);
    }

    /** The same for one organisation's tables. */
    public static void migrate(DataSource database, String organisation) {
        configuration(database, organisation).load().migrate();
    }

    static FluentConfiguration configuration(DataSource database, String organisation) {
        FluentConfiguration configuration = Flyway.configure(Schema.class.getClassLoader())
                .dataSource(database)
                .locations("classpath:org/zosgrid/model/migration")
                // the engine's tables live beside ours
                .baselineOnMigrate(true)
                .baselineVersion("0")
                // by default what a newer version has done is overlooked
                .ignoreMigrationPatterns(new String[0])
                .table("zos_schema_history");
        if (!organisation.equals(Organisation.DEFAULT)) {
            configuration.schemas(name(organisation)).createSchemas(true);
        }
        return configuration;
    }

    /**
     * Compares tables with what is mapped on them, of one organisation: all have the same. Changes nothing. After {@link #migrate}, so not by {@code hbm2ddl.auto}: the server opens the persistence unit before.
     *
     * @throws org.hibernate.tool.schema.spi.SchemaManagementException with the table, and the column if it is one
     */
    public static void validate(EntityManagerFactory entities) {
        entities.unwrap(SessionFactory.class).getSchemaManager().validateMappedObjects();
    }

    static String name(String organisation) {
        return "org_" + organisation;
    }

    /** As it stands in SQL. Names of organisations have no quotes in them; what is none is refused all the same. */
    static String quoted(String organisation) {
        if (!organisation.matches("[a-z0-9-]{1,36}")) {
            throw new IllegalArgumentException("organisation: must be 1 to 36 of a-z, 0-9 and '-' (is: " + organisation + ")");
        }
        return '"' + name(organisation) + '"';
    }
}
