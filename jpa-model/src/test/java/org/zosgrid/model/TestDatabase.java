package org.zosgrid.model;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** A database of a test's own on a real PostgreSQL, and the persistence unit {@code zos} on it, with the entity manager's own transactions instead of JTA's. */
final class TestDatabase {
    /** One for all tests; the JVM's end stops it. */
    private static final EmbeddedPostgres SERVER = start();
    private static final AtomicInteger NUMBER = new AtomicInteger();
    /** So many databases are there at once, of which a test has one or two; those of earlier tests are gone. */
    private static final int HELD = 4;

    private static boolean prepared;

    /** Held, so that it is not forgotten: tests break rules on purpose, and Hibernate would tell of each. */
    private static final Logger SQL_ERRORS = Logger.getLogger("org.hibernate.engine.jdbc.spi.SqlExceptionHelper");

    /** On whose database the entity managers of this thread work. */
    private static final ThreadLocal<DataSource> ASKED = new ThreadLocal<>();
    /** One for all tests, as making it takes longer than most of them. */
    private static final EntityManagerFactory ENTITIES = entities();

    final DataSource source;

    private TestDatabase(DataSource source) {
        this.source = source;
    }

    private static EntityManagerFactory entities() {
        SQL_ERRORS.setLevel(Level.OFF);
        InvocationHandler asked = (proxy, method, arguments) -> method.invoke(Objects.requireNonNull(ASKED.get(), "only within ask"), arguments);
        return Persistence.createEntityManagerFactory("zos", Map.of(
                "jakarta.persistence.transactionType", "RESOURCE_LOCAL",
                "jakarta.persistence.nonJtaDataSource", Proxy.newProxyInstance(DataSource.class.getClassLoader(), new Class<?>[] {DataSource.class}, asked),
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

    /** On tables that are there. */
    static TestDatabase on(DataSource source) {
        return new TestDatabase(source);
    }

    static DataSource empty() {
        return named("CREATE DATABASE %s");
    }

    private static DataSource named(String creation) {
        int number = NUMBER.incrementAndGet();
        if (number > HELD) { // a database is three hundred files: all at once, at the end, they took more than the half minute that the build waits for its tests to end
            execute(SERVER.getPostgresDatabase(), "DROP DATABASE test" + (number - HELD) + " WITH (FORCE)");
        }
        execute(SERVER.getPostgresDatabase(), creation.formatted("test" + number));
        return SERVER.getDatabase("postgres", "test" + number);
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
        return with(entities -> {
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
        });
    }

    /** Holds the mapped classes against the tables, as a server does at its start. */
    void validate() {
        with(entities -> {
            Schema.validate(entities);
            return true;
        });
    }

    private <T> T with(Function<EntityManagerFactory, T> work) {
        DataSource before = ASKED.get();
        ASKED.set(source);
        try {
            return work.apply(ENTITIES);
        } finally {
            ASKED.set(before);
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
            return EmbeddedPostgres.builder().setServerConfig("listen_addresses", "127.0.0.1").setServerConfig("unix_socket_directories", "")
                    .setServerConfig("fsync", "off").start(); // what is lost by a crash of the machine nobody misses
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
