package org.zosgrid.workloads.webhook;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import org.zosgrid.contract.ledger.LedgerEntry;
import org.zosgrid.model.Webhook;
import org.zosgrid.model.Webhooks;

/** Where decisions wait until corporate systems have heard of them. */
@ApplicationScoped
public class Outbox {
    @Inject private Webhooks webhooks;

    /** Tells one webhook also of what it has not asked for, in the same transaction. */
    public void tellAlso(Webhook webhook, long index, String kind, String name, Instant at) {
        webhooks.tellAlso(webhook, index, name, CloudEvent.type(kind), at);
    }

    /** Puts in what was just appended to the ledger, in the same transaction: either both are there or neither. */
    public void tell(long index, LedgerEntry entry) {
        webhooks.tell(index, entry.name(), CloudEvent.type(entry.kind()), entry.at());
    }
}
