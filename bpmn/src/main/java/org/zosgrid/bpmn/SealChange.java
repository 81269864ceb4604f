package org.zosgrid.bpmn;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateExecution;

/** "Seal", in the transaction of the last approval: whoever gave it waits for nothing else. */
@Named("sealChange")
@Dependent
final class SealChange extends Step {
    private final Sealing sealing;

    @Inject
    SealChange(Sealing sealing) {
        this.sealing = sealing;
    }

    @Override
    void run(DelegateExecution execution, long change) {
        List<String> nodes = sealing.seal(change);
        execution.setVariable(Variables.NODES, new ArrayList<>(nodes));
        execution.setVariable(Variables.SILENT, new ArrayList<>(nodes));
    }
}
