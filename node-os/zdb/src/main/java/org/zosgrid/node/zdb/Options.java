package org.zosgrid.node.zdb;

import java.math.BigDecimal;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.zosgrid.contract.transport.ManagementIdentity;
import org.zosgrid.contract.transport.ManagementTls;

/** The command line of a store that stands alone: the original's options, and some of our own. What is wrong is told with the option, the limit and the value. */
record Options(Map<String, String> given) {
    static final String USAGE = """
            usage: zdb [OPTION VALUE | FLAG]…
              --data DIR        where data lies (default: ./zdb-data)     --index DIR      where indexes lie (default: as --data)
              --listen ADDRESS  (default: 127.0.0.1)                      --port PORT      (default: 9900)
              --socket PATH     a unix socket, instead of TCP             --dualnet        both
              --tls-port PORT   TLS 1.3 with X25519MLKEM768, both sides with certificates, beside the others
              --tls-identity DIR  its certificate, key and authority, as 'zos up' lays them down
              --mode user|seq   for every namespace                       --datasize BYTES a data file's most (default: 268435456)
              --maxsize BYTES   of the default namespace's payloads       --rotate SECONDS close data files at least that often
              --admin PASSWORD  for AUTH; none: everybody is admin        --protect        default namespace read-only until AUTH
              --sync            answer a write when it is on the disk (default)
              --synctime SECONDS  answer at once, sync that often; 0.05 is fine
              --nosync          answer at once, sync when the operating system does
              --secure          sync a data file when it is closed        --hook PROGRAM   told of events
              --capacity BYTES  of all data files together (default: what the disk has)
              --replicaof HOST:PORT  be a secondary of that store from the first start
              --primary-name NAME  reach it by TLS; whose certificate it must have
              --background      return as soon as it answers              --logfile FILE   where it writes what it has to say
              --verbose         say more                                  --dump           print the index and end
              --version         --help
            or:    zdb verify|rebuild-index|export|import …, on folders that no store uses: see 'zos zdb --help'""";

    private static final Set<String> FLAGS = Set.of("dualnet", "protect", "sync", "nosync", "secure", "background", "verbose", "dump", "version", "help");
    private static final Set<String> VALUES = Set.of(
            "data", "index", "listen", "port", "socket", "tls-port", "tls-identity", "mode", "datasize", "maxsize", "rotate", "admin", "synctime", "hook", "logfile", "capacity",
            "replicaof", "primary-name");
    private static final int PORT = 9900;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    static Options of(String... arguments) {
        Map<String, String> options = new TreeMap<>();
        for (int i = 0; i < arguments.length; i++) {
            String name = arguments[i].startsWith("--") ? arguments[i].substring(2) : "";
            if (FLAGS.contains(name)) {
                options.put(name, "");
            } else if (!VALUES.contains(name)) {
                throw new IllegalArgumentException(arguments[i] + ": there is no such option");
            } else if (i + 1 == arguments.length) {
                throw new IllegalArgumentException(arguments[i] + ": needs a value");
            } else {
                options.put(name, arguments[++i]);
            }
        }
        return new Options(options);
    }

    boolean has(String name) {
        return given.containsKey(name);
    }

    Optional<String> value(String name) {
        return Optional.ofNullable(given.get(name));
    }

    Path data() {
        return Path.of(given.getOrDefault("data", "zdb-data"));
    }

    Path index() {
        return value("index").map(Path::of).orElse(data());
    }

    ZdbConfig config() {
        NamespaceProperties fresh = NamespaceProperties.of(mode());
        if (has("synctime")) {
            fresh = fresh.withDurability(Durability.INTERVAL, seconds("synctime"));
        } else if (has("nosync")) {
            fresh = fresh.withDurability(Durability.SYSTEM, fresh.interval());
        }
        return new ZdbConfig(data(), listeners(), value("admin"), new ZdbConfig.Settings(
                index(),
                value("socket").map(Path::of).stream().toList(),
                (int) number("datasize", ZdbConfig.FILE_SIZE, Integer.MAX_VALUE),
                fresh,
                has("mode"),
                has("protect"),
                value("hook").map(Path::of),
                OptionalLong.of(number("maxsize", 0, Long.MAX_VALUE)),
                has("rotate") ? seconds("rotate") : Duration.ZERO,
                has("secure"),
                number("capacity", 0, Long.MAX_VALUE)),
                replication());
    }

    /** A secondary reaches its primary as its own clients reach it: by TLS if it has an identity, otherwise in plain. */
    private ZdbConfig.Replication replication() {
        value("replicaof").ifPresent(PrimaryLink::parse);
        if (has("tls-identity") && has("primary-name")) {
            var tls = ManagementTls.context(ManagementIdentity.read(Path.of(given.get("tls-identity"))));
            return new ZdbConfig.Replication(value("replicaof"), address -> ManagementTls.connect(tls, address, given.get("primary-name"), LIMIT), value("admin"));
        }
        return new ZdbConfig.Replication(value("replicaof"), ZdbConfig.Connector.PLAIN, value("admin"));
    }

    private Mode mode() {
        return switch (given.getOrDefault("mode", "user")) {
            case "user" -> Mode.USER;
            case "seq" -> Mode.SEQUENTIAL;
            default -> throw new IllegalArgumentException("--mode: must be user or seq (is: " + given.get("mode") + ")");
        };
    }

    private List<ZdbConfig.Listener> listeners() {
        List<ZdbConfig.Listener> listeners = new ArrayList<>();
        String address = given.getOrDefault("listen", "127.0.0.1");
        if (!has("socket") || has("dualnet")) {
            listeners.add(ZdbConfig.Listener.plain(new InetSocketAddress(address, (int) number("port", PORT, 65_535))));
        }
        if (!has("tls-identity") && (has("tls-port") || has("primary-name"))) {
            throw new IllegalArgumentException("--tls-identity: is needed with --tls-port and with --primary-name");
        }
        if (has("tls-identity") && !has("tls-port") && !has("primary-name")) {
            throw new IllegalArgumentException("--tls-identity: is of use only with --tls-port or --primary-name");
        }
        if (has("tls-port")) {
            var tls = ManagementTls.context(ManagementIdentity.read(Path.of(given.get("tls-identity"))));
            listeners.add(new ZdbConfig.Listener(new InetSocketAddress(address, (int) number("tls-port", 0, 65_535)), where -> ManagementTls.listen(tls, where), new AccessPolicy.Full()));
        }
        return listeners;
    }

    private long number(String name, long otherwise, long most) {
        String text = given.getOrDefault(name, Long.toString(otherwise));
        if (!text.matches("[0-9]{1,18}") || Long.parseLong(text) > most) {
            throw new IllegalArgumentException("--" + name + ": must be a number from 0 to " + most + " (is: " + text + ")");
        }
        return Long.parseLong(text);
    }

    private Duration seconds(String name) {
        String text = given.getOrDefault(name, "");
        if (!text.matches("[0-9]{1,9}(\\.[0-9]{1,3})?") || new BigDecimal(text).signum() == 0) {
            throw new IllegalArgumentException("--" + name + ": must be a number of seconds, at least 0.001 (is: " + text + ")");
        }
        return Duration.ofMillis(new BigDecimal(text).movePointRight(3).longValueExact());
    }
}
