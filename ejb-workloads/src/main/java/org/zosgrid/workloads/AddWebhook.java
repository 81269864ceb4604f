package org.zosgrid.workloads;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.zosgrid.contract.Fault;
import org.zosgrid.model.Webhook;
import org.zosgrid.model.Webhooks;
import org.zosgrid.workloads.RefusedException.Kind;
import org.zosgrid.workloads.view.WebhookView;
import org.zosgrid.workloads.webhook.Subscriptions;

/** Makes a subscription: from now on every decision of the wanted types is sent there. */
@Stateless
public class AddWebhook {
    private static final int MAX_URL = 500;
    private static final int MAX_TYPES = 50;
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");
    private static final Pattern TYPE = Pattern.compile("org\\.zosgrid\\.[a-z.-]{1,60}");

    @Inject private Administrators administrators;
    @Inject private Webhooks webhooks;
    @Inject private Subscriptions subscriptions;

    /**
     * @param name by which models name it; empty if none shall
     * @param types of events; empty means all
     * @param secretFile the name of a file in the configured directory, which holds the secret; without it one is made, and answered this once
     * @throws RefusedException FORBIDDEN, INVALID or CONFLICT
     */
    public WebhookView add(Identity caller, Optional<String> name, String url, List<String> types, Optional<String> secretFile) {
        administrators.check(caller);
        List<Fault> faults = new ArrayList<>();
        if (url.length() > MAX_URL) {
            faults.add(new Fault("url", "must have at most " + MAX_URL + " characters", url.length() + " characters"));
        } else {
            subscriptions.fault(url).ifPresent(faults::add);
        }
        if (types.size() > MAX_TYPES) {
            faults.add(new Fault("types", "must be at most " + MAX_TYPES, Integer.toString(types.size())));
        }
        types.stream().filter(type -> !TYPE.matcher(type).matches()).forEach(type -> faults.add(new Fault("types", "must be types of events, org.zosgrid.…", type)));
        name.filter(each -> !NAME.matcher(each).matches()).ifPresent(each -> faults.add(new Fault("name", "must be small letters, digits and -, beginning with a letter, at most 63", each)));
        secretFile.flatMap(subscriptions::secretFault).ifPresent(faults::add);
        if (!faults.isEmpty()) {
            throw new RefusedException(Kind.INVALID, "The webhook is not valid", faults);
        }
        if (webhooks.byUrl(url).isPresent()) {
            throw new RefusedException(Kind.CONFLICT, "There is such a webhook already", new Fault("url", "must be one that nobody subscribed", url));
        }
        if (name.flatMap(webhooks::byName).isPresent()) {
            throw new RefusedException(Kind.CONFLICT, "There is a webhook of that name already", new Fault("name", "must be one that no webhook has", name.orElseThrow()));
        }
        if (webhooks.count() >= Subscriptions.MOST) {
            throw new RefusedException(Kind.CONFLICT, "There are too many webhooks", new Fault("webhooks", "must be at most " + Subscriptions.MOST, Long.toString(webhooks.count())));
        }
        Instant now = Instant.now();
        if (secretFile.isPresent()) {
            Webhook webhook = Webhook.withSecretFile(url, types, secretFile.get(), caller.account(), now);
            name.ifPresent(webhook::call);
            webhooks.add(webhook);
            return subscriptions.view(webhook, Optional.empty());
        }
        Subscriptions.Secret secret = Subscriptions.newSecret();
        Webhook webhook = Webhook.withSecret(url, types, secret.key(), caller.account(), now);
        name.ifPresent(webhook::call);
        webhooks.add(webhook);
        return subscriptions.view(webhook, Optional.of(secret.text()));
    }
}
