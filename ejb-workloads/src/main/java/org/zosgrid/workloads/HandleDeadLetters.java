package org.zosgrid.workloads;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Instant;
import org.zosgrid.contract.Fault;
import org.zosgrid.model.Webhooks;
import org.zosgrid.workloads.RefusedException.Kind;

/** Has a message tried again that was given up, or forgets it. */
@Stateless
public class HandleDeadLetters {
    @Inject private Administrators administrators;
    @Inject private Webhooks webhooks;

    /** Tries it again as often as a new one. It comes late: what was decided after it may have arrived already. */
    public void retry(Identity caller, long webhook, long index) {
        administrators.check(caller);
        found(webhooks.retry(webhook, index, Instant.now()), webhook, index);
    }

    public void drop(Identity caller, long webhook, long index) {
        administrators.check(caller);
        found(webhooks.drop(webhook, index), webhook, index);
    }

    private static void found(boolean found, long webhook, long index) {
        if (!found) {
            throw new RefusedException(Kind.NOT_FOUND, "There is no such dead letter", new Fault("index", "must be a dead letter's of the webhook " + webhook, Long.toString(index)));
        }
    }
}
