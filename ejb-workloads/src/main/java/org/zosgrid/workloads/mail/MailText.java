package org.zosgrid.workloads.mail;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.zosgrid.model.Change;

/** The catalogue: every message that people get, in plain text. Kinds are written as the database has them. */
record MailText(String kind, String subject, String body) {
    private static final String ASSIGNED = """
            %1$s asks for your approval of %2$s, version %3$d.

            %4$d of %5$s must approve it by %6$s; otherwise it expires.

              zos status %2$s --version %3$d      what it is about
              zos approve %2$s --version %3$d     shows the document and signs it
              zos reject %2$s --version %3$d --reason "..."
            """;
    private static final String REMINDER = """
            %1$s, version %2$d, by %3$s still waits for your approval. Half of its time is gone; it expires at %4$s.

              zos approve %1$s --version %2$d
              zos reject %1$s --version %2$d --reason "..."
            """;
    private static final String AGREED = """
            It was agreed to in ticket %1$s, which is no approval: %2$s, version %3$d, by %4$s still waits for yours. It expires at %5$s.

              zos approve %2$s --version %3$d
              zos reject %2$s --version %3$d --reason "..."
            """;
    private static final String STAND_IN = """
            You stand in for %1$s from %2$s on: %3$s, version %4$d, by %5$s still waits for approvals. It expires at %6$s.

              zos approve %3$s --version %4$d
              zos reject %3$s --version %4$d --reason "..."
            """;
    private static final String ESCALATION = """
            %1$s, version %2$d, by %3$s expires at %4$s, and has not all its approvals yet.

            Asked, and without an answer so far: %5$s.

              zos status %1$s --version %2$d      where it is
            """;
    private static final String RESULT = """
            %1$s, version %2$d, which you submitted at %3$s, is %4$s.
            %5$s
              zos status %1$s --version %2$d
            """;

    private static final String NOTICE = """
            %1$s

              zos status %2$s --version %3$d
            """;

    static MailText assigned(Change change, List<String> people, int quorum, Instant due) {
        return new MailText("assigned", "Your approval is asked for: " + called(change),
                ASSIGNED.formatted(change.requester(), change.name(), change.version(), quorum, String.join(", ", people), due));
    }

    static MailText reminder(Change change, Instant due) {
        return new MailText("reminder", "Your approval is still missing: " + called(change), REMINDER.formatted(change.name(), change.version(), change.requester(), due));
    }

    /** @param groups for which the receiver is a deputy */
    static MailText standIn(Change change, Set<String> groups, Instant from) {
        return notice(change, STAND_IN.formatted(String.join(", ", groups), from, change.name(), change.version(), change.requester(), change.expiresAt()));
    }

    /** @param silent who was asked and has not answered */
    static MailText escalation(Change change, Instant due, List<String> silent) {
        return new MailText("escalation", "About to expire without approval: " + called(change),
                ESCALATION.formatted(change.name(), change.version(), change.requester(), due, silent.isEmpty() ? "nobody" : String.join(", ", silent)));
    }

    /** @param why for people, or empty */
    static MailText result(Change change, String state, String why) {
        return new MailText("result", called(change) + " is " + state, RESULT.formatted(change.name(), change.version(), change.submittedAt().truncatedTo(ChronoUnit.SECONDS), state, why.isEmpty() ? "" : "\n" + why + "\n"));
    }

    /** @param text as it stands in the model */
    static MailText notice(Change change, String text) {
        return new MailText("notice", "About " + called(change), NOTICE.formatted(text, change.name(), change.version()));
    }

    /** Somebody agreed where no signature is made, of which the receiver has none to show yet. It is no {@link #reminder}, which comes in its time. */
    static MailText agreedElsewhere(Change change, String ticket) {
        return notice(change, AGREED.formatted(ticket, change.name(), change.version(), change.requester(), change.expiresAt()));
    }

    /** The same, with a line by which a browser shows the change. */
    MailText linked(String console, Change change) {
        return new MailText(kind, subject, body + "\n  " + (console.endsWith("/") ? console : console + "/") + "#/tasks/" + change.name() + "/" + change.version() + "\n");
    }

    private static String called(Change change) {
        return change.name() + " version " + change.version();
    }
}
