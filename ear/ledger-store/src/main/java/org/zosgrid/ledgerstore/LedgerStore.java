package org.zosgrid.ledgerstore;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.zosgrid.node.zdb.Mode;
import org.zosgrid.node.zdb.ZdbConfig;
import org.zosgrid.node.zdb.ZdbServer;
import org.zosgrid.zdb.client.Reply;
import org.zosgrid.zdb.client.ZdbClient;

/**
 * A Zero-DB with the namespace {@value #NAMESPACE}, which opens to a password alone. A write is answered when it is on the disk. Nobody has the administrator's
 * password: it is made at the start and forgotten.
 */
public final class LedgerStore implements AutoCloseable {
    public static final String NAMESPACE = "ledger";

    private static final String USAGE = """
        usage: LedgerStore DIRECTORY PASSWORD-FILE PORT

          DIRECTORY       where data lies; made if absent
          PASSWORD-FILE   holds the password of the namespace "ledger", at most 63 bytes
          PORT            on 127.0.0.1; 0 for a free one

        Prints "ready PORT" when it answers. Ends when its standard input does, and on SIGTERM.
        """;

    /** The process before may still be ending. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final int MAX_PASSWORD = 63;

    private final FileChannel lockFile;
    private final ZdbServer server;

    private LedgerStore(FileChannel lockFile, ZdbServer server) {
        this.lockFile = lockFile;
        this.server = server;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length != 3 || !arguments[2].matches("[0-9]{1,5}")) {
            System.err.print(USAGE);
            System.exit(2);
        }
        LedgerStore running = start(Path.of(arguments[0]), Files.readString(Path.of(arguments[1])).strip(), Integer.parseInt(arguments[2]));
        Runtime.getRuntime().addShutdownHook(new Thread(running::close, "ledger-store-stop"));
        System.out.println("ready " + running.port());
        System.out.flush();
        while (System.in.read() >= 0) {
            // whatever is said is of no interest, only that it ends
        }
        System.exit(0);
    }

    /** @throws IOException if another process works in the directory and does not end in time */
    static LedgerStore start(Path directory, String password, int port) throws IOException, InterruptedException {
        if (password.isEmpty() || password.getBytes(StandardCharsets.UTF_8).length > MAX_PASSWORD) {
            throw new IllegalArgumentException("password: must be 1 to " + MAX_PASSWORD + " bytes (is: " + password.length() + " characters)");
        }
        Files.createDirectories(directory);
        FileChannel lockFile = lock(directory.resolve("lock"));
        try {
            byte[] random = new byte[24];
            new SecureRandom().nextBytes(random);
            String administrator = HexFormat.of().formatHex(random);
            ZdbServer server = ZdbServer.start(new ZdbConfig(directory.resolve("data"),
                    List.of(ZdbConfig.Listener.plain(new InetSocketAddress("127.0.0.1", port))), Optional.of(administrator)));
            server.store().createIfAbsent(NAMESPACE, Mode.USER);
            protect(server, administrator, password);
            return new LedgerStore(lockFile, server);
        } catch (RuntimeException failed) {
            lockFile.close();
            throw failed;
        }
    }

    /** Until it has its password, nobody knows the port. */
    private static void protect(ZdbServer server, String administrator, String password) {
        try (ZdbClient client = ZdbClient.connect(server.addresses().getFirst())) {
            client.authenticate(administrator);
            Optional<String> refused = set(client, NAMESPACE, "password", password);
            if (refused.isPresent()) {
                throw new IllegalStateException("the namespace took no password: " + refused.get());
            }
            // Where a store lets strangers read what has a password, or write into the namespace that everybody has, it can be told not to; one that refuses
            // does not know the property.
            set(client, NAMESPACE, "public", "0");
            set(client, "default", "lock", "1");
        } catch (RuntimeException failed) {
            server.close();
            throw failed;
        }
    }

    /** Empty, or why it was refused. */
    private static Optional<String> set(ZdbClient client, String... namespacePropertyValue) {
        List<byte[]> command = new ArrayList<>(List.of("NSSET".getBytes(StandardCharsets.US_ASCII)));
        Arrays.stream(namespacePropertyValue).map(part -> part.getBytes(StandardCharsets.UTF_8)).forEach(command::add);
        return client.send(command.toArray(byte[][]::new)) instanceof Reply.Failure failure ? Optional.of(failure.text()) : Optional.empty();
    }

    private static FileChannel lock(Path file) throws IOException, InterruptedException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (FileLock lock = channel.tryLock(); lock == null; lock = channel.tryLock()) {
            if (System.nanoTime() > end) {
                channel.close();
                throw new IOException("another process has worked in " + file.getParent() + " for " + PATIENCE.toSeconds() + " s");
            }
            Thread.sleep(PAUSE);
        }
        return channel;
    }

    int port() {
        return server.addresses().getFirst().getPort();
    }

    @Override
    public void close() {
        server.close();
        try {
            lockFile.close();
        } catch (IOException endsWithTheProcess) {
            // the system frees it
        }
    }
}
