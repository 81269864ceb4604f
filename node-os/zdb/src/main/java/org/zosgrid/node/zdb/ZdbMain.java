package org.zosgrid.node.zdb;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;

/** A store that stands alone, with the original's options where they make sense. */
public final class ZdbMain {
    private static final String USAGE = """
            usage: zdb [OPTION VALUE | FLAG]…
              --data DIR       where data lies (default: ./zdb-data)      --index DIR     where indexes lie (default: as --data)
              --listen ADDRESS (default: 127.0.0.1)                       --port PORT     (default: 9900)
              --socket PATH    a unix socket, instead of TCP              --dualnet       both
              --mode user|seq  for every namespace                        --datasize BYTES  of a data file (default: 256 MiB)
              --admin PASSWORD for AUTH; none: everybody is admin         --protect       default namespace read-only until AUTH
              --sync           answer a write when it is on the disk (default)
              --synctime MS    answer at once, sync that often            --nosync        leave it to the operating system
              --hook PROGRAM   told of events                             --replicaof HOST:PORT  a secondary of that store from the first start""";
    private static final Set<String> FLAGS = Set.of("dualnet", "protect", "sync", "nosync", "help");
    private static final Set<String> VALUES = Set.of("data", "index", "listen", "port", "socket", "mode", "datasize", "admin", "synctime", "hook", "replicaof");
    private static final int PORT = 9900;

    private ZdbMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        ZdbConfig config;
        try {
            Map<String, String> options = options(arguments);
            if (options.containsKey("help")) {
                System.out.println(USAGE);
                return;
            }
            config = config(options);
        } catch (IllegalArgumentException wrong) {
            System.err.println("zdb: " + wrong.getMessage());
            System.exit(2);
            return;
        }
        ZdbServer server;
        try {
            server = ZdbServer.start(config);
        } catch (RuntimeException failed) {
            System.err.println("zdb: " + failed.getMessage());
            System.exit(1);
            return;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        System.out.println("ready " + server.addresses());
        new CountDownLatch(1).await();
    }

    static Map<String, String> options(String... arguments) {
        Map<String, String> options = new TreeMap<>();
        for (int i = 0; i < arguments.length; i++) {
            String name = arguments[i].startsWith("--") ? arguments[i].substring(2) : "";
            if (FLAGS.contains(name)) {
                options.put(name, "");
            } else if (VALUES.contains(name) && i + 1 < arguments.length) {
                options.put(name, arguments[++i]);
            } else {
                throw new IllegalArgumentException("unknown option or missing value: " + arguments[i]);
            }
        }
        return options;
    }

    static ZdbConfig config(Map<String, String> options) {
        Path data = Path.of(options.getOrDefault("data", "zdb-data"));
        List<ZdbConfig.Listener> listeners = new ArrayList<>();
        if (!options.containsKey("socket") || options.containsKey("dualnet")) {
            listeners.add(ZdbConfig.Listener.plain(new InetSocketAddress(options.getOrDefault("listen", "127.0.0.1"), (int) number(options, "port", PORT, 65_535))));
        }
        Mode mode = switch (options.getOrDefault("mode", "user")) {
            case "user" -> Mode.USER;
            case "seq" -> Mode.SEQUENTIAL;
            default -> throw new IllegalArgumentException("--mode: must be user or seq (is: " + options.get("mode") + ")");
        };
        NamespaceProperties fresh = NamespaceProperties.of(mode);
        if (options.containsKey("synctime")) {
            fresh = fresh.withDurability(Durability.INTERVAL, Duration.ofMillis(Math.max(1, number(options, "synctime", 1000, Integer.MAX_VALUE))));
        } else if (options.containsKey("nosync")) {
            fresh = fresh.withDurability(Durability.SYSTEM, fresh.interval());
        }
        return new ZdbConfig(data, listeners, Optional.ofNullable(options.get("admin")), new ZdbConfig.Settings(
                Path.of(options.getOrDefault("index", data.toString())),
                Optional.ofNullable(options.get("socket")).map(Path::of).stream().toList(),
                (int) number(options, "datasize", ZdbConfig.FILE_SIZE, Integer.MAX_VALUE),
                fresh,
                options.containsKey("mode"),
                options.containsKey("protect"),
                Optional.ofNullable(options.get("hook")).map(Path::of)),
                new ZdbConfig.Replication(Optional.ofNullable(options.get("replicaof")).map(ZdbMain::address), ZdbConfig.Connector.PLAIN, Optional.ofNullable(options.get("admin"))));
    }

    private static String address(String given) {
        PrimaryLink.parse(given);
        return given;
    }

    private static long number(Map<String, String> options, String name, long otherwise, long most) {
        String given = options.getOrDefault(name, Long.toString(otherwise));
        if (!given.matches("[0-9]{1,10}") || Long.parseLong(given) > most) {
            throw new IllegalArgumentException("--" + name + ": must be a number up to " + most + " (is: " + given + ")");
        }
        return Long.parseLong(given);
    }
}
