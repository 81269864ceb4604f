package org.zosgrid.launcher;

import fish.payara.micro.BootstrapException;
import fish.payara.micro.ClusterCommandResult;
import fish.payara.micro.boot.AdminCommandRunner;
import fish.payara.micro.boot.PayaraMicroBoot;
import fish.payara.micro.boot.loader.OpenURLClassLoader;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

/** Payara Micro inside this process: HTTP on one address, no cluster, configured by the commands an administrator would type. */
final class ApplicationServer implements StartedParts.Part {
    private static final String SERVER = "configs.config.server-config.";
    private static final String HTTP = SERVER + "network-config.protocols.protocol.http-listener.http.";

    private final PayaraMicroBoot micro;
    private final AdminCommandRunner commands;

    private ApplicationServer(PayaraMicroBoot micro, AdminCommandRunner commands) {
        this.micro = micro;
        this.commands = commands;
    }

    static ApplicationServer start(Configuration configuration) throws IOException {
        Path folder = configuration.state().resolve("server");
        delete(folder); // all of it is made anew from the configuration
        Files.createDirectories(folder);
        var runner = new AtomicReference<AdminCommandRunner>();
        try {
            PayaraMicroBoot micro = microOfClassPath();
            micro.setLogPropertiesFile(Logging.copyTo(folder).toFile())
                .setRootDir(folder.toFile())
                .setHttpPort(configuration.httpPort())
                .setNoCluster(true)
                .setNoHazelcast(true)
                .setPreBootHandler(before -> {
                    check("set", before.run("set", SERVER + "network-config.network-listeners.network-listener.http-listener.address=" + configuration.httpAddress().getHostAddress()));
                    // The console's files alone: answers of the interface hold what others wrote beside what is secret, and their length must not tell of it.
                    check("set", before.run("set", HTTP + "compressable-mime-type=application/javascript,text/javascript,text/css,image/svg+xml"));
                    check("set", before.run("set", HTTP + "compression=on"));
                    check("set", before.run("set", SERVER + "hazelcast-config-specific-configuration.enabled=false"));
                })
                // kept for later: an EAR deployed from within this handler would make the server fail when it reports its status
                .setPostBootHandler(runner::set)
                .bootStrap();
            ApplicationServer server = new ApplicationServer(micro, runner.get());
            // The application describes itself; the server's own guess at it would answer everybody.
            server.run("set-openapi-configuration", "--enabled=false");
            // So do its own figures, at the path where a collector looks for ours.
            server.run("set-metrics-configuration", "--enabled=false");
            return server;
        } catch (BootstrapException failed) {
            throw new StartException("Payara Micro did not start on " + configuration.httpAddress().getHostAddress() + ", port " + configuration.httpPort(), failed);
        }
    }

    /**
     * The same instance as {@code PayaraMicro.getInstance()}, but with the server's modules taken from this program's class path and not from
     * jars within a jar, which takes half the time.
     */
    private static PayaraMicroBoot microOfClassPath() {
        URL bootJar = PayaraMicroBoot.class.getProtectionDomain().getCodeSource().getLocation();
        System.setProperty("fish.payara.micro.BootJar", bootJar.toString());
        // Micro collects its services through this class loader only if it is one with addresses
        Thread.currentThread().setContextClassLoader(new OpenURLClassLoader(new URL[0], ApplicationServer.class.getClassLoader()));
        try {
            // its own launcher finds it by name, too: at compile time the class is hidden in a jar within a jar
            return (PayaraMicroBoot) Class.forName("fish.payara.micro.impl.PayaraMicroImpl").getMethod("getInstance").invoke(null);
        } catch (ReflectiveOperationException incomplete) {
            throw new StartException("the installation is incomplete, Payara Micro's modules are not on the class path", incomplete);
        }
    }

    void bindDataSource(String name, DatabaseAccess database) {
        String pool = name.replace('/', '-');
        run("create-jdbc-connection-pool",
            "--datasourceclassname", "org.postgresql.xa.PGXADataSource", "--restype", "javax.sql.XADataSource",
            "--steadypoolsize", "4", "--maxpoolsize", "32",
            "--isconnectvalidatereq", "true", "--validationmethod", "custom-validation",
            "--validationclassname", "org.glassfish.api.jdbc.validation.PostgresConnectionValidation",
            "--property", properties(Map.of("url", database.url(), "user", database.user(), "password", database.password())),
            pool);
        run("create-jdbc-resource", "--connectionpoolid", pool, name);
    }

    /** Deploys a resource adapter of its own, so that its names don't depend on the application's. */
    void deployAdapter(Path archive, String connectionFactory, String name, Map<String, String> properties) {
        String adapter = archive.getFileName().toString().replace(".rar", "");
        String pool = name.replace('/', '-');
        run("create-resource-adapter-config", "--property", properties(properties), adapter);
        run("deploy", "--name", adapter, archive.toString());
        run("create-connector-connection-pool", "--raname", adapter, "--connectiondefinition", connectionFactory,
            // said again here: the server overlooks what the adapter's own annotation says about transactions
            "--transactionsupport", "NoTransaction",
            "--steadypoolsize", "0", "--maxpoolsize", "32", pool);
        run("create-connector-resource", "--poolname", pool, name);
    }

    void deployApplication(Path archive) {
        run("deploy", "--name", "control-plane", archive.toString());
    }

    /** For tests: an application of a different name and content. */
    void undeploy(String name) {
        run("undeploy", name);
    }

    @Override
    public void close() {
        try {
            micro.shutdown();
        } catch (BootstrapException | IllegalStateException stoppedAlready) {
            // SIGTERM: Payara's own hook came first and is through, since stopping is synchronised
        }
    }

    private void run(String command, String... arguments) {
        check(command + " " + arguments[arguments.length - 1], commands.run(command, arguments));
    }

    private static void check(String what, ClusterCommandResult result) {
        if (result.getExitStatus() == ClusterCommandResult.ExitStatus.FAILURE) {
            Throwable cause = result.getFailureCause();
            throw new StartException("the server refused \"" + what + "\": " + result.getOutput(), cause == null ? new IllegalStateException("no cause given") : cause);
        }
    }

    /** {@code name=value:name=value}, as the server's commands expect it. */
    private static String properties(Map<String, String> values) {
        List<String> pairs = new ArrayList<>();
        new TreeMap<>(values).forEach((name, value) -> pairs.add(name + "=" + value.replaceAll("([\\\\:=])", "\\\\$1")));
        return String.join(":", pairs);
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (var files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
