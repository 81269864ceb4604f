package org.zosgrid.cli.stage;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.zosgrid.cli.CliException;
import org.zosgrid.cli.terminal.Steps;

/**
 * A stage that stands only as long as a command runs, such as a benchmark: it ends with it, also when a signal (SIGINT, SIGTERM) ends the command,
 * and with it every process that the command has begun. A signal interrupts the thread that raised the stage, so that it starts nothing more meanwhile. Its files stay ({@link Stage#erase}).
 */
public final class PassingStage implements AutoCloseable {
    /** How long the thread that raised it may take to notice an interruption. */
    private static final long NOTICED_SECONDS = 10;

    private final Stage stage;
    private final Thread raising = Thread.currentThread();
    private final Thread onSignal = new Thread(this::signalled, "end of the stage");
    private final CountDownLatch closing = new CountDownLatch(1);
    private boolean ended;

    private PassingStage(Stage stage) {
        this.stage = stage;
    }

    /**
     * Raises a stage; what an earlier one of the same number left is erased.
     *
     * @throws CliException if it is up already, or does not come up; then nothing of it is left but its files
     */
    public static PassingStage up(Stage stage, Steps steps) throws Exception {
        if (stage.isUp()) {
            int number = stage.network().number();
            throw new CliException("stage " + number + " is up; './zos down --stage " + number + "' stops it, or give another --stage");
        }
        stage.erase();
        PassingStage passing = new PassingStage(stage);
        Runtime.getRuntime().addShutdownHook(passing.onSignal);
        try {
            stage.up(steps);
            return passing;
        } catch (Exception failed) {
            try (passing) {
                // What went wrong is told first, and then what the cleaning up says of it.
                throw failed;
            }
        }
    }

    @Override
    public void close() {
        closing.countDown();
        // Whoever was interrupted still waits for processes to end.
        Thread.interrupted();
        try {
            Runtime.getRuntime().removeShutdownHook(onSignal);
        } catch (IllegalStateException ending) {
            // The signal's thread ends it, or has.
        }
        end();
    }

    private void signalled() {
        if (closing.getCount() > 0) {
            raising.interrupt();
        }
        try {
            closing.await(NOTICED_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException impossible) {
            throw new IllegalStateException("nobody knows this thread", impossible);
        }
        end();
    }

    private synchronized void end() {
        if (ended) {
            return;
        }
        ended = true;
        stage.down();
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
    }
}
