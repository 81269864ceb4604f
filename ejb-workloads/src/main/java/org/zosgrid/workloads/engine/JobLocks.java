package org.zosgrid.workloads.engine;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * Locks on jobs that are held in the database, and nobody works on any more: after this server or another was killed, or when the database was away at the
 * moment in which a failed job should have been given back. Left alone they would hold up their process for minutes.
 */
final class JobLocks {
    private static final Logger LOG = Logger.getLogger(JobLocks.class.getName());
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(300);

    /** So long after a server was seen last the others take its jobs over; of the few that it lives on after all, each is committed once, by whoever is first. */
    static final Duration SILENCE = Duration.ofSeconds(15);

    private final DataSource database;
    private final String owner;

    JobLocks(DataSource database, String owner) {
        this.database = database;
        this.owner = owner;
    }

    String owner() {
        return owner;
    }

    /** Frees what the last run of this installation had begun. */
    void freeAll() {
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement()) {
            try (ResultSet table = statement.executeQuery("SELECT to_regclass('act_ru_job') IS NOT NULL")) {
                if (!table.next() || !table.getBoolean(1)) {
                    return; // the first start of all
                }
            }
            try (PreparedStatement free = connection.prepareStatement("UPDATE act_ru_job SET lock_owner_ = NULL, lock_exp_time_ = NULL WHERE lock_owner_ = ?")) {
                free.setString(1, owner);
                LOG.info(free.executeUpdate() + " jobs go on that the last run of this installation had begun");
            }
        } catch (SQLException failed) {
            throw new IllegalStateException("the jobs of the last run cannot be freed", failed);
        }
    }

    /** Tells the other servers that this one lives. */
    void seen() throws SQLException {
        try (Connection connection = database.getConnection(); PreparedStatement seen = connection.prepareStatement(
                "INSERT INTO server (owner, seen_at) VALUES (?, clock_timestamp()) ON CONFLICT (owner) DO UPDATE SET seen_at = excluded.seen_at")) {
            seen.setString(1, owner);
            seen.executeUpdate();
        }
    }

    /** Frees what servers had begun that are not seen any more; the database's clock counts, not anybody's own. Returns how many jobs. */
    int freeOfTheDead() throws SQLException {
        try (Connection connection = database.getConnection(); PreparedStatement free = connection.prepareStatement(
                "UPDATE act_ru_job SET lock_owner_ = NULL, lock_exp_time_ = NULL WHERE lock_owner_ LIKE 'zos:%' AND lock_owner_ NOT IN"
                        + " (SELECT owner FROM server WHERE seen_at > clock_timestamp() - make_interval(secs => ?))")) {
            free.setLong(1, SILENCE.toSeconds());
            return free.executeUpdate();
        }
    }

    /**
     * Frees a job that failed, if it is still locked by a lock that was taken before; one that was given back as it should be, and perhaps taken again,
     * is left alone. Waits for a database that is away.
     *
     * @param notAfter when a lock expires that was taken before the job began
     */
    void free(String job, Instant notAfter) {
        Instant end = Instant.now().plus(PATIENCE);
        while (true) {
            try (Connection connection = database.getConnection(); PreparedStatement free = connection.prepareStatement(
                    "UPDATE act_ru_job SET lock_owner_ = NULL, lock_exp_time_ = NULL WHERE id_ = ? AND lock_owner_ = ? AND lock_exp_time_ <= ?")) {
                free.setString(1, job);
                free.setString(2, owner);
                free.setTimestamp(3, Timestamp.from(notAfter));
                if (free.executeUpdate() > 0) {
                    LOG.info("job " + job + " is given back: it had failed, and could not be while the database was away");
                }
                return;
            } catch (SQLException away) {
                if (Instant.now().isAfter(end)) {
                    LOG.warning("job " + job + " stays locked until " + notAfter + ": " + away.getMessage());
                    return;
                }
            }
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
