package org.zosgrid.workloads.webhook;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.ledger.LedgerEntry;
import org.zosgrid.model.Webhook;

/** Carries messages to one receiver after the other's turn has come; called outside of any transaction. */
@ApplicationScoped
public class Courier {
    @EJB private Messages messages;
    @Inject private WebhookSettings settings;

    private WebhookPost post;

    @PostConstruct
    void open() {
        post = new WebhookPost(settings.answerLimit());
    }

    @PreDestroy
    void close() {
        post.close();
    }

    /** Sends what is due of a subscription, until nothing is. */
    public void serve(long webhook) {
        if (!messages.take(webhook)) {
            return;
        }
        Optional<Messages.Message> next = messages.next(webhook);
        while (next.isPresent()) {
            Messages.Message message = next.get();
            messages.attempted(webhook, message.index(), send(message));
            next = Thread.currentThread().isInterrupted() ? Optional.empty() : messages.next(webhook);
        }
    }

    /** Sends an event that says nothing, once; returns what went wrong. */
    public Optional<String> test(long webhook) {
        Messages.Receiver receiver = messages.receiver(webhook);
        return send(receiver.webhook(), CloudEvent.test(receiver.origin(), "test-" + UUID.randomUUID(), Instant.now().toString()));
    }

    private Optional<String> send(Messages.Message message) {
        return send(message.to().webhook(), CloudEvent.of(message.to().origin(), message.index(), LedgerEntry.parse(message.entry()), message.entry()));
    }

    private Optional<String> send(Webhook webhook, CloudEvent event) {
        try {
            return post.send(webhook.url(), settings.allowed(), settings.secret(webhook), event);
        } catch (ContractException noSecret) {
            return Optional.of(noSecret.getMessage());
        }
    }
}
