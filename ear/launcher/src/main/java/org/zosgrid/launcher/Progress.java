package org.zosgrid.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** One line per step, with the time it took. */
public final class Progress {
    interface Step<T> {
        T run() throws IOException;
    }

    interface Action {
        void run() throws IOException;
    }

    private final PrintStream out;
    private final Instant begin = Instant.now();

    public Progress(PrintStream out) {
        this.out = out;
    }

    <T> T step(String name, Step<T> step) throws IOException {
        Instant start = Instant.now();
        T result = step.run();
        line(start, name);
        return result;
    }

    void step(String name, Action action) throws IOException {
        step(name, () -> {
            action.run();
            return name;
        });
    }

    void done(String message) {
        line(begin, message);
    }

    private void line(Instant start, String text) {
        double seconds = Duration.between(start, Instant.now()).toMillis() / 1000.0;
        out.printf(Locale.ROOT, "%6.1f s  %s%n", seconds, text);
        out.flush();
    }
}
