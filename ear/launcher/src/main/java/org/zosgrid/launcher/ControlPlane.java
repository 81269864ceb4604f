package org.zosgrid.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Logger;

/**
 * The control plane as a process. Its life: configure, start PostgreSQL and the ledger's Zero-DB, start the server, deploy adapters and application, write {@code ready};
 * on SIGTERM the same backwards.
 */
public final class ControlPlane implements AutoCloseable {
    private static final String USAGE = """
        Starts the control plane: PostgreSQL (embedded unless zos.database.url is set), the ledger's
        Zero-DB (our own unless zos.ledger-store.address is set), Payara Micro, the resource adapters and the EAR.

        usage: ControlPlane --config FILE [--backup FILE | --restore FILE | --full-server FILE]

          --config FILE       the properties below
          --backup FILE       do not start, but back up the one that runs with this configuration:
                              its database, the ledger included, while it works
          --restore FILE      do not start, but put such a backup into zos.state, where nothing is yet
          --full-server FILE  do not start, but write the commands that bring the control plane onto a
                              full Payara Server 6: asadmin multimode --file FILE
          --help              this text

        The file ${zos.state}/ready appears when everything answers, and holds the address of the REST interface.
        SIGTERM stops everything. It ends with 78 if the configuration is wrong, with 1 if anything else keeps it
        from starting. Example of FILE:

        """ + Configuration.EXAMPLE;

    /** EX_CONFIG of sysexits.h: another start changes nothing, so whoever watches the process need not try one. */
    private static final int WRONG_CONFIGURATION = 78;

    private static final Logger LOG = Logger.getLogger(ControlPlane.class.getName());

    private final Configuration configuration;
    private final Database database;
    private final LedgerStore ledgerStore;
    private final ApplicationServer server;

    private ControlPlane(Configuration configuration, Database database, LedgerStore ledgerStore, ApplicationServer server) {
        this.configuration = configuration;
        this.database = database;
        this.ledgerStore = ledgerStore;
        this.server = server;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        PrintStream out = System.out;
        if (arguments.length == 1 && arguments[0].equals("--help")) {
            out.print(USAGE);
            return;
        }
        boolean task = arguments.length == 4 && List.of("--backup", "--restore", "--full-server").contains(arguments[2]);
        if (arguments.length != 2 && !task || !arguments[0].equals("--config")) {
            System.err.print(USAGE);
            System.exit(2);
        }
        Logging.begin();
        System.setOut(System.err); // what the server prints is no progress of ours
        Configuration configuration = configuration(Path.of(arguments[1]));
        try {
            if (task) {
                run(arguments[2], Path.of(arguments[3]), configuration, new Progress(out));
                return;
            }
            ControlPlane running = start(configuration, Installation.ofRunningProgram(), new Progress(out));
            Runtime.getRuntime().addShutdownHook(new Thread(running::close, "control-plane-stop"));
        } catch (StartException refused) {
            System.err.println(refused.getMessage());
            System.exit(1);
        }
        new CountDownLatch(1).await(); // until SIGTERM
    }

    private static Configuration configuration(Path file) {
        try {
            return Configuration.read(file);
        } catch (StartException refused) {
            System.err.println(refused.getMessage());
            System.exit(WRONG_CONFIGURATION);
            throw refused;
        }
    }

    private static void run(String task, Path file, Configuration configuration, Progress progress) {
        try {
            switch (task) {
                case "--backup" -> new Backup(configuration, progress).save(file);
                case "--restore" -> new Backup(configuration, progress).restore(file);
                default -> new FullServerCommands(configuration, Installation.ofRunningProgram()).write(file);
            }
        } catch (IOException failed) {
            throw new StartException(task + " " + file + " failed", failed);
        }
    }

    /** Brings everything up, in this order; what had been started is stopped again when a later step fails. */
    public static ControlPlane start(Configuration configuration, Installation installation, Progress progress) {
        var steps = new StartedParts();
        try {
            withdrawReady(configuration);
            configuration.systemProperties().forEach(System::setProperty);
            configuration.settings().warnings().forEach(LOG::warning);
            Database database = progress.step("database", () -> steps.add(Database.start(configuration)));
            LedgerStore ledgerStore = progress.step("ledger store", () -> steps.add(LedgerStore.start(configuration, installation)));
            ApplicationServer server = progress.step("application server", () -> steps.add(ApplicationServer.start(configuration)));
            ServerSetup setup = new ServerSetup(configuration, installation);
            progress.step("data source", () -> server.run(setup.dataSource(database.access())));
            progress.step("adapter to the nodes' stores", () -> server.run(setup.storeAdapter(ledgerStore.access())));
            progress.step("adapter to images", () -> server.run(setup.imageAdapter()));
            progress.step("adapter to networks", () -> server.run(setup.networkAdapter()));
            progress.step("application", () -> server.run(setup.application()));
            server.open(configuration);
            var running = new ControlPlane(configuration, database, ledgerStore, server);
            Files.writeString(configuration.ready(), running.address() + "\n");
            progress.done("control plane is ready at " + running.address());
            return running;
        } catch (IOException | RuntimeException failed) {
            steps.stop();
            throw failed instanceof StartException known ? known : new StartException("the control plane did not start", failed);
        }
    }

    /** Where REST and console answer on this machine. */
    public URI address() {
        InetAddress address = configuration.httpAddress();
        String host = address.isAnyLocalAddress() ? "127.0.0.1" : address.getHostAddress();
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + configuration.httpPort());
    }

    @Override
    public void close() {
        withdrawReady(configuration);
        server.close();
        ledgerStore.close();
        database.close();
    }

    private static void withdrawReady(Configuration configuration) {
        try {
            Files.deleteIfExists(configuration.ready());
        } catch (IOException failed) {
            throw new StartException("cannot remove " + configuration.ready(), failed);
        }
    }
}
