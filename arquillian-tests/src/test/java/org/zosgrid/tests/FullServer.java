package org.zosgrid.tests;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.zosgrid.cli.stage.Installation;
import org.zosgrid.cli.stage.SecondServer;
import org.zosgrid.cli.stage.Shell;
import org.zosgrid.cli.stage.Stage;
import org.zosgrid.tests.container.ControlPlaneContainer;

/** A full Payara Server, as it is published, with the control plane brought onto it as docs/full-server.md says. */
final class FullServer implements AutoCloseable {
    private static final Path SERVER = Path.of("target/full-server/payara6").toAbsolutePath();
    private static final String DOMAIN = "zos";
    private static final List<String> LIBRARIES = List.of("bcprov-jdk18on", "bcutil-jdk18on", "bcpkix-jdk18on", "bctls-jdk18on", "postgresql", "slf4j-api", "slf4j-jdk14");

    /** What create-domain adds to the base of its ports. */
    private static final List<Integer> OFFSETS = List.of(9, 37, 38, 39, 48, 49, 59, 66, 76, 80, 81, 86);
    private static final int ADMINISTRATION = 48;
    private static final int HTTP = 80;

    private final Stage stage;
    private final Installation installation;
    private final Path folder;
    private final int base;

    private FullServer(Stage stage) throws IOException {
        this.stage = stage;
        this.installation = ControlPlaneContainer.installation();
        this.folder = Files.createDirectories(stage.home().resolve("full-server"));
        this.base = freeBase();
    }

    /** Returns when the application is deployed. */
    static FullServer join(Stage stage) throws IOException {
        FullServer joined = new FullServer(stage);
        joined.createDomain();
        joined.asadmin("start-domain", "--domaindir", joined.folder.toString(), DOMAIN);
        try {
            joined.asadmin("--port", Integer.toString(joined.base + ADMINISTRATION), "multimode", "--file", joined.commands().toString());
        } catch (RuntimeException failed) {
            joined.close();
            throw failed;
        }
        return joined;
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + (base + HTTP));
    }

    @Override
    public void close() {
        asadmin("stop-domain", "--domaindir", folder.toString(), "--kill", DOMAIN);
    }

    private void createDomain() throws IOException {
        asadmin("create-domain", "--nopassword", "--portbase", Integer.toString(base), "--domaindir", folder.toString(), DOMAIN);
        Path domain = folder.resolve(DOMAIN);
        Path built = installation.controlPlane().resolve("lib");
        for (String library : LIBRARIES) {
            Files.copy(built.resolve(library + ".jar"), domain.resolve("lib").resolve(library + ".jar"));
        }
        // before its first start: later it would have listened to strangers and told its makers of itself
        Path settings = domain.resolve("config/domain.xml");
        Files.writeString(settings, Files.readString(settings)
            .replace("<phone-home-runtime-configuration ", "<phone-home-runtime-configuration enabled=\"false\" ")
            .replace("<hazelcast-config-specific-configuration", "<hazelcast-config-specific-configuration enabled=\"false\"")
            .replace("<jms-service default-jms-host=\"default_JMS_host\" type=\"EMBEDDED\">", "<jms-service default-jms-host=\"default_JMS_host\" type=\"DISABLED\">")
            .replace("address=\"0.0.0.0\"", "address=\"127.0.0.1\"")
            .replaceAll("<network-listener (?![^>]*address=)", "<network-listener address=\"127.0.0.1\" ")
            .replace("-Xmx512m", "-Xmx900m"));
    }

    /** What the control plane's own program says must be typed, for the first server's database and ledger's store. */
    private Path commands() throws IOException {
        Path state = Files.createDirectories(folder.resolve("state"));
        Path configuration = Files.write(folder.resolve("control-plane.properties"), SecondServer.configuration(stage, state, base + HTTP, Map.of()));
        Path commands = folder.resolve("commands");
        Path controlPlane = installation.controlPlane();
        Shell.run(installation.java().toString(), "@" + controlPlane.resolve("jvm.args"), "-cp", controlPlane.resolve("lib") + "/*",
            "org.zosgrid.launcher.ControlPlane", "--config", configuration.toString(), "--full-server", commands.toString());
        return commands;
    }

    private void asadmin(String... arguments) {
        List<String> command = new ArrayList<>(List.of("env", "AS_JAVA=" + System.getProperty("java.home"), "JAVA_HOME=" + System.getProperty("java.home"),
            SERVER.resolve("bin/asadmin").toString()));
        command.addAll(List.of(arguments));
        Shell.run(command.toArray(String[]::new));
    }

    private static int freeBase() {
        return IntStream.generate(() -> 20_000 + 100 * ThreadLocalRandom.current().nextInt(100)).limit(100)
            .filter(base -> OFFSETS.stream().allMatch(offset -> isFree(base + offset)))
            .findFirst().orElseThrow(() -> new AssertionError("no hundred ports in a row are free"));
    }

    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
