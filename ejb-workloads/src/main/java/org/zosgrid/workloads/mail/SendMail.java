package org.zosgrid.workloads.mail;

import jakarta.ejb.EJB;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.zosgrid.contract.organisation.Organisation;
import org.zosgrid.model.CurrentOrganisation;
import org.zosgrid.model.Mail;

/** Hands mail that waits to the mail server, one message after the other. */
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
public class SendMail {
    private static final Logger LOG = Logger.getLogger(SendMail.class.getName());

    @EJB private Postbox postbox;
    @Inject private MailSettings settings;

    /** Whether it failed the last time: it is told once. Timers of a singleton come one after the other. */
    private boolean troubled;

    /** Throws nothing: the container gives a timer up that has failed twice. */
    @Schedule(hour = "*", minute = "*", second = "*/3", persistent = false, info = "send mail")
    void all() {
        CurrentOrganisation.run(Organisation.DEFAULT, this::sendAll);
    }

    private void sendAll() {
        if (!settings.on()) {
            return;
        }
        try {
            Optional<Mail> next = postbox.take();
            while (next.isPresent()) {
                Mail mail = next.get();
                Optional<String> failure = send(mail);
                if (postbox.attempted(mail.id(), failure)) {
                    LOG.warning("mail to " + mail.person() + ", \"" + mail.subject() + "\", is given up: " + failure.orElse(""));
                }
                // A mail server that does not take one is left alone until the next time.
                next = failure.isEmpty() ? postbox.take() : Optional.empty();
            }
            troubled = false;
        } catch (RuntimeException later) {
            LOG.log(troubled ? Level.FINE : Level.WARNING, "mail is sent in a while: {0}", later.getMessage());
            troubled = true;
        }
    }

    /** Throws nothing, as above. */
    @Schedule(hour = "*", minute = "*", persistent = false, info = "tell of changes that are about to expire")
    void escalate() {
        CurrentOrganisation.run(Organisation.DEFAULT, this::escalateAll);
    }

    private void escalateAll() {
        try {
            if (settings.on()) {
                postbox.escalate();
            }
        } catch (RuntimeException later) {
            LOG.log(Level.WARNING, "people are told of late approvals in a while: {0}", later.getMessage());
        }
    }

    /** Throws nothing, as above. */
    @Schedule(hour = "*", minute = "*", second = "*/10", persistent = false, info = "tell of nodes that do not answer")
    void silence() {
        CurrentOrganisation.run(Organisation.DEFAULT, this::tellOfSilence);
    }

    private void tellOfSilence() {
        try {
            if (settings.on()) {
                postbox.tellOfSilence();
            }
        } catch (RuntimeException later) {
            LOG.log(Level.WARNING, "people are told of silent nodes in a while: {0}", later.getMessage());
        }
    }

    private Optional<String> send(Mail mail) {
        try {
            Optional<String> address = settings.address(mail.person());
            if (address.isEmpty()) {
                return Optional.of("zos.mail.addresses has no address of " + mail.person());
            }
            settings.server().send(address.get(), mail.subject(), mail.body());
            return Optional.empty();
        } catch (MessagingException | IOException failed) {
            return Optional.of(String.valueOf(failed.getMessage()));
        }
    }
}
