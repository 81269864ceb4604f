package org.zosgrid.bpmn;

import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateExecution;

/** At the end of what one node had to do: it is silent no more. */
final class NodeHeard extends Step {
    @Override
    void run(DelegateExecution execution, long change) {
        List<String> silent = new ArrayList<>(Variables.strings(execution, Variables.SILENT));
        silent.remove((String) execution.getVariable(Variables.NODE));
        execution.setVariable(Variables.SILENT, silent);
    }
}
