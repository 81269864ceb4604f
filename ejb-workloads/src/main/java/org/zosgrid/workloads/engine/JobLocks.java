package org.zosgrid.workloads.engine;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * Locks on jobs that are held in the database, and nobody works on any more: after this server or another was killed, or when the database was away at the
 * moment in which a failed job should have been given back. Left alone they would hold up their process for minutes.
 */
final class JobLocks {
    private static final Logger LOG = Logger.getLogger(JobLocks.class.getName());

    /** So long after a server was seen last the others take its jobs over; of the few that it lives on after all, each is committed once, by whoever is first. */
    static final Duration SILENCE = Duration.ofSeconds(15);

    private final DataSource database;
    private final String owner;
    private Map<String, LocalDateTime> forgotten = Map.of();

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
     * Frees what is locked for this server and is not in hand here: the database kept the lock, and its answer was lost, or it was away when a failed job
     * should have been given back. Only what was so at the last look too is freed, since a lock is there a moment before the job is in hand. For one thread
     * at a time. Returns how many jobs.
     *
     * @param inHand ids of the jobs that run here or wait here for a thread
     */
    int freeForgotten(Set<String> inHand) throws SQLException {
        try (Connection connection = database.getConnection()) {
            Map<String, LocalDateTime> found = own(connection);
            found.keySet().removeAll(inHand);
            Map<String, LocalDateTime> before = forgotten;
            forgotten = found;
            int freed = 0;
            try (PreparedStatement free = connection.prepareStatement(
                    "UPDATE act_ru_job SET lock_owner_ = NULL, lock_exp_time_ = NULL WHERE id_ = ? AND lock_owner_ = ? AND lock_exp_time_ = ?")) {
                for (Map.Entry<String, LocalDateTime> job : found.entrySet()) {
                    if (job.getValue().equals(before.get(job.getKey()))) {
                        free.setString(1, job.getKey());
                        free.setString(2, owner);
                        free.setObject(3, job.getValue());
                        freed += free.executeUpdate();
                    }
                }
            }
            return freed;
        }
    }

    /** When the locks of this server expire, by job. */
    private Map<String, LocalDateTime> own(Connection connection) throws SQLException {
        try (PreparedStatement locked = connection.prepareStatement("SELECT id_, lock_exp_time_ FROM act_ru_job WHERE lock_owner_ = ? AND lock_exp_time_ IS NOT NULL")) {
            locked.setString(1, owner);
            try (ResultSet jobs = locked.executeQuery()) {
                Map<String, LocalDateTime> found = new HashMap<>();
                while (jobs.next()) {
                    found.put(jobs.getString(1), jobs.getObject(2, LocalDateTime.class));
                }
                return found;
            }
        }
    }
}
