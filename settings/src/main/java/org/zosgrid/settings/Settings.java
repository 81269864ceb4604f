package org.zosgrid.settings;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The values in force, each with where it comes from: the environment before the file, the file before the catalogue's default.
 *
 * @param values   of every setting; empty text for "none"
 * @param warnings what works now and will not for ever
 */
public record Settings(Map<Setting, Value> values, List<String> warnings) {
    /** @param source for people */
    public record Value(String text, String source) {}

    private static final String PREFIX = "zos.";

    /** Names that settings had once; they still work, and are warned of. */
    private static final Map<String, Setting> RENAMED = Map.of();

    public Settings {
        values = Collections.unmodifiableMap(new EnumMap<>(values));
        warnings = List.copyOf(warnings);
    }

    /**
     * Reads a properties file, and what the environment says otherwise, and looks into the files that are named; into none with a secret, which only the server may read.
     *
     * @throws SettingsException with every fault, and what the environment has beside it
     */
    public static Settings read(Path file, Map<String, String> environment) {
        return read(file, environment, Depth.CONTENTS).warning(UnknownVariables.of(environment));
    }

    /**
     * {@link #read} before a start: files with secrets are opened too. Of variables that are no settings the application warns, on whichever server.
     *
     * @throws SettingsException with every fault, and what the environment has beside it
     */
    public static Settings readToStart(Path file, Map<String, String> environment) {
        return read(file, environment, Depth.SECRETS);
    }

    private static Settings read(Path file, Map<String, String> environment, Depth depth) {
        var properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException failed) {
            throw new SettingsException("the configuration " + file + " cannot be read: it must be a file of lines KEY=VALUE in UTF-8 (" + failed + ")", List.of());
        }
        var given = new TreeMap<String, Value>();
        properties.stringPropertyNames().forEach(key -> given.put(key, new Value(properties.getProperty(key).strip(), file.toString())));
        for (Setting each : Setting.values()) {
            String value = environment.get(each.variable());
            if (value != null) {
                given.put(each.key(), new Value(value.strip(), "environment " + each.variable()));
            }
        }
        return check("the configuration " + file, given, RENAMED, depth, UnknownVariables.of(environment));
    }

    /**
     * Checks what is given: only what the catalogue has, each by its type, and everything that must be given. Opens no file: what is in them may change while a server runs.
     *
     * @param name  of what is checked, for the message
     * @param given by key
     * @throws SettingsException with every fault
     */
    public static Settings check(String name, Map<String, Value> given) {
        return check(name, given, RENAMED);
    }

    /**
     * {@link #check} before a start: with what is in the files, and what the environment has beside it.
     *
     * @throws SettingsException with every fault
     */
    public static Settings checkToStart(String name, Map<String, Value> given, Map<String, String> environment) {
        List<String> unknown = UnknownVariables.of(environment);
        return check(name, given, RENAMED, Depth.SECRETS, unknown).warning(unknown);
    }

    static Settings check(String name, Map<String, Value> given, Map<String, Setting> renamed) {
        return check(name, given, renamed, Depth.FORM, List.of());
    }

    private static Settings check(String name, Map<String, Value> given, Map<String, Setting> renamed, Depth depth, List<String> beside) {
        var check = new Check(renamed, depth);
        Settings settings = check.settings(given);
        if (!check.faults.isEmpty()) {
            check.faults.addAll(beside); // one of them may be why something is missing
            throw new SettingsException(name + " is not valid", check.faults);
        }
        return settings;
    }

    /** How far values are looked into. */
    private enum Depth {
        /** The values alone. */
        FORM,
        /** And what is in the files that they name. */
        CONTENTS,
        /** And in those with secrets. */
        SECRETS
    }

    private Settings warning(List<String> more) {
        return new Settings(values, Stream.concat(warnings.stream(), more.stream()).toList());
    }

    /** A value that is given or has a default; empty text for "none". */
    public String text(Setting setting) {
        return values.get(setting).text();
    }

    /** What is not the catalogue's default, by key. */
    public Map<String, String> given() {
        var given = new TreeMap<String, String>();
        values.forEach((setting, value) -> {
            if (!value.source().equals(Check.DEFAULT)) {
                given.put(setting.key(), value.text());
            }
        });
        return given;
    }

    /** Collects faults while it looks at one value after the other. */
    private static final class Check {
        private static final String DEFAULT = "default";

        private final List<String> faults = new ArrayList<>();
        private final List<String> warnings = new ArrayList<>();
        private final Map<Setting, Value> values = new EnumMap<>(Setting.class);
        private final Set<Setting> wrong = EnumSet.noneOf(Setting.class);
        private final Map<String, Setting> renamed;
        private final Depth depth;

        Check(Map<String, Setting> renamed, Depth depth) {
            this.renamed = renamed;
            this.depth = depth;
        }

        Settings settings(Map<String, Value> given) {
            new TreeMap<>(given).forEach(this::take);
            for (Setting setting : Setting.values()) {
                Optional<String> otherwise = setting.otherwise();
                if (otherwise.isPresent()) {
                    values.putIfAbsent(setting, new Value(otherwise.get(), DEFAULT));
                } else if (!values.containsKey(setting)) {
                    faults.add(setting.key() + ": is missing");
                }
            }
            needs(Setting.WORKFLOW_PRICE_PROCESSOR, Setting.WORKFLOW_PRICE_MEMORY);
            needs(Setting.WORKFLOW_PRICE_MEMORY, Setting.WORKFLOW_PRICE_PROCESSOR);
            needs(Setting.MAIL_HOST, Setting.MAIL_FROM, Setting.MAIL_ADDRESSES);
            needs(Setting.TICKETS_SYSTEM, Setting.TICKETS_URL, Setting.TICKETS_USER, Setting.TICKETS_PASSWORD_FILE);
            if (values.get(Setting.TICKETS_SYSTEM).text().equals("jira")) {
                needs(Setting.TICKETS_SYSTEM, Setting.TICKETS_PROJECT);
            }
            if (values.get(Setting.MAIL_SECURITY).text().equals("none") && !values.get(Setting.MAIL_HOST).text().isEmpty() && !Type.onThisMachine(values.get(Setting.MAIL_HOST).text())) {
                faults.add("zos.mail.security: none is for a server on this machine only, and zos.mail.host is " + values.get(Setting.MAIL_HOST).text());
            }
            needs(Setting.TOKENS_ISSUER, Setting.TOKENS_AUDIENCE, Setting.TOKENS_KEYS);
            needs(Setting.LDAP_HOST, Setting.LDAP_ACCOUNT, Setting.LDAP_PASSWORD_FILE, Setting.LDAP_PEOPLE, Setting.LDAP_GROUPS);
            needs(Setting.MAIL_USER, Setting.MAIL_PASSWORD_FILE);
            needs(Setting.DATABASE_URL, Setting.DATABASE_USER, Setting.DATABASE_PASSWORD_FILE);
            nothingWithout(Setting.DATABASE_URL, Setting.DATABASE_USER, Setting.DATABASE_PASSWORD_FILE);
            needs(Setting.LEDGER_STORE_ADDRESS, Setting.LEDGER_STORE_PASSWORD_FILE);
            nothingWithout(Setting.LEDGER_STORE_ADDRESS, Setting.LEDGER_STORE_PASSWORD_FILE);
            return new Settings(values, warnings);
        }

        /** Of a value that is wrong nothing follows. */
        private void needs(Setting given, Setting... others) {
            for (Setting other : others) {
                if (!wrong.contains(given) && !values.get(given).text().isEmpty() && values.get(other).text().isEmpty()) {
                    faults.add(other.key() + ": is missing; " + given.key() + " needs it");
                }
            }
        }

        private void nothingWithout(Setting missing, Setting... others) {
            for (Setting other : others) {
                if (values.get(missing).text().isEmpty() && !values.get(other).text().isEmpty()) {
                    faults.add(other.key() + ": has no meaning without " + missing.key() + ", is " + values.get(other).text());
                }
            }
        }

        private void take(String key, Value value) {
            Optional<Setting> known = Setting.of(key);
            if (known.isPresent()) {
                put(known.get(), value);
                return;
            }
            Setting now = renamed.get(key);
            if (now != null) {
                warnings.add(key + ": is called " + now.key() + " now");
                put(now, value);
            } else if (Setting.of(key + "-file").filter(each -> each.type() == Type.SECRET_FILE).isPresent()) {
                // not the value: it is a secret
                faults.add(key + ": a secret is given by a file that holds it, " + key + "-file");
            } else {
                faults.add(key + ": is unknown; the nearest known one is " + nearest(key, Setting::key).key());
            }
        }

        private void put(Setting setting, Value value) {
            if (value.text().isEmpty()) {
                return; // as if it were not there
            }
            setting.type().fault(value.text()).or(() -> contents(setting, value.text())).ifPresent(fault -> {
                faults.add(setting.key() + ": " + fault + ", is " + shown(setting, value.text()));
                wrong.add(setting);
            });
            if (values.put(setting, value) != null) {
                faults.add(setting.key() + ": is given twice, by this name and by one that it had once");
            }
        }

        private Optional<String> contents(Setting setting, String value) {
            return depth == Depth.FORM ? Optional.empty() : Contents.fault(setting, Path.of(value), depth == Depth.SECRETS);
        }
    }

    /** The setting whose name is written most like this. */
    static Setting nearest(String name, Function<Setting, String> names) {
        return Arrays.stream(Setting.values()).min(Comparator.comparingInt(each -> distance(name, names.apply(each)))).orElseThrow();
    }

    /** Levenshtein's: how many characters must be put in, taken away or replaced. */
    private static int distance(String one, String other) {
        int[] before = new int[other.length() + 1];
        Arrays.setAll(before, column -> column);
        for (int row = 1; row <= one.length(); row++) {
            int[] now = new int[before.length];
            now[0] = row;
            for (int column = 1; column <= other.length(); column++) {
                int replaced = before[column - 1] + (one.charAt(row - 1) == other.charAt(column - 1) ? 0 : 1);
                now[column] = Math.min(replaced, Math.min(before[column], now[column - 1]) + 1);
            }
            before = now;
        }
        return before[other.length()];
    }

    /** A value as it may be shown: addresses lose what may be a password in them. */
    public static String shown(Setting setting, String value) {
        return switch (setting.type()) {
            case HTTP_ADDRESS, SAFE_ADDRESS, JDBC_ADDRESS, LIST, ORIGINS -> value.replaceAll("//[^/@,]*@", "//***@").replaceAll("(?i)(password=)[^&,]*", "$1***");
            default -> value;
        };
    }

    /** Whether a key is one that somebody who sets this system up could have meant for it. */
    public static boolean isOurs(String key) {
        return key.startsWith(PREFIX);
    }
}
