package org.zosgrid.cli.command;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.zosgrid.cli.CliException;
import org.zosgrid.cli.stage.Stage;
import org.zosgrid.settings.Setting;
import org.zosgrid.settings.Type;
import picocli.CommandLine.Option;

/** What a stage's control plane is to have otherwise than by default. */
public final class SettingsOptions {
    /** A stage's own: where it keeps what it made, and where it listens. */
    private static final Set<Setting> DECIDED = EnumSet.of(Setting.STATE, Setting.TRUST_ROOT, Setting.LEDGER_KEY, Setting.INVENTORY, Setting.MANAGEMENT_TLS, Setting.HUB, Setting.HTTP_PORT);
    private static final Set<Type> PATHS = EnumSet.of(Type.STATE, Type.DIRECTORY, Type.FILE, Type.SECRET_FILE, Type.FILE_OR_DIRECTORY);

    @Option(names = "--settings", paramLabel = "FILE", description = "Settings of the control plane as docs/configuration.md has them, a KEY=VALUE a line; they count for this start.")
    @Nullable Path file;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "One such setting, before what the file says; may be given several times.")
    Map<String, String> single = new LinkedHashMap<>();

    void giveTo(Stage stage) {
        given().forEach(stage::with);
    }

    /**
     * What is given, by key; paths start from the current directory. Whether it is right is checked when the stage starts.
     *
     * @throws CliException if it is the stage that decides it, or the file cannot be read
     */
    Map<String, String> given() {
        Map<String, String> all = new TreeMap<>(file == null ? Map.of() : read(file));
        all.putAll(single);
        all.replaceAll((key, value) -> Arrays.stream(Setting.values()).filter(each -> each.key().equals(key)).findFirst().map(known -> value(known, value.strip())).orElse(value));
        return all;
    }

    private static String value(Setting setting, String text) {
        if (DECIDED.contains(setting)) {
            throw new CliException(setting.key() + ": is decided by the stage, and cannot be given to it (is: " + text + ")");
        }
        return PATHS.contains(setting.type()) && !text.isEmpty() ? Path.of(text).toAbsolutePath().normalize().toString() : text;
    }

    private static Map<String, String> read(Path file) {
        Properties lines = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            lines.load(reader);
        } catch (IOException | IllegalArgumentException failed) {
            throw new CliException("--settings: must be a file of lines KEY=VALUE in UTF-8 (is: " + file + "): " + failed, failed);
        }
        Map<String, String> all = new TreeMap<>();
        lines.stringPropertyNames().forEach(key -> all.put(key, lines.getProperty(key)));
        return all;
    }
}
