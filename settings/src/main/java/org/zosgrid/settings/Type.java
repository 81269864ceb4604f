package org.zosgrid.settings;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/** What a setting's value may be. Existence of files is looked at when the value is checked, on the machine where that happens. */
public enum Type {
    /** A directory that exists, or is made. */
    STATE("directory", value -> path(value, path -> !Files.exists(path) || Files.isDirectory(path), "must be a directory")),
    DIRECTORY("existing directory", value -> path(value, Files::isDirectory, "must be a directory")),
    FILE("existing file", value -> path(value, Files::isRegularFile, "must be a file")),
    /** A file with nothing but a secret in it. It is not opened here, which only the server may do: its size is told without. */
    SECRET_FILE("file with a secret", value -> path(value, Files::isRegularFile, "must be a file").or(() -> path(value, Type::holdsSomething, "must hold a secret; it is empty"))),
    FILE_OR_DIRECTORY("existing file or directory", value -> path(value, Files::exists, "must be an existing path")),
    HTTP_ADDRESS("http or https address", Type::httpAddress),
    /** Where something is read that must not be forged on the way. */
    SAFE_ADDRESS("https address, or http on this machine", value -> httpAddress(value).or(() -> when(!value.startsWith("https:") && !onThisMachine(URI.create(value).getHost()), "must be an https address, or an http address on this machine"))),
    JDBC_ADDRESS("address of a PostgreSQL", value -> when(!value.matches("jdbc:postgresql://[^/?]+/[^/?]+(\\?.*)?"), "must be jdbc:postgresql://HOST:PORT/DATABASE")
            .or(() -> when(value.matches("(?i).*[?&](ssl)?password=.*"), "must hold no password: zos.database.password-file names a file with it"))),
    HOST_AND_PORT("host:port", value -> when(!value.matches("[^:]+:[0-9]{1,5}") || number(value.substring(value.indexOf(':') + 1), 1, 65_535).isPresent(), "must be HOST:PORT")),
    IP_ADDRESS("IP address", Type::ipAddress),
    PORT("port", value -> number(value, 1, 65_535)),
    COUNT("whole number from 1", value -> number(value, 1, 1_000_000)),
    PRICE("amount", value -> when(!value.matches("[0-9]{1,9}(\\.[0-9]{1,6})?"), "must be an amount, such as 12.50")),
    DURATION("ISO 8601 duration", Type::duration),
    FLAG("true or false", value -> when(!value.equals("true") && !value.equals("false"), "must be true or false")),
    MAIL_SECURITY("starttls, tls or none", value -> when(!value.matches("starttls|tls|none"), "must be starttls, tls or none")),
    LDAP_SECURITY("ldaps or starttls", value -> when(!value.matches("ldaps|starttls"), "must be ldaps or starttls")),
    TICKET_SYSTEM("servicenow or jira", value -> when(!value.matches("servicenow|jira"), "must be servicenow or jira")),
    TEXT("text", value -> Optional.empty()),
    LIST("list, separated by commas", value -> Optional.empty()),
    /** To which something may be sent. */
    ORIGINS("origins, separated by commas", value -> when(!Arrays.stream(value.split(",")).map(String::strip).filter(each -> !each.isEmpty()).allMatch(Type::isOrigin),
            "must be origins such as https://hooks.example.org or https://*.corp.example:8443, separated by commas"));

    private final String shown;
    private final Function<String, Optional<String>> check;

    Type(String shown, Function<String, Optional<String>> check) {
        this.shown = shown;
        this.check = check;
    }

    /** What is wrong with a value that is not empty; empty if nothing is. */
    Optional<String> fault(String value) {
        return check.apply(value);
    }

    /** For people. */
    @Override
    public String toString() {
        return shown;
    }

    private static Optional<String> path(String value, Function<Path, Boolean> right, String otherwise) {
        try {
            Path path = Path.of(value);
            return when(!right.apply(path), otherwise + (Files.exists(path) ? "" : "; it does not exist"));
        } catch (InvalidPathException malformed) {
            return Optional.of("must be a path");
        }
    }

    private static boolean holdsSomething(Path file) {
        try {
            return Files.size(file) > 0;
        } catch (IOException gone) {
            return false;
        }
    }

    private static Optional<String> httpAddress(String value) {
        try {
            URI address = URI.create(value);
            return when(address.getHost() == null || !("http".equals(address.getScheme()) || "https".equals(address.getScheme())), "must be an http or https address")
                    .or(() -> when(address.getPort() == 0 || address.getPort() > 65_535, "must have a port of 1 to 65535"));
        } catch (IllegalArgumentException malformed) {
            return Optional.of("must be an http or https address");
        }
    }

    private static Optional<String> ipAddress(String value) {
        try {
            InetAddress.ofLiteral(value);
            return Optional.empty();
        } catch (IllegalArgumentException malformed) {
            return Optional.of("must be an IP address, such as 127.0.0.1 or ::");
        }
    }

    static boolean onThisMachine(String host) {
        return host.equals("127.0.0.1") || host.equals("[::1]") || host.equals("::1") || host.equals("localhost");
    }

    /** Scheme and host alone; the first label may be any, and the port. */
    private static boolean isOrigin(String text) {
        try {
            URI origin = URI.create(text.replaceFirst(":\\*$", "").replaceFirst("://\\*\\.", "://"));
            return httpAddress(origin.toString()).isEmpty() && origin.getRawUserInfo() == null && origin.getRawPath().isEmpty() && origin.getRawQuery() == null && origin.getRawFragment() == null;
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    private static Optional<String> number(String value, int least, int most) {
        boolean right = value.matches("[0-9]{1,9}") && Integer.parseInt(value) >= least && Integer.parseInt(value) <= most;
        return when(!right, "must be " + least + " to " + most);
    }

    private static Optional<String> duration(String value) {
        try {
            return when(!Duration.parse(value).isPositive(), "must be longer than nothing");
        } catch (DateTimeParseException malformed) {
            return Optional.of("must be a duration such as PT3S or PT10M");
        }
    }

    private static Optional<String> when(boolean wrong, String what) {
        return wrong ? Optional.of(what) : Optional.empty();
    }
}
