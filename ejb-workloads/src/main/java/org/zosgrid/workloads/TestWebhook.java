package org.zosgrid.workloads;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.Optional;
import org.zosgrid.workloads.webhook.Courier;

/** Sends one receiver an event that says nothing, at once and once. No transaction waits for its answer. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class TestWebhook {
    @EJB private ShowWebhooks known;
    @Inject private Courier courier;

    /**
     * Returns what went wrong; empty if the receiver took it.
     *
     * @throws RefusedException FORBIDDEN or NOT_FOUND
     */
    public Optional<String> test(Identity caller, long id) {
        return courier.test(known.show(caller, id).id());
    }
}
