package org.zosgrid.bpmn;

import java.util.Locale;
import org.camunda.bpm.engine.delegate.DelegateExecution;

/** The block "Notify". */
final class TellPeople extends SkippableStep {
    private final Notices notices;

    TellPeople(Notices notices) {
        this.notices = notices;
    }

    @Override
    void act(DelegateExecution execution, long change) {
        var audience = Notices.Audience.valueOf(((String) execution.getVariable("audience")).toUpperCase(Locale.ROOT));
        notices.tell(change, audience, (String) execution.getVariable("text"));
    }
}
