package org.zosgrid.bpmn;

import java.util.Map;
import org.camunda.bpm.engine.delegate.BpmnError;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

/** What {@code drift.bpmn} names, as {@link Steps} is for changes. */
public final class DriftSteps {
    private DriftSteps() {}

    /** The delegates by the name that the model's {@code delegateExpression} gives. */
    public static Map<String, JavaDelegate> of(Drifts drifts) {
        return Map.of(
                "tellOfDrift", execution -> drifts.tell(drift(execution)),
                "remindOfDrift", execution -> drifts.remind(drift(execution)),
                "sendAgain", execution -> {
                    if (SkippableStep.isSkipped(execution)) {
                        execution.setVariable(Variables.SAID, "a quorum had it passed over that the contract is sent again");
                        throw new BpmnError("skipped");
                    }
                    try {
                        execution.setVariable(Variables.SAID, "");
                        drifts.send(drift(execution));
                        AwayNote.remove(execution);
                    } catch (UnavailableException away) {
                        AwayNote.add(execution, String.valueOf(away.getMessage()));
                        throw new BpmnError("unavailable", String.valueOf(away.getMessage()), away);
                    }
                },
                "tellStillDrifting", execution -> {
                    String said = (String) execution.getVariable(Variables.SAID);
                    drifts.stillThere(drift(execution), said.isEmpty() ? "no answer within " + execution.getVariable(Variables.PATIENCE) : said);
                },
                "endDrift", execution -> drifts.end(drift(execution), Drifts.End.valueOf((String) execution.getVariable(Variables.STAGE))));
    }

    private static long drift(DelegateExecution execution) {
        return (Long) execution.getVariable(Variables.DRIFT_ID);
    }
}
