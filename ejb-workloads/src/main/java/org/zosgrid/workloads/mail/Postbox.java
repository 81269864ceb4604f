package org.zosgrid.workloads.mail;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.zosgrid.bpmn.StuckStep;
import org.zosgrid.bpmn.StuckSteps;
import org.zosgrid.model.Changes;
import org.zosgrid.model.Mail;
import org.zosgrid.model.Mails;
import org.zosgrid.workloads.Backoff;

/** What mail is to be sent, and what became of it: each call a transaction of its own, none of which lasts while the mail server is waited for. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class Postbox {
    /** Longer than a mail server may take. */
    private static final Duration HOLD = Duration.ofMinutes(2);

    private static final Backoff PAUSE = new Backoff(Duration.ofSeconds(10), Duration.ofHours(1));

    @Inject private Mails mails;
    @Inject private MailSettings settings;
    @Inject private Notices notices;
    @Inject private StuckSteps stuck;
    @Inject private Changes changes;

    /** The oldest message that is due; nobody else gets it meanwhile. */
    public Optional<Mail> take() {
        Instant now = Instant.now();
        return mails.take(now, now.plus(HOLD));
    }

    /** Notes what came of an attempt; returns whether the message is given up now. */
    public boolean attempted(long id, Optional<String> failure) {
        Instant now = Instant.now();
        Mail mail = mails.find(id).orElseThrow();
        if (failure.isEmpty()) {
            mail.sent(now);
        } else if (mail.attempts() + 1 >= settings.attempts()) {
            mail.died(failure.get(), now);
        } else {
            mail.failed(failure.get(), now.plus(PAUSE.after(mail.attempts() + 1, RandomGenerator.getDefault())));
        }
        return failure.isPresent() && mail.ended();
    }

    /** Writes about changes that are about to expire without approval. */
    public void escalate() {
        mails.late(Instant.now()).forEach(notices::escalate);
    }

    /** Writes about nodes that were told something and do not answer. */
    public void tellOfSilence() {
        for (StuckStep step : stuck.silent()) {
            String[] subject = step.subject().split(":", 2);
            changes.find(subject[0], Long.parseLong(subject[1])).ifPresent(change -> notices.silent(change, step.node().orElse(""), step.since(), step.id()));
        }
    }
}
