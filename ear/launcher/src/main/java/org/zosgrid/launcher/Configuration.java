package org.zosgrid.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.zosgrid.settings.Setting;
import org.zosgrid.settings.Settings;
import org.zosgrid.settings.SettingsException;
import org.zosgrid.settings.Type;

/**
 * What the control plane needs to know, all checked before anything starts.
 *
 * @param settings every setting with its value
 * @param database an external PostgreSQL; empty means the embedded one
 * @param ledgerStore an external Zero-DB for the ledger's tiles; empty means one of our own
 */
public record Configuration(Settings settings, Optional<DatabaseAccess> database, Optional<LedgerStoreAccess> ledgerStore) {
    static final String EXAMPLE = """
        zos.state=/var/lib/zos/control-plane
        zos.trust-root=/etc/zos/root.json
        zos.ledger-key=/etc/zos/ledger.pem
        zos.inventory=/var/lib/zos/nodes.json
        zos.management-tls=/etc/zos/tls
        zos.hub=http://10.231.0.1:8090
        zos.http.port=8080
        # empty: an embedded PostgreSQL under zos.state. Otherwise e.g. jdbc:postgresql://db.example.org:5432/zos
        zos.database.url=
        zos.database.user=
        zos.database.password-file=
        # empty: a Zero-DB of our own under zos.state. Otherwise HOST:PORT of one with a namespace "ledger" of mode user, and the password of that; it is spoken
        # to in the clear. Control planes that share a database share this, too
        zos.ledger-store.address=
        zos.ledger-store.password-file=
        # docs/configuration.md has all the others
        """;

    /** What only the launcher needs: the application gets a data source, and no way to its password. */
    private static final List<Setting> DATABASE = List.of(Setting.DATABASE_URL, Setting.DATABASE_USER, Setting.DATABASE_PASSWORD_FILE);

    /** Reads and checks a properties file, and what the environment says otherwise; every fault is reported, not only the first. */
    public static Configuration read(Path file) {
        return read(file, System.getenv());
    }

    static Configuration read(Path file, Map<String, String> environment) {
        try {
            Settings settings = Settings.readToStart(file, environment);
            return new Configuration(settings, database(settings), ledgerStore(settings));
        } catch (SettingsException refused) {
            throw new StartException(refused.getMessage());
        }
    }

    Path state() {
        return path(Setting.STATE);
    }

    Path trustRoot() {
        return path(Setting.TRUST_ROOT);
    }

    Path inventory() {
        return path(Setting.INVENTORY);
    }

    Path managementTls() {
        return path(Setting.MANAGEMENT_TLS);
    }

    /** Who shares this installation; empty: nobody does. */
    Optional<Path> organisations() {
        return settings.text(Setting.ORGANISATIONS).isEmpty() ? Optional.empty() : Optional.of(path(Setting.ORGANISATIONS));
    }

    String hub() {
        return settings.text(Setting.HUB);
    }

    /** On which the port listens. */
    InetAddress httpAddress() {
        return InetAddress.ofLiteral(settings.text(Setting.HTTP_ADDRESS));
    }

    int httpPort() {
        return Integer.parseInt(settings.text(Setting.HTTP_PORT));
    }

    Path ready() {
        return state().resolve("ready");
    }

    /** What is not left to the catalogue, as the application sees it. */
    Map<String, String> properties() {
        var values = new TreeMap<>(settings.given());
        for (Setting setting : Setting.values()) {
            if (DATABASE.contains(setting)) {
                values.remove(setting.key());
            } else if (isPath(setting.type())) {
                values.computeIfPresent(setting.key(), (key, value) -> path(setting).toString());
            }
        }
        return values;
    }

    /** What a server is told for the application, and for its own MicroProfile Telemetry. */
    Map<String, String> systemProperties() {
        var values = new TreeMap<>(properties());
        String endpoint = settings.text(Setting.TRACING_ENDPOINT);
        if (!endpoint.isEmpty()) {
            values.putAll(Map.of(
                "otel.sdk.disabled", "false",
                "otel.service.name", "zos-control-plane",
                "otel.traces.exporter", "otlp",
                "otel.metrics.exporter", "none",
                "otel.logs.exporter", "none",
                "otel.exporter.otlp.protocol", "http/protobuf",
                "otel.exporter.otlp.endpoint", endpoint));
        }
        return values;
    }

    private Path path(Setting setting) {
        return Path.of(settings.text(setting)).toAbsolutePath().normalize();
    }

    private static boolean isPath(Type type) {
        return switch (type) {
            case STATE, DIRECTORY, FILE, SECRET_FILE, FILE_OR_DIRECTORY -> true;
            default -> false;
        };
    }

    private static Optional<DatabaseAccess> database(Settings settings) {
        String url = settings.text(Setting.DATABASE_URL);
        if (url.isEmpty()) {
            return Optional.empty();
        }
        String passwordFile = settings.text(Setting.DATABASE_PASSWORD_FILE);
        try {
            return Optional.of(new DatabaseAccess(url, settings.text(Setting.DATABASE_USER), Files.readString(Path.of(passwordFile)).strip()));
        } catch (IOException failed) {
            throw new StartException("zos.database.password-file: cannot read " + passwordFile, failed);
        }
    }

    private static Optional<LedgerStoreAccess> ledgerStore(Settings settings) {
        String address = settings.text(Setting.LEDGER_STORE_ADDRESS);
        return address.isEmpty() ? Optional.empty()
            : Optional.of(new LedgerStoreAccess(address, Path.of(settings.text(Setting.LEDGER_STORE_PASSWORD_FILE)).toAbsolutePath().normalize()));
    }
}
