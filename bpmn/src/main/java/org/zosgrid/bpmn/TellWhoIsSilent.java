package org.zosgrid.bpmn;

import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateExecution;

/** At "Too long": says what was waited for, and what was the matter when somebody could not be reached. */
final class TellWhoIsSilent extends Step {
    @Override
    void run(DelegateExecution execution, long change) {
        List<String> silent = Variables.strings(execution, Variables.SILENT);
        String away = (String) execution.getVariable(Variables.AWAY);
        execution.setVariable(Variables.WHY, "not done within " + execution.getVariable(Variables.PROVISIONING_PATIENCE)
                + (silent.isEmpty() ? "" : "; no answer from " + String.join(", ", silent))
                + (away.isEmpty() ? "" : "; last fault: " + away));
    }
}
