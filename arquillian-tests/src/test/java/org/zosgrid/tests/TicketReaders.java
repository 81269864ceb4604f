package org.zosgrid.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.zosgrid.cli.stage.Stage;
import org.zosgrid.tests.container.ControlPlaneContainer;
import org.zosgrid.tests.container.TicketDesk;
import org.zosgrid.workloads.ticket.JiraServer;

/** People who work in another system, and see changes as tickets. */
final class TicketReaders {
    private TicketReaders() {}

    /** A yes there is no approval; a no there ends the change. */
    static void decide() throws Exception {
        TicketDesk desk = ControlPlaneContainer.tickets();
        Story story = new Story(ControlPlaneContainer.stage(), "ticketed", 36);
        story.open();
        await(() -> !desk.field("ticketed version 1", "sys_id").isEmpty());
        assertThat(desk.field("ticketed version 1", "sys_created_by")).isEqualTo("zos");
        desk.decide("ticketed version 1", "approved");
        await(() -> desk.field("ticketed version 1", "work_notes").contains("no approval"));
        assertThat(story.shown(1).state()).isEqualTo("approval");
        assertThat(story.shown(1).json().path("approvals")).isEmpty();
        await(() -> Subscribers.mailedTo("bob", "About ticketed version 1").stream().anyMatch(text -> text.contains("in ticket " + desk.field("ticketed version 1", "number") + ", which is no approval")));
        assertThat(Subscribers.mailedTo("bob", "Your approval is still missing: ticketed version 1")).as("that comes in its time, and once").isEmpty();
        desk.decide("ticketed version 1", "rejected");
        story.reach(1, "rejected");
        assertThat(story.shown(1).json().path("rejections").path(0).path("person").asText()).isEqualTo("ticket " + desk.field("ticketed version 1", "number"));
        await(() -> desk.field("ticketed version 1", "state").equals("3"));
        assertThat(desk.field("ticketed version 1", "close_code")).isEqualTo("unsuccessful");
        assertThat(desk.field("ticketed version 1", "close_notes")).contains("is rejected");
    }

    /** The same in Jira, where issues have a status and how it ended is a remark; of a control plane that keeps its tickets there, and has none yet. */
    static void decideInJira(Stage stage, JiraServer jira) throws Exception {
        Story story = new Story(stage, "ticketed", 64);
        story.open();
        await(() -> jira.tickets() == 1);
        jira.agree();
        await(() -> jira.remarks().stream().anyMatch(remark -> remark.contains("no approval")));
        assertThat(story.shown(1).state()).isEqualTo("approval");
        assertThat(story.shown(1).json().path("approvals")).isEmpty();
        jira.refuse();
        story.reach(1, "rejected");
        assertThat(story.shown(1).json().path("rejections").path(0).path("person").asText()).isEqualTo("ticket CHG-1");
        assertThat(story.told()).endsWith("rejected");
        await(() -> jira.remarks().getLast().contains("ticketed version 1 is rejected"));
        assertThat(jira.remarks()).as("each answer is acted on once").hasSize(2);
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        Instant end = Instant.now().plus(Duration.ofSeconds(60));
        while (!condition.call()) {
            assertThat(Instant.now()).as("within a minute").isBefore(end);
            Thread.sleep(100);
        }
    }
}
