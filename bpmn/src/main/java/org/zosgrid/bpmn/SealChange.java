package org.zosgrid.bpmn;

import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateExecution;

/** "Seal", in the transaction of the last approval: whoever gave it waits for nothing else. */
final class SealChange extends Step {
    private final Sealing sealing;

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
