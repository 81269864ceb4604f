package org.zosgrid.workloads.mail;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.Date;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;

/** An SMTP server, and how one message is handed to it. */
record MailServer(String host, int port, Security security, Optional<Login> login, String from) {
    private static final String LIMIT_MILLIS = "10000";

    /** How the connection is protected. The server's certificate must be one that the JVM trusts, for this host. */
    enum Security {
        /** Begins plain and must become TLS before anything is said: RFC 3207. */
        STARTTLS,
        /** TLS from the first byte: RFC 8314. */
        TLS,
        /** For a server on this very machine. */
        NONE;

        static Security of(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT));
        }
    }

    /** The password is in no message. */
    record Login(String user, String password) {
        @Override
        public String toString() {
            return user;
        }
    }

    /** @throws MessagingException if the server did not take it */
    void send(String to, String subject, String body) throws MessagingException {
        String protocol = security == Security.TLS ? "smtps" : "smtp";
        Session session = Session.getInstance(properties(protocol));
        MimeMessage message = new MimeMessage(session);
        message.setFrom(new InternetAddress(from, true));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(to, true));
        message.setSubject(subject, "UTF-8");
        message.setText(body, "UTF-8");
        message.setSentDate(new Date());
        message.setHeader("Auto-Submitted", "auto-generated"); // RFC 3834: no out-of-office replies
        try (Transport transport = session.getTransport(protocol)) {
            transport.connect(host, port, login.map(Login::user).orElse(null), login.map(Login::password).orElse(null));
            message.saveChanges();
            transport.sendMessage(message, message.getAllRecipients());
        }
    }

    private Properties properties(String protocol) {
        var properties = new Properties();
        String prefix = "mail." + protocol + ".";
        for (String limit : new String[] {"connectiontimeout", "timeout", "writetimeout"}) {
            properties.setProperty(prefix + limit, LIMIT_MILLIS);
        }
        properties.setProperty(prefix + "auth", Boolean.toString(login.isPresent()));
        properties.setProperty(prefix + "ssl.checkserveridentity", "true");
        properties.setProperty(prefix + "starttls.enable", Boolean.toString(security == Security.STARTTLS));
        properties.setProperty(prefix + "starttls.required", Boolean.toString(security == Security.STARTTLS));
        return properties;
    }
}
