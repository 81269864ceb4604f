package org.zosgrid.workloads.model;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import org.zosgrid.bpmn.InvalidChangeException;
import org.zosgrid.bpmn.Webhooks;
import org.zosgrid.model.Change;
import org.zosgrid.model.Changes;
import org.zosgrid.model.Webhook;
import org.zosgrid.workloads.DecisionLog;
import org.zosgrid.workloads.webhook.Outbox;

/** The block "Call a webhook": an entry of the ledger, and with it an event for the webhook of that name whether or not it wants such events. */
@ApplicationScoped
public class ModelWebhooks implements Webhooks {
    private static final String CALLED = "called";

    @Inject private Changes changes;
    @Inject private DecisionLog decisions;
    @Inject private Outbox outbox;
    @Inject private org.zosgrid.model.Webhooks webhooks;

    @Override
    public void call(long id, String endpoint, String text) {
        Webhook webhook = webhooks.byName(endpoint).orElseThrow(() -> new InvalidChangeException("endpoint: there is no webhook '" + endpoint + "' any more"));
        Change change = changes.get(id);
        long index = decisions.append(CALLED, change, endpoint + (text.isEmpty() ? "" : ": " + text));
        outbox.tellAlso(webhook, index, CALLED, change.name(), Instant.now());
    }
}
