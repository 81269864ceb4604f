package org.zosgrid.workloads.engine;

import java.io.ByteArrayInputStream;
import java.net.URL;
import java.util.Map;
import org.camunda.bpm.container.impl.deployment.scanning.ProcessApplicationScanningUtil;
import org.camunda.bpm.engine.RepositoryService;
import org.zosgrid.bpmn.Tenant;

/** The process models and decision tables of the archive that {@code META-INF/processes.xml} marks. */
record ProcessArchive(ClassLoader classes) {
    /** What every version of these models is deployed under, and nothing else is. */
    static final String NAME = "zos";

    private static final String MARK = "META-INF/processes.xml";

    /** Deploys what is new or changed; running instances keep the version they began with. */
    void deployTo(RepositoryService repository, Tenant tenant) {
        URL mark = classes.getResource(MARK);
        if (mark == null) {
            throw new IllegalStateException(MARK + " is on no class path: the bpmn module is missing from the application");
        }
        Map<String, byte[]> models = ProcessApplicationScanningUtil.findResources(classes, null, mark);
        if (models.isEmpty()) {
            throw new IllegalStateException("no process model stands beside " + mark);
        }
        var deployment = tenant.deployment(repository).name(NAME).enableDuplicateFiltering(true);
        models.forEach((name, model) -> deployment.addInputStream(name, new ByteArrayInputStream(model)));
        deployment.deploy();
    }
}
