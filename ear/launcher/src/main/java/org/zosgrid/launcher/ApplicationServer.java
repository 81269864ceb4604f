package org.zosgrid.launcher;

import fish.payara.micro.BootstrapException;
import fish.payara.micro.ClusterCommandResult;
import fish.payara.micro.boot.AdminCommandRunner;
import fish.payara.micro.boot.PayaraMicroBoot;
import fish.payara.micro.boot.loader.OpenURLClassLoader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Payara Micro inside this process: HTTP on one address, no cluster, configured by the commands an administrator would type. Nobody is let in before {@link #open}: without an application the server says
 * that it is ready, and answers 404.
 */
final class ApplicationServer implements StartedParts.Part {
    private static final String SERVER = "configs.config.server-config.";
    private static final String LISTENER = SERVER + "network-config.network-listeners.network-listener.http-listener.";

    private final PayaraMicroBoot micro;
    private final AdminCommandRunner commands;

    private ApplicationServer(PayaraMicroBoot micro, AdminCommandRunner commands) {
        this.micro = micro;
        this.commands = commands;
    }

    static ApplicationServer start(Configuration configuration) throws IOException {
        Path folder = configuration.state().resolve("server");
        mustBeFree(configuration);
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
                    ServerSetup.compression("http-listener").forEach(each -> check(each.toString(), before.run(each.name(), each.arguments().toArray(String[]::new))));
                    check("set", before.run("set", LISTENER + "address=" + configuration.httpAddress().getHostAddress()));
                    check("set", before.run("set", LISTENER + "enabled=false"));
                    check("set", before.run("set", SERVER + "hazelcast-config-specific-configuration.enabled=false"));
                })
                // kept for later: an EAR deployed from within this handler would make the server fail when it reports its status
                .setPostBootHandler(runner::set)
                .bootStrap();
            ApplicationServer server = new ApplicationServer(micro, runner.get());
            server.run(ServerSetup.ownAnswersOff());
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

    /** One after the other, up to the first that is refused. Errors: {@link StartException} with what the server says of it. */
    void run(List<ServerCommand> all) {
        all.forEach(each -> check(each.toString(), commands.run(each.name(), each.arguments().toArray(String[]::new))));
    }

    /** Listens from now on. Errors: {@link StartException} when somebody else took the port meanwhile, of which the server only writes into its log. */
    void open(Configuration configuration) {
        mustBeFree(configuration);
        run(List.of(new ServerCommand("set", LISTENER + "enabled=true")));
    }

    private static void mustBeFree(Configuration configuration) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true); // as the server does: connections of an earlier run may still linger
            probe.bind(new InetSocketAddress(configuration.httpAddress(), configuration.httpPort()));
        } catch (IOException taken) {
            throw new StartException("cannot listen on " + configuration.httpAddress().getHostAddress() + ", port " + configuration.httpPort(), taken);
        }
    }

    /** For tests: an application of a different name and content. */
    void undeploy(String name) {
        run(List.of(new ServerCommand("undeploy", name)));
    }

    @Override
    public void close() {
        try {
            micro.shutdown();
        } catch (BootstrapException | IllegalStateException stoppedAlready) {
            // SIGTERM: Payara's own hook came first and is through, since stopping is synchronised
        }
    }

    private static void check(String what, ClusterCommandResult result) {
        if (result.getExitStatus() == ClusterCommandResult.ExitStatus.FAILURE) {
            Throwable cause = result.getFailureCause();
            throw new StartException("the server refused \"" + what + "\": " + result.getOutput(), cause == null ? new IllegalStateException("no cause given") : cause);
        }
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
