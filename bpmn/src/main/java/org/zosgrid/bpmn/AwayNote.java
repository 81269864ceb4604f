package org.zosgrid.bpmn;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.impl.util.ClockUtil;

/**
 * What a process notes down about a step that found somebody away: one variable for each step and node, so that nodes that are tried at the same time do not meet. It goes
 * when the step has succeeded; what is left of an interrupted step is told from a stuck one by the job that is at work on it.
 *
 * @param since when it was tried first
 */
record AwayNote(Instant since, int tries, String text) {
    /** The variables' names begin so, and end with the step and its node. */
    static final String NAME = "away/";

    private static final int MAX_TEXT = 2000;

    static String place(DelegateExecution execution) {
        return StuckStep.place(execution.getCurrentActivityId(), Optional.ofNullable((String) execution.getVariable(Variables.NODE)));
    }

    /** Somebody was away once more. */
    static void add(DelegateExecution execution, String text) {
        String name = NAME + place(execution);
        AwayNote note = execution.hasVariable(name) ? of(Variables.strings(execution, name)) : new AwayNote(ClockUtil.getCurrentTime().toInstant(), 0, "");
        execution.setVariable(name, new ArrayList<>(List.of(note.since().toString(), Integer.toString(note.tries() + 1), shown(text))));
    }

    /** Nobody is away any more. */
    static void remove(DelegateExecution execution) {
        String name = NAME + place(execution);
        if (execution.hasVariable(name)) {
            execution.removeVariable(name);
        }
    }

    /** As much of a fault as is shown. */
    static String shown(String text) {
        return text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) + "…" : text;
    }

    static AwayNote of(List<String> value) {
        return new AwayNote(Instant.parse(value.get(0)), Integer.parseInt(value.get(1)), value.get(2));
    }
}
