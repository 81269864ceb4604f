package org.zosgrid.workloads.webhook;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.Fault;
import org.zosgrid.model.Webhook;
import org.zosgrid.model.Webhooks;
import org.zosgrid.workloads.view.WebhookView;

/** What the use cases that administer webhooks ask of this package. */
@ApplicationScoped
public class Subscriptions {
    /** How many there may be. */
    public static final int MOST = DeliverWebhooks.MOST;

    @Inject private WebhookSettings settings;
    @Inject private Webhooks webhooks;

    /** A secret as it is kept, and as it is shown once. */
    public record Secret(byte[] key, String text) {}

    public static Secret newSecret() {
        WebhookSecret secret = WebhookSecret.generate();
        return new Secret(secret.key(), secret.text());
    }

    /** What is wrong with an address to send to. */
    public Optional<Fault> fault(String url) {
        return settings.allowed().fault("url", url);
    }

    /** What is wrong with the name of a secret's file. */
    public Optional<Fault> secretFault(String name) {
        try {
            settings.secret(name);
            return Optional.empty();
        } catch (ContractException wrong) {
            return Optional.of(wrong.faults().getFirst());
        }
    }

    /** @param secret in the answer that made it, and never again */
    public WebhookView view(Webhook webhook, Optional<String> secret) {
        return new WebhookView(webhook.id(), webhook.name(), webhook.url(), webhook.types(), secret, webhook.secretFile(), webhook.creator(), webhook.createdAt(),
                webhooks.waiting(webhook.id()), webhooks.dead(webhook.id()));
    }
}
