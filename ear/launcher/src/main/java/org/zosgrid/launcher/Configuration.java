package org.zosgrid.launcher;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What the control plane needs to know, all checked before anything starts.
 *
 * @param state         everything that must survive a restart lives below it
 * @param trustRoot     DSSE envelope of the trust root
 * @param ledgerKey     key pair that signs the ledger's checkpoints, or a directory of them: the one that the trust root in force names counts
 * @param inventory     JSON list of nodes and their management addresses
 * @param managementTls certificate, key and authority for TLS to the nodes
 * @param hub           where images are published
 * @param httpPort      port of REST and console on loopback
 * @param database      an external PostgreSQL; empty means the embedded one
 * @param ledgerStore   an external Zero-DB for the ledger's tiles; empty means one of our own
 * @param workflow      how patient workflows are, by key; empty means the application's own defaults
 */
public record Configuration(Path state, Path trustRoot, Path ledgerKey, Path inventory, Path managementTls, URI hub, int httpPort,
                            Optional<DatabaseAccess> database, Optional<LedgerStoreAccess> ledgerStore,
                            Map<String, Duration> workflow) {
    static final String EXAMPLE = """
        zos.state=/var/lib/zos/control-plane
        zos.trust-root=/etc/zos/root.json
        zos.ledger-key=/etc/zos/ledger.pem
        zos.inventory=/etc/zos/nodes.json
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
        # how patient workflows are: between two attempts to reach somebody; with the image hub; with nodes and gateways until all is taken back
        zos.workflow.retry-pause=PT3S
        zos.workflow.verification-patience=PT10M
        zos.workflow.provisioning-patience=PT5M
        """;

    private static final List<String> WORKFLOW = List.of("zos.workflow.retry-pause", "zos.workflow.verification-patience", "zos.workflow.provisioning-patience");
    private static final List<String> KEYS = List.of("zos.state", "zos.trust-root", "zos.ledger-key", "zos.inventory", "zos.management-tls",
        "zos.hub", "zos.http.port", "zos.database.url", "zos.database.user", "zos.database.password-file",
        "zos.ledger-store.address", "zos.ledger-store.password-file",
        WORKFLOW.get(0), WORKFLOW.get(1), WORKFLOW.get(2));

    /** Reads and checks a properties file; every fault is reported, not only the first. */
    public static Configuration read(Path file) {
        var properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException failed) {
            throw new StartException("cannot read the configuration " + file, failed);
        }
        var values = new TreeMap<String, String>();
        properties.stringPropertyNames().forEach(key -> values.put(key, properties.getProperty(key).strip()));
        return new Check(values).configuration(file);
    }

    Path ready() {
        return state.resolve("ready");
    }

    /** The values as the application sees them. */
    Map<String, String> properties() {
        var values = new TreeMap<>(Map.of(
            "zos.state", state.toString(),
            "zos.trust-root", trustRoot.toString(),
            "zos.ledger-key", ledgerKey.toString(),
            "zos.inventory", inventory.toString(),
            "zos.management-tls", managementTls.toString(),
            "zos.hub", hub.toString(),
            "zos.http.port", Integer.toString(httpPort)));
        workflow.forEach((key, duration) -> values.put(key, duration.toString()));
        return values;
    }

    /** Collects faults while it reads one value after the other. */
    private static final class Check {
        private final Map<String, String> values;
        private final List<String> faults = new ArrayList<>();

        Check(Map<String, String> values) {
            this.values = values;
        }

        Configuration configuration(Path file) {
            values.keySet().stream().filter(key -> !KEYS.contains(key))
                .forEach(key -> faults.add(key + ": unknown; known are " + String.join(", ", KEYS)));
            var configuration = new Configuration(
                path("zos.state", "a directory", path -> !Files.exists(path) || Files.isDirectory(path)),
                path("zos.trust-root", "a file", Files::isRegularFile),
                path("zos.ledger-key", "an existing path", Files::exists),
                path("zos.inventory", "a file", Files::isRegularFile),
                path("zos.management-tls", "a directory", Files::isDirectory),
                hub(), port(), database(), ledgerStore(), workflow());
            if (!faults.isEmpty()) {
                throw StartException.of("the configuration " + file + " is not valid", faults);
            }
            return configuration;
        }

        private Path path(String key, String what, Predicate<Path> right) {
            String value = required(key);
            Path path = Path.of(value).toAbsolutePath().normalize();
            if (!value.isEmpty() && !right.test(path)) {
                faults.add(key + ": must be " + what + ", is " + path + (Files.exists(path) ? "" : ", which does not exist"));
            }
            return path;
        }

        private URI hub() {
            String value = required("zos.hub");
            try {
                URI hub = URI.create(value);
                if (!value.isEmpty() && (hub.getHost() == null || !List.of("http", "https").contains(hub.getScheme()))) {
                    faults.add("zos.hub: must be an http or https address, is " + value);
                }
                return hub;
            } catch (IllegalArgumentException malformed) {
                faults.add("zos.hub: must be an http or https address, is " + value);
                return URI.create("");
            }
        }

        private int port() {
            String value = required("zos.http.port");
            if (!value.isEmpty() && !(value.matches("\\d{1,5}") && Integer.parseInt(value) >= 1 && Integer.parseInt(value) <= 65_535)) {
                faults.add("zos.http.port: must be 1 to 65535, is " + value);
                return 0;
            }
            return value.isEmpty() ? 0 : Integer.parseInt(value);
        }

        private Map<String, Duration> workflow() {
            var durations = new TreeMap<String, Duration>();
            for (String key : WORKFLOW) {
                String value = values.getOrDefault(key, "");
                try {
                    if (!value.isEmpty() && !durations.merge(key, Duration.parse(value), (one, other) -> other).isPositive()) {
                        faults.add(key + ": must be longer than nothing, is " + value);
                    }
                } catch (DateTimeParseException malformed) {
                    faults.add(key + ": must be a duration such as PT3S or PT10M, is " + value);
                }
            }
            return durations;
        }

        private Optional<DatabaseAccess> database() {
            String url = values.getOrDefault("zos.database.url", "");
            if (url.isEmpty()) {
                for (String key : List.of("zos.database.user", "zos.database.password-file")) {
                    if (!values.getOrDefault(key, "").isEmpty()) {
                        faults.add(key + ": has no meaning without zos.database.url, is " + values.get(key));
                    }
                }
                return Optional.empty();
            }
            if (!url.startsWith("jdbc:postgresql://")) {
                faults.add("zos.database.url: must begin with jdbc:postgresql://, is " + url);
            }
            String user = required("zos.database.user");
            Path file = path("zos.database.password-file", "a file", Files::isRegularFile);
            try {
                return Optional.of(new DatabaseAccess(url, user, Files.isRegularFile(file) ? Files.readString(file).strip() : ""));
            } catch (IOException failed) {
                faults.add("zos.database.password-file: cannot read " + file + ": " + failed.getMessage());
                return Optional.empty();
            }
        }

        private Optional<LedgerStoreAccess> ledgerStore() {
            String address = values.getOrDefault("zos.ledger-store.address", "");
            if (address.isEmpty()) {
                String file = values.getOrDefault("zos.ledger-store.password-file", "");
                if (!file.isEmpty()) {
                    faults.add("zos.ledger-store.password-file: has no meaning without zos.ledger-store.address, is " + file);
                }
                return Optional.empty();
            }
            int colon = address.lastIndexOf(':');
            String port = address.substring(colon + 1);
            if (colon < 1 || !port.matches("\\d{1,5}") || Integer.parseInt(port) < 1 || Integer.parseInt(port) > 65_535) {
                faults.add("zos.ledger-store.address: must be HOST:PORT, is " + address);
            }
            return Optional.of(new LedgerStoreAccess(address, path("zos.ledger-store.password-file", "a file", Files::isRegularFile)));
        }

        private String required(String key) {
            String value = values.getOrDefault(key, "");
            if (value.isEmpty()) {
                faults.add(key + ": is missing");
            }
            return value;
        }
    }
}
