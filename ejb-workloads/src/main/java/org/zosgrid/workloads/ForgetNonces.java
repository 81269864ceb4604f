package org.zosgrid.workloads;

import jakarta.ejb.EJB;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.zosgrid.contract.http.HttpSignature;
import org.zosgrid.workloads.organisation.KnownOrganisations;

/** Removes nonces whose requests would be refused by their age alone, answers that nobody asks for again, and events that everybody has heard. */
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
public class ForgetNonces {
    private static final Logger LOG = Logger.getLogger(ForgetNonces.class.getName());

    /** As long as a caller may take to ask again. */
    private static final Duration ANSWERS = Duration.ofDays(1);

    /** As long as somebody who follows may have been away without having to look at all anew. */
    private static final Duration EVENTS = Duration.ofDays(1);

    @EJB private OldNonces old;
    @Inject private KnownOrganisations organisations;

    /** Nothing may be thrown from here: a timer that failed twice is never called again. */
    @Schedule(hour = "*", minute = "*/5", persistent = false, info = "forget old nonces and answers")
    void forget() {
        try {
            // A signature counts from MAX_AGE before its receiver's clock to MAX_AGE after it.
            organisations.each(() -> {
                old.forgetBefore(Instant.now().minus(HttpSignature.MAX_AGE.multipliedBy(3)));
                old.forgetAnswersBefore(Instant.now().minus(ANSWERS));
                old.forgetEventsBefore(Instant.now().minus(EVENTS));
            });
        } catch (RuntimeException later) {
            LOG.log(Level.INFO, "old nonces and answers are forgotten later: {0}", later.getMessage());
        }
    }
}
