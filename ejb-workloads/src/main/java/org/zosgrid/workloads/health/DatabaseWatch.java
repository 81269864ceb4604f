package org.zosgrid.workloads.health;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Whether the database hangs: it is there and does not answer, or has no connection left. Asked by one thread, and again a second after its last answer, however many want to know.
 *
 * <p>Nobody's connection is broken by this. A limit on the wait for each answer would be: a statement that waits for a lock for long is in order, and one of which nobody hears any more may be carried out
 * all the same.
 */
@ApplicationScoped
public class DatabaseWatch {
    /** More than a busy database needs, less than callers wait. */
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private static final Duration FRESH = Duration.ofSeconds(1);

    @Resource(lookup = "jdbc/zos")
    private DataSource database;

    @Resource private ManagedExecutorService threads;

    private @Nullable Question last;

    private record Question(Future<?> answer, long since) {
        Duration age() {
            return Duration.ofNanos(System.nanoTime() - since);
        }

        boolean isOver() {
            return answer.isDone() && age().compareTo(FRESH) > 0;
        }
    }

    /** Waits for its answer, though not for long. A database that is away, and says so, does not hang: whoever needs it finds out what is wrong. */
    public boolean hangs() {
        Question question = question();
        try {
            question.answer().get(PATIENCE.minus(question.age()).toMillis(), TimeUnit.MILLISECONDS);
            return false;
        } catch (ExecutionException away) {
            return false;
        } catch (TimeoutException noAnswer) {
            return true;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private synchronized Question question() {
        Question asked = last;
        if (asked == null || asked.isOver()) {
            asked = new Question(threads.submit(this::ask), System.nanoTime());
            last = asked;
        }
        return asked;
    }

    /** The pool asks the database before it gives a connection away. */
    private @Nullable Void ask() throws SQLException {
        try (Connection connection = database.getConnection()) {
            return null;
        }
    }
}
