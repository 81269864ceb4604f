package org.zosgrid.cli.command;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.zosgrid.cli.CliException;

/** Where a command finds what was not given: an environment variable, then {@code context.properties}, which {@code zos up} writes. */
final class Context {
    private Context() {}

    static String setting(@Nullable String given, String variable, String property, String option) {
        if (given != null) {
            return given;
        }
        if (System.getenv(variable) != null) {
            return System.getenv(variable);
        }
        String found = written().getProperty(property);
        if (found == null) {
            throw new CliException("no " + property + ": give " + option + ", set " + variable + (property.equals("key") ? ", or log in with 'zos login' for what only reads" : ", or start a system with './zos up'"));
        }
        return found;
    }

    /** Whether {@link #setting} would find it. */
    static boolean knows(@Nullable String given, String variable, String property) {
        return given != null || System.getenv(variable) != null || written().getProperty(property) != null;
    }

    private static Properties written() {
        Properties context = new Properties();
        Path file = Path.of(System.getProperty("zos.home", ".zos"), "context.properties");
        if (Files.exists(file)) {
            try (var reader = Files.newBufferedReader(file)) {
                context.load(reader);
            } catch (IOException unreadable) {
                throw new CliException("cannot read " + file + ": " + unreadable.getMessage());
            }
        }
        return context;
    }

    static String read(Path file) {
        if (!Files.exists(file)) {
            throw new CliException("there is no file " + file);
        }
        try {
            return Files.readString(file);
        } catch (CharacterCodingException binary) {
            throw new CliException(file + ": must be text in UTF-8");
        } catch (IOException unreadable) {
            throw new CliException("cannot read " + file + ": " + unreadable.getMessage());
        }
    }
}
