package org.zosgrid.bpmn;

import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateExecution;

/** A step that a quorum may have passed over, once and for the one node that it is about. */
abstract class SkippableStep extends Step {
    @Override
    final void run(DelegateExecution execution, long change) {
        if (isSkipped(execution)) {
            skip();
        } else {
            act(execution, change);
        }
    }

    /** Whether this step is to be passed over now; asked once, it is not any more. */
    static boolean isSkipped(DelegateExecution execution) {
        if (!execution.hasVariable(Variables.SKIPPED)) {
            return false;
        }
        List<String> skipped = new ArrayList<>(Variables.strings(execution, Variables.SKIPPED));
        boolean here = skipped.remove(AwayNote.place(execution));
        if (here) {
            execution.setVariable(Variables.SKIPPED, skipped);
            AwayNote.remove(execution);
        }
        return here;
    }

    abstract void act(DelegateExecution execution, long change);

    /** What becomes of it when it is passed over: the process goes on behind it. */
    void skip() {}
}
