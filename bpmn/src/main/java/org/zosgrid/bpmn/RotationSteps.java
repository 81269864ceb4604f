package org.zosgrid.bpmn;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

/** What {@code trust-root.bpmn} names, as {@link Steps} is for changes. */
public final class RotationSteps {
    private RotationSteps() {}

    /** The delegates by the name that the model's {@code delegateExpression} gives. */
    public static Map<String, JavaDelegate> of(Rotation rotation) {
        return Map.of(
                "nodeFollows", execution -> hasAnswered(execution),
                "nodeRefuses", execution -> {
                    hasAnswered(execution);
                    List<String> refusing = new ArrayList<>(Variables.strings(execution, Variables.REFUSING));
                    refusing.add((String) execution.getVariable(Variables.NODE));
                    execution.setVariable(Variables.REFUSING, refusing);
                },
                "remindOfRotation", execution -> rotation.remind(version(execution), Variables.strings(execution, Variables.SILENT)),
                "endRotation", execution -> {
                    Rotation.End end = Rotation.End.valueOf((String) execution.getVariable(Variables.STAGE));
                    rotation.end(version(execution), end, switch (end) {
                        case FOLLOWED -> List.of();
                        case REFUSED -> Variables.strings(execution, Variables.REFUSING);
                        case OVERDUE -> Variables.strings(execution, Variables.SILENT);
                    });
                });
    }

    private static void hasAnswered(DelegateExecution execution) {
        List<String> silent = new ArrayList<>(Variables.strings(execution, Variables.SILENT));
        silent.remove((String) execution.getVariable(Variables.NODE));
        execution.setVariable(Variables.SILENT, silent);
    }

    private static long version(DelegateExecution execution) {
        return (Long) execution.getVariable(Variables.VERSION);
    }
}
