package org.zosgrid.bpmn;

import org.camunda.bpm.engine.delegate.DelegateExecution;

/** Writes down which stage an element of the diagram stands for (its input {@code stage}), and why it came to that. */
final class EnterStage extends Step {
    private final Outcome outcome;

    EnterStage(Outcome outcome) {
        this.outcome = outcome;
    }

    @Override
    void run(DelegateExecution execution, long change) {
        Outcome.Stage stage = Outcome.Stage.valueOf((String) execution.getVariable(Variables.STAGE));
        outcome.enter(change, stage, (String) execution.getVariable(Variables.WHY));
    }
}
