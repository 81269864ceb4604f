package org.zosgrid.cli.terminal;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/**
 * Tells a long job step by step: each step's line appears when it ends, with the time it took; while it lasts, a progress bar (where the total is
 * known) or a running clock shows that it lives. On something that is no terminal only the finished lines are printed.
 */
public final class Steps {

    /** Reports how far a step is: {@code done} of {@code total}, in whatever unit the step counts. */
    public interface Progress {
        void at(long done, long total);
    }

    /** A step that reports its progress. */
    public interface Work<T> {
        T run(Progress progress) throws Exception;
    }

    /** One finished step: what it was and how long it took. */
    public record Finished(String title, Duration time, boolean good) {}

    private static final int BAR = 24;

    private final PrintStream out;
    private final boolean live;
    private final Instant started = Instant.now();
    private final List<Finished> finished = new ArrayList<>();

    public Steps(PrintStream out) {
        this.out = out;
        this.live = System.console() != null && System.console().isTerminal() && System.getenv("CI") == null;
    }

    /** A chapter's heading. */
    public void chapter(String title) {
        out.printf("%n%s%n", title);
    }

    /** Something worth reading that is no step of its own. */
    public void note(String text) {
        // A step may be under way on this line; it draws itself again below.
        out.printf("%s             %s%n", live ? "\r\033[2K" : "", text);
    }

    public <T> T step(String title, Callable<T> work) throws Exception {
        return longStep(title, progress -> work.call());
    }

    public <T> T longStep(String title, Work<T> work) throws Exception {
        Instant begin = Instant.now();
        try (Ticker ticker = new Ticker(title, begin)) {
            T result = work.run(ticker);
            ticker.close();
            finish(title, begin, true);
            return result;
        } catch (Exception failure) {
            finish(title, begin, false);
            throw failure;
        }
    }

    public List<Finished> finished() {
        return List.copyOf(finished);
    }

    public Duration elapsed() {
        return Duration.between(started, Instant.now());
    }

    /** {@code 0.31 s}, {@code 12.4 s} or {@code 3 min 07 s}. */
    public static String time(Duration time) {
        double seconds = time.toMillis() / 1000.0;
        if (seconds >= 100) {
            return String.format(Locale.ROOT, "%d min %02d s", time.toMinutes(), time.toSecondsPart());
        }
        return String.format(Locale.ROOT, seconds < 10 ? "%.2f s" : "%.1f s", seconds);
    }

    private void finish(String title, Instant begin, boolean good) {
        Duration time = Duration.between(begin, Instant.now());
        finished.add(new Finished(title, time, good));
        out.printf("  %s %9s  %s%n", good ? "✓" : "✗", time(time), title);
        out.flush();
    }

    /** Redraws the line of a step that is under way, four times a second. */
    private final class Ticker implements Progress, AutoCloseable {
        private final String title;
        private final Instant begin;
        private final Thread thread;
        private volatile long done;
        private volatile long total;

        Ticker(String title, Instant begin) {
            this.title = title;
            this.begin = begin;
            this.thread = Thread.ofVirtual().unstarted(this::draw);
            if (live) {
                thread.start();
            }
        }

        @Override
        public void at(long done, long total) {
            this.done = done;
            this.total = total;
        }

        private void draw() {
            try {
                while (true) {
                    String bar = total > 0
                            ? "[" + "#".repeat((int) (BAR * done / total)) + ".".repeat(BAR - (int) (BAR * done / total)) + "] "
                            : "";
                    out.printf("\r  … %9s  %s%s", time(Duration.between(begin, Instant.now())), bar, title);
                    out.flush();
                    Thread.sleep(250);
                }
            } catch (InterruptedException over) {
                out.printf("\r%s\r", " ".repeat(20 + BAR + title.length()));
                out.flush();
            }
        }

        @Override
        public void close() {
            if (!live || !thread.isAlive()) {
                return;
            }
            thread.interrupt();
            try {
                thread.join();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
