package org.zosgrid.workloads.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.zosgrid.model.Change;
import org.zosgrid.model.ChangeKind;

/** Messages as a real SMTP server gets them. */
class MailServerTest {
    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
    private static final Change CHANGE = new Change("shop", 3, ChangeKind.DEPLOYMENT, "alice", "ab".repeat(32), new byte[] {1}, NOON, NOON.plusSeconds(3600), "k");

    private final GreenMail server = new GreenMail(new ServerSetup[] {new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP), new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS)});

    MailServerTest() {
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void whoIsAskedForApprovalReadsWhatItIsAndUntilWhen() throws Exception {
        MailText text = MailText.assigned(CHANGE, List.of("bob", "carol"), 2, NOON.plusSeconds(3600));
        smtp(Optional.empty()).send("bob@example.org", text.subject(), text.body());
        MimeMessage got = server.getReceivedMessages()[0];
        assertThat(got.getSubject()).isEqualTo("Your approval is asked for: shop version 3");
        assertThat(got.getFrom()[0]).hasToString("zos@example.org");
        assertThat(got.getAllRecipients()).extracting(Object::toString).containsExactly("bob@example.org");
        assertThat(got.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(got.getContentType()).isEqualToIgnoringCase("text/plain; charset=UTF-8");
        assertThat(got.getContent().toString()).contains("alice asks for your approval of shop, version 3").contains("2 of bob, carol must approve it by 2026-11-25T13:00:00Z")
                .contains("zos approve shop --version 3");
    }

    @Test
    void theOtherMessagesSayWhatTheyAreAbout() {
        assertThat(MailText.reminder(CHANGE, NOON).body()).contains("still waits for your approval");
        assertThat(MailText.agreedElsewhere(CHANGE, "CHG0030001")).satisfies(text -> {
            // of its own kind a reminder is told once: one that came early would keep the one at half of the time from coming
            assertThat(text.kind()).isNotEqualTo(MailText.reminder(CHANGE, NOON).kind());
            assertThat(text.body()).contains("agreed to in ticket CHG0030001, which is no approval").contains("zos approve shop --version 3");
        });
        assertThat(MailText.escalation(CHANGE, NOON, List.of("carol")).body()).contains("without an answer so far: carol");
        assertThat(MailText.result(CHANGE, "rejected", "not today").body()).contains("is rejected").contains("\nnot today\n");
        assertThat(MailText.result(CHANGE, "running", "").subject()).isEqualTo("shop version 3 is running");
    }

    @Test
    void whatPeopleWroteIsNoHeaderOfAMessage() throws Exception {
        MailText text = MailText.result(CHANGE, "rejected", "no\r\nBcc: mallory@example.org\r\n\r\n.\r\nQUIT");
        smtp(Optional.empty()).send("alice@example.org", text.subject(), text.body());
        assertThat(server.getReceivedMessages()).hasSize(1);
        assertThat(server.getReceivedMessages()[0].getHeader("Bcc")).isNull();
        assertThat(server.getReceivedMessages()[0].getContent().toString()).contains("Bcc: mallory@example.org").contains("QUIT");
    }

    @Test
    void aLoginIsUsedWhereOneIsConfigured() throws Exception {
        server.setUser("zos@example.org", "zos", "hunter2");
        smtp(Optional.of(new MailServer.Login("zos", "hunter2"))).send("bob@example.org", "s", "b");
        assertThat(server.getReceivedMessages()).hasSize(1);
        MailServer wrong = smtp(Optional.of(new MailServer.Login("zos", "hunter3")));
        assertThatThrownBy(() -> wrong.send("bob@example.org", "s", "b")).isInstanceOf(MessagingException.class);
        assertThat(wrong.toString()).doesNotContain("hunter3");
    }

    @Test
    void nothingIsSaidInTheClearOrToAServerWhoseCertificateIsNotTrusted() {
        int plain = server.getSmtp().getPort();
        MailServer startTls = new MailServer("127.0.0.1", plain, MailServer.Security.STARTTLS, Optional.empty(), "zos@example.org");
        assertThatThrownBy(() -> startTls.send("bob@example.org", "s", "b")).isInstanceOf(MessagingException.class).hasMessageContaining("STARTTLS");
        MailServer tls = new MailServer("127.0.0.1", server.getSmtps().getPort(), MailServer.Security.TLS, Optional.empty(), "zos@example.org");
        assertThatThrownBy(() -> tls.send("bob@example.org", "s", "b")).isInstanceOf(MessagingException.class);
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @Test
    void whatIsNoAddressIsAFailureAndNotABrokenMessage() {
        assertThatThrownBy(() -> smtp(Optional.empty()).send("bob@example.org\r\nBcc: x@y", "s", "b")).isInstanceOf(MessagingException.class);
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    private MailServer smtp(Optional<MailServer.Login> login) {
        return new MailServer("127.0.0.1", server.getSmtp().getPort(), MailServer.Security.NONE, login, "zos@example.org");
    }
}
