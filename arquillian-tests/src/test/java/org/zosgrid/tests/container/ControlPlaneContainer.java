package org.zosgrid.tests.container;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.jboss.arquillian.container.spi.client.container.DeployableContainer;
import org.jboss.arquillian.container.spi.client.container.DeploymentException;
import org.jboss.arquillian.container.spi.client.protocol.ProtocolDescription;
import org.jboss.arquillian.container.spi.client.protocol.metadata.HTTPContext;
import org.jboss.arquillian.container.spi.client.protocol.metadata.ProtocolMetaData;
import org.jboss.arquillian.container.spi.client.protocol.metadata.Servlet;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jspecify.annotations.Nullable;
import org.zosgrid.cli.stage.GuestNode;
import org.zosgrid.cli.stage.Installation;
import org.zosgrid.cli.stage.Stage;
import org.zosgrid.cli.terminal.Steps;
import org.zosgrid.tests.ControlPlaneApplication;
import org.zosgrid.workloads.login.Directory;

/** The launcher on a stage of its own. Deploying the first time brings everything up; later test classes find it running. */
public final class ControlPlaneContainer implements DeployableContainer<ControlPlaneContainerConfiguration> {
    private static final Path REPOSITORY = Path.of("").toAbsolutePath().getParent();

    /** What a collector of the stage's figures shows. */
    public static final String METRICS_TOKEN = "a-token-of-the-tests";

    /** What the provisioning service of the stage's own people shows. */
    public static final String SCIM_TOKEN = "a-service-of-provisioning-0123456789";

    private static final TicketDesk TICKETS = new TicketDesk();
    private static final TokenIssuer TOKENS = new TokenIssuer();
    private static final TraceCollector TRACES = new TraceCollector();
    private static final GreenMail MAIL = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    private static @Nullable Stage stage;
    private static @Nullable RivalOrganisation rival;
    private static @Nullable Directory directory;

    /** The stage, for what a test does outside the container. */
    public static Stage stage() {
        return Objects.requireNonNull(stage, "nothing is deployed yet");
    }

    /** What the stage's control plane runs from. */
    public static Installation installation() {
        return new Installation(stage().home().resolveSibling("installation"));
    }

    /** Who shares the stage's control plane with the cast. */
    public static RivalOrganisation rival() {
        return Objects.requireNonNull(rival, "nothing is deployed yet");
    }

    /** To whom the stage's control plane tells traces. */
    public static TraceCollector traces() {
        return TRACES;
    }

    /** Whose tokens the stage's control plane takes. */
    public static TokenIssuer tokens() {
        return TOKENS;
    }

    /** Where the stage's control plane keeps tickets. */
    public static TicketDesk tickets() {
        return TICKETS;
    }

    /** The mail server that the stage's control plane is told to use. */
    public static GreenMail mail() {
        return MAIL;
    }

    @Override
    public Class<ControlPlaneContainerConfiguration> getConfigurationClass() {
        return ControlPlaneContainerConfiguration.class;
    }

    @Override
    public ProtocolDescription getDefaultProtocol() {
        return new ProtocolDescription("Servlet 5.0");
    }

    @Override
    public ProtocolMetaData deploy(Archive<?> application) throws DeploymentException {
        try {
            if (stage == null) {
                MAIL.start();
                Path home = Files.createTempDirectory("zos-arquillian");
                int number = StageNumber.take();
                rival = new RivalOrganisation(home.resolve("rival"), GuestNode.hub(number), TICKETS.url());
                directory = new Directory(Files.createDirectories(home.resolve("directory")), "127.0.0.1");
                stage = new Stage(home.resolve("stage"), installation(home.resolve("installation"), application), number)
                    .with("zos.workflow.retry-pause", "PT1S")
                    .with("zos.webhooks.allow", "http://127.0.0.1:*")
                    .with("zos.webhooks.attempts", "3")
                    .with("zos.webhooks.first-pause", "PT0.2S")
                    .with("zos.organisations", rival.file().toString())
                    .with("zos.metrics.token-file", Files.writeString(home.resolve("token"), METRICS_TOKEN + "\n").toString())
                    .with("zos.tracing.endpoint", TRACES.endpoint())
                    .with("zos.tickets.system", "servicenow")
                    .with("zos.tickets.url", TICKETS.url())
                    .with("zos.tickets.user", "zos")
                    .with("zos.tickets.password-file", home.resolve("token").toString())
                    .with("zos.tickets.pause", "PT1S")
                    .with("zos.tokens.issuer", TOKENS.name())
                    .with("zos.tokens.audience", TOKENS.audience())
                    .with("zos.tokens.keys", TOKENS.name() + "/keys")
                    .with("zos.tokens.readers", "auditors")
                    .with("zos.tokens.administrators", "platform")
                    .with("zos.tokens.provisioners", "provisioning")
                    .with("zos.tokens.organisation-claim", "organisation")
                    .with("zos.scim.token-file", Files.writeString(home.resolve("scim-token"), SCIM_TOKEN + "\n").toString())
                    .with("zos.ldap.host", "127.0.0.1")
                    .with("zos.ldap.port", Integer.toString(directory.port()))
                    .with("zos.ldap.authority", directory.authority().toString())
                    .with("zos.ldap.account", Directory.ACCOUNT)
                    .with("zos.ldap.password-file", Files.writeString(home.resolve("ldap-password"), Directory.PASSWORD + "\n").toString())
                    .with("zos.ldap.people", "ou=people,dc=example,dc=org")
                    .with("zos.ldap.groups", "ou=groups,dc=example,dc=org")
                    .with("zos.logins.readers", "auditors")
                    .with("zos.logins.administrators", "platform")
                    .with("zos.mail.host", "127.0.0.1")
                    .with("zos.mail.port", Integer.toString(MAIL.getSmtp().getPort()))
                    .with("zos.mail.security", "none")
                    .with("zos.mail.console", "https://zos.example.org")
                    .with("zos.mail.from", "zos@example.org")
                    .with("zos.mail.addresses", Files.writeString(home.resolve("addresses"), "alice=alice@example.org\nbob=bob@example.org\ncarol=carol@example.org\ndave=dave@example.org\nmallory=mallory@example.org\n").toString())
                    .with("zos.workflow.windows", Files.writeString(home.resolve("windows.json"), "{\"windows\":[{\"name\":\"night\",\"days\":[\"mon\",\"tue\",\"wed\",\"thu\",\"fri\",\"sat\",\"sun\"],\"from\":\"00:00\",\"to\":\"24:00\"}]}").toString())
                    .with("zos.workflow.review-patience", "PT15S")
                    .with("zos.workflow.provisioning-patience", "PT150S"); // one test waits until it is over; a server that is killed must start again before, also on a busy machine
                stage.up(new Steps(System.out));
            }
            var address = new HTTPContext("127.0.0.1", stage.controlPlaneAddress().getPort());
            address.add(new Servlet("ArquillianServletRunnerEE9", ControlPlaneApplication.TESTS));
            return new ProtocolMetaData().addContext(address);
        } catch (Exception failed) {
            throw new DeploymentException("the control plane did not start", failed);
        }
    }

    @Override
    public void undeploy(Archive<?> application) {
        // it stays up for the next test class
    }

    @Override
    public void stop() {
        // it stays up for the next test class; see StageEnd
    }

    /** Takes the stage down, if there is one, and all that was brought up beside it. */
    static void end() {
        if (stage != null) {
            stage.down();
            stage.erase();
            MAIL.stop();
            TRACES.close();
            TICKETS.close();
            TOKENS.close();
            Objects.requireNonNull(directory).close();
        }
    }

    /** The built installation by links, in which only the EAR differs. The launcher itself is copied: it takes what lies beside it. */
    public static Installation installation(Path home, Archive<?> application) throws IOException {
        Path built = REPOSITORY.resolve("ear/launcher/target/control-plane");
        Path controlPlane = Files.createDirectories(home.resolve("ear/launcher/target/control-plane"));
        Path libraries = Files.createDirectory(controlPlane.resolve("lib"));
        try (Stream<Path> jars = Files.list(built.resolve("lib"))) {
            for (Path jar : jars.toList()) {
                Path name = jar.getFileName();
                if (name.toString().startsWith("control-plane-launcher")) {
                    Files.copy(jar, libraries.resolve(name));
                } else {
                    Files.createSymbolicLink(libraries.resolve(name), jar);
                }
            }
        }
        for (String part : new String[] {"ledger-store", "rars", "jvm.args"}) {
            Files.createSymbolicLink(controlPlane.resolve(part), built.resolve(part));
        }
        Files.createSymbolicLink(home.resolve("node-os"), REPOSITORY.resolve("node-os"));
        application.as(ZipExporter.class).exportTo(controlPlane.resolve("control-plane.ear").toFile());
        return new Installation(home);
    }
}
