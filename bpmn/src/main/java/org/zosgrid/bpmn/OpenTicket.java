package org.zosgrid.bpmn;

import org.camunda.bpm.engine.delegate.DelegateExecution;

/** The block "Open a change ticket". */
final class OpenTicket extends SkippableStep {
    private final Tickets tickets;

    OpenTicket(Tickets tickets) {
        this.tickets = tickets;
    }

    @Override
    void act(DelegateExecution execution, long change) {
        String key = execution.getProcessInstanceId() + ":" + execution.getCurrentActivityId();
        execution.setVariable("ticket", tickets.open(change, (String) execution.getVariable("system"), (String) execution.getVariable("text"), key));
    }
}
