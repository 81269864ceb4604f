package org.zosgrid.workloads;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.zosgrid.contract.Fault;
import org.zosgrid.model.Webhook;
import org.zosgrid.model.WebhookDelivery;
import org.zosgrid.model.Webhooks;
import org.zosgrid.workloads.RefusedException.Kind;
import org.zosgrid.workloads.view.DeadLetter;
import org.zosgrid.workloads.view.Page;
import org.zosgrid.workloads.view.WebhookView;
import org.zosgrid.workloads.webhook.Subscriptions;

/** Tells an administrator who is subscribed, and which messages were given up. */
@Stateless
public class ShowWebhooks {
    private static final Pattern CURSOR = Pattern.compile("([0-9]{1,18})\\.([0-9]{1,18})");

    @Inject private Administrators administrators;
    @Inject private Webhooks webhooks;
    @Inject private Subscriptions subscriptions;

    /** All: there are never more than a page. */
    public List<WebhookView> list(Identity caller) {
        administrators.check(caller);
        return webhooks.after(0, Subscriptions.MOST).stream().map(each -> subscriptions.view(each, Optional.empty())).toList();
    }

    /** @throws RefusedException FORBIDDEN or NOT_FOUND */
    public WebhookView show(Identity caller, long id) {
        administrators.check(caller);
        return subscriptions.view(known(webhooks, id), Optional.empty());
    }

    /**
     * By subscription and place in the ledger.
     *
     * @param cursor of the page before, or empty
     */
    public Page<DeadLetter> deadLetters(Identity caller, String cursor, int limit) {
        administrators.check(caller);
        long webhook = 0;
        long index = -1;
        if (!cursor.isEmpty()) {
            Matcher parts = CURSOR.matcher(cursor);
            if (!parts.matches()) {
                throw new RefusedException(Kind.INVALID, "The cursor is none", new Fault("cursor", "must be one that a page was answered with", cursor));
            }
            webhook = Long.parseLong(parts.group(1));
            index = Long.parseLong(parts.group(2));
        }
        List<WebhookDelivery> found = webhooks.deadAfter(webhook, index, limit + 1);
        boolean more = found.size() > limit;
        List<WebhookDelivery> page = more ? found.subList(0, limit) : found;
        return new Page<>(page.stream().map(ShowWebhooks::deadLetter).toList(), more ? Optional.of(page.getLast().webhook() + "." + page.getLast().index()) : Optional.empty());
    }

    private static DeadLetter deadLetter(WebhookDelivery each) {
        return new DeadLetter(each.webhook(), each.index(), each.subject(), each.attempts(), each.failure(), each.deadAt().orElseThrow());
    }

    /** @throws RefusedException NOT_FOUND */
    static Webhook known(Webhooks webhooks, long id) {
        return webhooks.find(id).orElseThrow(() -> new RefusedException(Kind.NOT_FOUND, "There is no such webhook", new Fault("id", "must be a webhook's", Long.toString(id))));
    }
}
