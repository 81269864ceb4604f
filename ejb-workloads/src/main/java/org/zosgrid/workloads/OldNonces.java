package org.zosgrid.workloads;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Instant;
import org.zosgrid.model.ChangeEvents;
import org.zosgrid.model.RequestAnswers;
import org.zosgrid.model.RequestNonces;

/** {@link ForgetNonces} in a transaction of its own. */
@Stateless
public class OldNonces {
    @Inject private RequestNonces nonces;
    @Inject private RequestAnswers answers;
    @Inject private ChangeEvents events;

    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public void forgetBefore(Instant time) {
        nonces.forgetBefore(time);
    }

    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public void forgetAnswersBefore(Instant time) {
        answers.forgetBefore(time);
    }

    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public void forgetEventsBefore(Instant time) {
        events.forgetBefore(time);
    }
}
