package org.zosgrid.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Logger;
import org.zosgrid.settings.Setting;

/**
 * The control plane as a process. Its life: configure, start PostgreSQL and the ledger's Zero-DB, start the server, deploy adapters and application, write {@code ready};
 * on SIGTERM the same backwards.
 */
public final class ControlPlane implements AutoCloseable {
    private static final String USAGE = """
        Starts the control plane: PostgreSQL (embedded unless zos.database.url is set), the ledger's
        Zero-DB (our own unless zos.ledger-store.address is set), Payara Micro, the resource adapters and the EAR.

        usage: ControlPlane --config FILE

          --config FILE   the properties below
          --help          this text

        The file ${zos.state}/ready appears when everything answers, and holds the address of the REST interface.
        SIGTERM stops everything. Example of FILE:

        """ + Configuration.EXAMPLE;

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
        if (arguments.length != 2 || !arguments[0].equals("--config")) {
            System.err.print(USAGE);
            System.exit(2);
        }
        Logging.begin();
        System.setOut(System.err); // what the server prints is no progress of ours
        try {
            Configuration configuration = Configuration.read(Path.of(arguments[1]));
            ControlPlane running = start(configuration, Installation.ofRunningProgram(), new Progress(out));
            Runtime.getRuntime().addShutdownHook(new Thread(running::close, "control-plane-stop"));
        } catch (StartException refused) {
            System.err.println(refused.getMessage());
            System.exit(1);
        }
        new CountDownLatch(1).await(); // until SIGTERM
    }

    /** Brings everything up, in this order; what had been started is stopped again when a later step fails. */
    public static ControlPlane start(Configuration configuration, Installation installation, Progress progress) {
        var steps = new StartedParts();
        try {
            withdrawReady(configuration);
            publish(configuration);
            configuration.settings().warnings().forEach(LOG::warning);
            Database database = progress.step("database", () -> steps.add(Database.start(configuration)));
            LedgerStore ledgerStore = progress.step("ledger store", () -> steps.add(LedgerStore.start(configuration, installation)));
            ApplicationServer server = progress.step("application server", () -> steps.add(ApplicationServer.start(configuration)));
            progress.step("data source", () -> server.bindDataSource("jdbc/zos", database.access()));
            Map<String, String> node = Map.of(
                "inventory", configuration.inventory().toString(),
                "tlsDirectory", configuration.managementTls().toString());
            Map<String, String> stores = new TreeMap<>(node);
            stores.put("ledger", ledgerStore.access().address());
            stores.put("ledgerPassword", ledgerStore.access().passwordFile().toString());
            Map<String, String> images = new TreeMap<>(Map.of(
                "inventory", configuration.inventory().toString(),
                "tlsDirectory", configuration.managementTls().toString(),
                "trustRoot", configuration.trustRoot().toString(),
                "trustRoots", configuration.state().resolve("trust-roots").toString(),
                "hub", configuration.hub()));
            if (!configuration.settings().text(Setting.ORGANISATIONS).isEmpty()) {
                images.put("organisations", configuration.settings().text(Setting.ORGANISATIONS));
            }
            progress.step("adapter to the nodes' stores", () -> server.deployAdapter(
                installation.adapter("zdb-connector"), "org.zosgrid.connector.zdb.ZdbConnectionFactory", "zos/zdb", stores));
            progress.step("adapter to images", () -> server.deployAdapter(
                installation.adapter("flist-rar"), "org.zosgrid.connector.flist.ImageConnectionFactory", "zos/images", images));
            progress.step("adapter to networks", () -> server.deployAdapter(
                installation.adapter("network-rar"), "org.zosgrid.connector.network.NetworkConnectionFactory", "zos/network", node));
            progress.step("application", () -> server.deployApplication(installation.application()));
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

    /** What the application reads with MicroProfile Config. */
    private static void publish(Configuration configuration) {
        configuration.properties().forEach(System::setProperty);
        tracing(configuration.settings().text(Setting.TRACING_ENDPOINT)).forEach(System::setProperty);
    }

    /** What the server's own MicroProfile Telemetry reads. */
    private static Map<String, String> tracing(String endpoint) {
        return endpoint.isEmpty() ? Map.of() : Map.of(
            "otel.sdk.disabled", "false",
            "otel.service.name", "zos-control-plane",
            "otel.traces.exporter", "otlp",
            "otel.metrics.exporter", "none",
            "otel.logs.exporter", "none",
            "otel.exporter.otlp.protocol", "http/protobuf",
            "otel.exporter.otlp.endpoint", endpoint);
    }

    private static void withdrawReady(Configuration configuration) {
        try {
            Files.deleteIfExists(configuration.ready());
        } catch (IOException failed) {
            throw new StartException("cannot remove " + configuration.ready(), failed);
        }
    }
}
