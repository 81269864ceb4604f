package org.zosgrid.bpmn;

import org.camunda.bpm.engine.delegate.BpmnError;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

/**
 * One step of a process, as a model names it. What a port may say no with becomes one of the errors that the diagrams catch; anything else is nobody's
 * decision but a fault, and left to the engine, which tries the job again.
 */
abstract class Step implements JavaDelegate {
    @Override
    public final void execute(DelegateExecution execution) {
        try {
            run(execution, (Long) execution.getVariable(Variables.CHANGE_ID));
            AwayNote.remove(execution);
        } catch (InvalidChangeException invalid) {
            throw new BpmnError("invalid", String.valueOf(invalid.getMessage()), invalid);
        } catch (UnavailableException away) {
            AwayNote.add(execution, String.valueOf(away.getMessage()));
            throw new BpmnError("unavailable", String.valueOf(away.getMessage()), away);
        } catch (RefusedByNodeException refused) {
            throw new BpmnError("refused", String.valueOf(refused.getMessage()), refused);
        }
    }

    abstract void run(DelegateExecution execution, long change);
}
