package org.zosgrid.tests;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.jboss.arquillian.container.test.api.Testable;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The EAR that is shipped, and beside its modules one WAR with the tests. */
public final class ControlPlaneApplication {
    /** Context root of the tests. */
    public static final String TESTS = "/arquillian-tests";

    private static final Path BUILT = Path.of("../ear/launcher/target/control-plane/control-plane.ear");
    private static final String DESCRIPTOR = "META-INF/application.xml";

    private ControlPlaneApplication() {
    }

    static EnterpriseArchive withTests() {
        EnterpriseArchive application = ShrinkWrap.create(ZipImporter.class, "control-plane.ear").importFrom(BUILT.toFile())
            .as(EnterpriseArchive.class);
        WebArchive tests = ShrinkWrap.create(WebArchive.class, "tests.war")
            .addPackage(ControlPlaneApplication.class.getPackage())
            .addAsLibraries(library("org.assertj.core.api.Assertions"))
            .addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml");
        String module = "<module><web><web-uri>tests.war</web-uri><context-root>" + TESTS + "</context-root></web></module>";
        String descriptor = read(application).replaceFirst("</module>", "</module>" + module);
        application.delete(DESCRIPTOR);
        return application.addAsModule(Testable.archiveToTest(tests)).setApplicationXML(new StringAsset(descriptor));
    }

    private static String read(EnterpriseArchive application) {
        try (InputStream in = application.get(DESCRIPTOR).getAsset().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static java.io.File library(String type) {
        try {
            return new java.io.File(Class.forName(type).getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (ReflectiveOperationException | java.net.URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
