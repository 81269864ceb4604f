package org.zosgrid.bpmn;

import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

/** What {@code retirement.bpmn} names beyond the steps that every change has, {@link Steps}. */
public final class NodeSteps {
    private NodeSteps() {}

    /** The delegates by the name that the model's {@code delegateExpression} gives. */
    public static Map<String, JavaDelegate> of(NodeLife nodes) {
        return Map.of("tellWhatIsLeft", new Step() {
            @Override
            void run(DelegateExecution execution, long change) {
                nodes.tellWhatIsLeft(change);
            }
        });
    }
}
