package org.zosgrid.tests;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.ByteArrayAsset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.JavaArchive;

/** The application as it might be one release later: deploy.bpmn has a step more, and the code of that step is in this archive alone. */
final class NextVersion {
    /** Id of the step. */
    static final String STEP = "step-of-the-next-version";

    private static final Path BUILT = Path.of("../ear/launcher/target/control-plane/control-plane.ear");
    private static final String FLOW = "<bpmn:sequenceFlow id=\"decide-to-open-approval\" sourceRef=\"decide\" targetRef=\"open-approval\"/>";
    private static final String WITH_STEP = """
        <bpmn:serviceTask id="%1$s" name="Step of the next version" camunda:asyncBefore="true" camunda:delegateExpression="${%2$s}"/>
        <bpmn:sequenceFlow id="decide-to-open-approval" sourceRef="decide" targetRef="%1$s"/>
        <bpmn:sequenceFlow id="next-to-open-approval" sourceRef="%1$s" targetRef="open-approval"/>
        """.formatted(STEP, StepOfTheNextVersion.NAME);

    private NextVersion() {
    }

    static EnterpriseArchive application() throws IOException {
        EnterpriseArchive application = ShrinkWrap.create(ZipImporter.class, "control-plane.ear").importFrom(BUILT.toFile()).as(EnterpriseArchive.class);
        JavaArchive models = part(application, "lib/bpmn.jar");
        String diagram = new String(models.get("deploy.bpmn").getAsset().openStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!diagram.contains(FLOW)) {
            throw new IllegalStateException("deploy.bpmn has no flow " + FLOW);
        }
        models.delete("deploy.bpmn");
        models.add(new StringAsset(diagram.replace(FLOW, WITH_STEP)), "deploy.bpmn");
        replace(application, "lib/bpmn.jar", models);
        replace(application, "ejb-workloads.jar", part(application, "ejb-workloads.jar").addClass(StepOfTheNextVersion.class));
        return application;
    }

    private static JavaArchive part(EnterpriseArchive application, String path) throws IOException {
        try (InputStream content = application.get(path).getAsset().openStream()) {
            return ShrinkWrap.create(ZipImporter.class, Path.of(path).getFileName().toString()).importFrom(content).as(JavaArchive.class);
        }
    }

    private static void replace(EnterpriseArchive application, String path, Archive<?> part) {
        application.delete(path);
        application.add(new ByteArrayAsset(part.as(ZipExporter.class).exportAsInputStream()), path);
    }
}
