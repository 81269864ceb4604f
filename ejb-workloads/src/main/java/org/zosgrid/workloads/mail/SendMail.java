package org.zosgrid.workloads.mail;

import jakarta.ejb.EJB;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.zosgrid.model.CurrentOrganisation;
import org.zosgrid.model.Mail;
import org.zosgrid.workloads.organisation.KnownOrganisations;

/** Hands mail that waits to the mail server, one message after the other, for each organisation in turn. */
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
public class SendMail {
    private static final Logger LOG = Logger.getLogger(SendMail.class.getName());

    /** Of one organisation in a row: then it is the next one's turn. */
    private static final int MOST = 50;

    @EJB private Postbox postbox;
    @Inject private MailSettings settings;
    @Inject private KnownOrganisations organisations;

    /** What failed the last time, and for whom: it is told once. Timers of a singleton come one after the other. */
    private final Set<String> troubles = new HashSet<>();

    /** Throws nothing: the container gives a timer up that has failed twice. */
    @Schedule(hour = "*", minute = "*", second = "*/3", persistent = false, info = "send mail")
    void all() {
        each("mail is sent", this::sendAll);
    }

    /** Throws nothing, as above. */
    @Schedule(hour = "*", minute = "*", persistent = false, info = "tell of changes that are about to expire")
    void escalate() {
        each("people are told of late approvals", postbox::escalate);
    }

    /** Throws nothing, as above. */
    @Schedule(hour = "*", minute = "*", second = "*/10", persistent = false, info = "tell of nodes that do not answer")
    void silence() {
        each("people are told of silent nodes", postbox::tellOfSilence);
    }

    /** For every organisation whose people get mail: what fails for one is tried for the next all the same. */
    private void each(String what, Runnable work) {
        organisations.each(() -> {
            String shown = what + " in a while (organisation " + CurrentOrganisation.name() + ")";
            try {
                if (settings.on()) {
                    work.run();
                }
                troubles.remove(shown);
            } catch (RuntimeException later) {
                LOG.log(troubles.add(shown) ? Level.WARNING : Level.FINE, shown, later);
            }
        });
    }

    private void sendAll() {
        for (int sent = 0; sent < MOST; sent++) {
            Optional<Mail> next = postbox.take();
            if (next.isEmpty()) {
                return;
            }
            Mail mail = next.get();
            Optional<String> failure = send(mail);
            if (postbox.attempted(mail.id(), failure)) {
                LOG.warning("mail to " + mail.person() + " of the organisation " + CurrentOrganisation.name() + ", \"" + mail.subject() + "\", is given up: " + failure.orElse(""));
            }
            if (failure.isPresent()) {
                return; // a mail server that does not take one is left alone until the next time
            }
        }
    }

    private Optional<String> send(Mail mail) {
        try {
            settings.server().send(settings.address(mail.person()), mail.subject(), mail.body());
            return Optional.empty();
        } catch (MessagingException | IOException failed) {
            return Optional.of(String.valueOf(failed.getMessage()));
        }
    }
}
