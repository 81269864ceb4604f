package org.zosgrid.workloads.webhook;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.zosgrid.model.Ledger;
import org.zosgrid.model.Webhook;
import org.zosgrid.model.WebhookDelivery;
import org.zosgrid.model.Webhooks;
import org.zosgrid.workloads.trust.Trust;

/** What of the outbox is to be sent, and what became of it: each call a transaction of its own, none of which lasts while a receiver is waited for. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class Messages {
    private static final Duration LEASE = Duration.ofMinutes(1);

    @Inject private Webhooks webhooks;
    @Inject private Ledger ledger;
    @Inject private Trust trust;
    @Inject private WebhookSettings settings;

    /** Who is told, and by which ledger. */
    public record Receiver(Webhook webhook, String origin) {}

    /** An entry of the ledger, and who is to be told of it. */
    public record Message(Receiver to, long index, byte[] entry) {}

    /** Subscriptions that have something due and that no server sends to. */
    public List<Long> due() {
        return webhooks.due(Instant.now());
    }

    /** Takes a subscription for this server alone; false if another was quicker. A server that dies gives it back by doing nothing. */
    public boolean take(long webhook) {
        Instant now = Instant.now();
        return webhooks.lease(webhook, now, until(now));
    }

    /** The next message of a subscription that was taken; empty if nothing is due, and then the subscription is given back. */
    public Optional<Message> next(long webhook) {
        Instant now = Instant.now();
        Optional<WebhookDelivery> next = webhooks.next(webhook, now);
        webhooks.hold(webhook, next.isPresent() ? until(now) : now);
        return next.map(each -> new Message(receiver(webhook), each.index(), ledger.get(each.index()).bytes()));
    }

    public Receiver receiver(long webhook) {
        return new Receiver(webhooks.find(webhook).orElseThrow(), trust.ledger().origin());
    }

    /** Notes what came of an attempt. A subscription that was removed meanwhile has nothing to note. */
    public void attempted(long webhook, long index, Optional<String> failure) {
        Instant now = Instant.now();
        webhooks.delivery(webhook, index).ifPresent(delivery -> {
            if (failure.isEmpty()) {
                webhooks.delivered(delivery);
            } else if (delivery.attempts() + 1 >= settings.attempts()) {
                delivery.died(failure.get(), now);
            } else {
                delivery.failed(failure.get(), now.plus(settings.backoff().after(delivery.attempts() + 1, RandomGenerator.getDefault())));
            }
        });
    }

    private Instant until(Instant now) {
        return now.plus(LEASE).plus(settings.answerLimit().multipliedBy(2));
    }
}
