package org.zosgrid.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.logging.LogManager;

/** One line per record on standard error, before and after the server has taken over logging. */
final class Logging {
    private Logging() {
    }

    static void begin() throws IOException {
        try (InputStream properties = properties()) {
            LogManager.getLogManager().readConfiguration(properties);
        }
    }

    static Path copyTo(Path folder) throws IOException {
        try (InputStream properties = properties()) {
            Path file = folder.resolve("logging.properties");
            Files.copy(properties, file);
            return file;
        }
    }

    private static InputStream properties() {
        return Objects.requireNonNull(Logging.class.getResourceAsStream("logging.properties"));
    }
}
