package org.zosgrid.workloads;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import org.zosgrid.model.Webhooks;

/** Ends a subscription; what was still to be sent, and its dead letters, are forgotten. */
@Stateless
public class RemoveWebhook {
    @Inject private Administrators administrators;
    @Inject private Webhooks webhooks;

    /** @throws RefusedException FORBIDDEN or NOT_FOUND */
    public void remove(Identity caller, long id) {
        administrators.check(caller);
        webhooks.remove(ShowWebhooks.known(webhooks, id));
    }
}
