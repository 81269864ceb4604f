package org.zosgrid.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;

/**
 * A Zero-DB of our own: a child process on loopback, at a free port, with a password, and data that outlive it. It ends when this process does, however that
 * comes about, because its standard input ends then; if it dies before, it is started again at the same port.
 */
final class OwnLedgerStore implements LedgerStore {
    private static final Logger LOG = Logger.getLogger(OwnLedgerStore.class.getName());
    private static final String MAIN = "org.zosgrid.ledgerstore.LedgerStore";
    private static final Duration END = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Path folder;
    private final Path classes;
    private Process process;
    private final int port;
    private boolean closed;

    private OwnLedgerStore(Path folder, Path classes) throws IOException {
        this.folder = folder;
        this.classes = classes;
        this.process = run(0);
        this.port = ready(process);
    }

    /** @param classes folder of the program's jars */
    static OwnLedgerStore start(Path folder, Path classes) {
        try {
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Secret.of(passwordFile(folder));
            var store = new OwnLedgerStore(folder, classes);
            Files.writeString(folder.resolve("address"), store.access().address() + "\n"); // for an operator's tools
            Thread.ofVirtual().name("ledger-store-watch").start(store::watch);
            return store;
        } catch (IOException failed) {
            throw new StartException("the ledger's store in " + folder + " did not start; its last words are in " + log(folder), failed);
        }
    }

    @Override
    public LedgerStoreAccess access() {
        return new LedgerStoreAccess("127.0.0.1:" + port, passwordFile(folder));
    }

    @Override
    public void close() {
        Process last;
        synchronized (this) {
            closed = true;
            last = process;
        }
        try {
            last.getOutputStream().close();
            if (!last.waitFor(END.toSeconds(), TimeUnit.SECONDS)) {
                last.destroyForcibly(); // what was answered is on the disk
            }
        } catch (IOException alreadyGone) {
            last.destroyForcibly();
        } catch (InterruptedException stopped) {
            last.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void watch() {
        try {
            while (true) {
                current().waitFor();
                Thread.sleep(PAUSE);
                if (!again()) {
                    return;
                }
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Process current() {
        return process;
    }

    /** False once it is to stay down. */
    private synchronized boolean again() {
        if (closed) {
            return false;
        }
        LOG.warning(() -> "the ledger's store ended with " + process.exitValue() + " and is started again; its last words are in " + log(folder));
        try {
            process = run(port);
        } catch (IOException failed) {
            LOG.warning(() -> "the ledger's store did not start: " + failed.getMessage());
        }
        return true;
    }

    private Process run(int wanted) throws IOException {
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx128m", "--enable-native-access=ALL-UNNAMED",
            "-cp", classes.resolve("*").toString(), MAIN, folder.toString(), passwordFile(folder).toString(), Integer.toString(wanted))
            .redirectError(ProcessBuilder.Redirect.appendTo(log(folder).toFile()))
            .start();
    }

    private static int ready(Process started) throws IOException {
        String line = String.valueOf(started.inputReader().readLine());
        if (!line.matches("ready [0-9]{1,5}")) {
            started.destroyForcibly();
            throw new IOException("it said " + line + " instead of its port");
        }
        return Integer.parseInt(line.substring("ready ".length()));
    }

    private static Path passwordFile(Path folder) {
        return folder.resolve("password");
    }

    private static Path log(Path folder) {
        return folder.resolve("ledger-store.log");
    }
}
