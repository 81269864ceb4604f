package org.zosgrid.bpmn;

import java.util.Map;

/** What compiled models of customers name besides {@link Steps}. */
public final class ModelSteps {
    private ModelSteps() {}

    /** By the name that a compiled model gives; all but {@code conditions} are delegates. */
    public static Map<String, Object> of(Approval approval, Notices notices, Webhooks webhooks, Tickets tickets, MaintenanceWindows windows) {
        return Map.of(
                "conditions", new Conditions(approval),
                "tellPeople", new TellPeople(notices),
                "callWebhook", new CallWebhook(webhooks),
                "openTicket", new OpenTicket(tickets),
                "findWindow", new FindWindow(windows));
    }
}
