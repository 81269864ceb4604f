package org.zosgrid.model;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** A database of a test's own on a real PostgreSQL, and the persistence unit {@code zos} on it, with the entity manager's own transactions instead of JTA's. */
final class TestDatabase implements AutoCloseable {
    /** One for all tests; the JVM's end stops it. */
    private static final EmbeddedPostgres SERVER = start();
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private static boolean prepared;

    /** Held, so that it is not forgotten: tests break rules on purpose, and Hibernate would tell of each. */
    private static final Logger SQL_ERRORS = Logger.getLogger("org.hibernate.engine.jdbc.spi.SqlExceptionHelper");

    final DataSource source;
    final EntityManagerFactory entities;

    private TestDatabase(DataSource source) {
        SQL_ERRORS.setLevel(Level.OFF);
        this.source = source;
        this.entities = Persistence.createEntityManagerFactory("zos", Map.of(
                "jakarta.persistence.transactionType", "RESOURCE_LOCAL",
                "jakarta.persistence.nonJtaDataSource", source,
                // what a server's transactions need would take ours their connection before they are committed
                "hibernate.connection.handling_mode", "DELAYED_ACQUISITION_AND_HOLD",
                "hibernate.transaction.jta.platform", "org.hibernate.engine.transaction.jta.platform.internal.NoJtaPlatform"));
    }

    /** With the tables. */
    static TestDatabase create() {
        return new TestDatabase(migrated());
    }

    /** A database of its own with all our tables: a copy, which takes a tenth of the time of making them. */
    static synchronized DataSource migrated() {
        if (!prepared) {
            execute(SERVER.getPostgresDatabase(), "CREATE DATABASE prepared");
            Schema.migrate(SERVER.getDatabase("postgres", "prepared"));
            prepared = true;
        }
        return named("CREATE DATABASE %s TEMPLATE prepared");
    }

    /** On tables that are there; who asks closes it. */
    static TestDatabase on(DataSource source) {
        return new TestDatabase(source);
    }

    static DataSource empty() {
        return named("CREATE DATABASE %s");
    }

    private static DataSource named(String creation) {
        String name = "test" + NUMBER.incrementAndGet();
        execute(SERVER.getPostgresDatabase(), creation.formatted(name));
        return SERVER.getDatabase("postgres", name);
    }

    static void execute(DataSource source, String sql) {
        try (Connection connection = source.getConnection(); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failed) {
            throw new IllegalStateException(sql, failed);
        }
    }

    static long number(DataSource source, String sql) {
        try (Connection connection = source.getConnection(); Statement statement = connection.createStatement(); ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        } catch (SQLException failed) {
            throw new IllegalStateException(sql, failed);
        }
    }

    /** In a transaction of its own, rolled back if anything is thrown. */
    <T> T ask(Function<EntityManager, T> work) {
        try (EntityManager manager = entities.createEntityManager()) {
            manager.getTransaction().begin();
            try {
                T result = work.apply(manager);
                manager.getTransaction().commit();
                return result;
            } finally {
                if (manager.getTransaction().isActive()) {
                    manager.getTransaction().rollback();
                }
            }
        }
    }

    void run(Consumer<EntityManager> work) {
        ask(manager -> {
            work.accept(manager);
            return true;
        });
    }

    private static EmbeddedPostgres start() {
        try {
            return EmbeddedPostgres.builder().setServerConfig("listen_addresses", "127.0.0.1").setServerConfig("unix_socket_directories", "").start();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() {
        entities.close();
    }
}
