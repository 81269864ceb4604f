package org.zosgrid.workloads.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.zosgrid.model.Change;
import org.zosgrid.model.ChangeKind;

/** What people read who do not look at the system all day. */
class MailTextTest {
    private static final Instant SUBMITTED = Instant.parse("2026-11-27T21:08:57.723914Z");
    private static final Instant EXPIRES = Instant.parse("2026-11-27T21:12:51Z");
    private static final Change SHOP = new Change("shop", 3, ChangeKind.DEPLOYMENT, "alice", "d", new byte[0], SUBMITTED, EXPIRES, "");

    @Test
    void whoAnswersForItReadsWhoIsSilentAndWhereToLook() {
        assertThat(MailText.escalation(SHOP, EXPIRES, List.of("carol", "dave")).body()).contains("by alice expires at 2026-11-27T21:12:51Z", "without an answer so far: carol, dave", "zos status shop --version 3");
    }

    @Test
    void aLinkLeadsToTheChangeInTheConsole() {
        MailText text = MailText.reminder(SHOP, EXPIRES);
        assertThat(text.linked("https://zos.example.org", SHOP)).isEqualTo(text.linked("https://zos.example.org/", SHOP)).isEqualTo(new MailText("reminder", text.subject(), text.body() + "\n  https://zos.example.org/#/tasks/shop/3\n"));
    }

    @Test
    void timesAreToldToTheSecond() {
        assertThat(MailText.result(SHOP, "running", "").body()).contains("which you submitted at 2026-11-27T21:08:57Z, is running");
    }
}
