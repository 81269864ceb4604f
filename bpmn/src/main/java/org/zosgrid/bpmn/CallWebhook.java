package org.zosgrid.bpmn;

import java.util.Objects;
import org.camunda.bpm.engine.delegate.DelegateExecution;

/** The block "Call a webhook". */
final class CallWebhook extends SkippableStep {
    private final Webhooks webhooks;

    CallWebhook(Webhooks webhooks) {
        this.webhooks = webhooks;
    }

    @Override
    void act(DelegateExecution execution, long change) {
        webhooks.call(change, (String) execution.getVariable("endpoint"), Objects.requireNonNullElse((String) execution.getVariable("text"), ""));
    }
}
