package org.zosgrid.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.zosgrid.cli.stage.Cast;
import org.zosgrid.cli.stage.Stage;
import org.zosgrid.contract.document.Deployment;

/** A change that nobody answers, and what the stage's mail server got because of it. It is under way beside a test that takes as long anyway. */
final class LateApprovals {
    /** How far its time is gone when the server looks for changes that are late, which it does with each full minute: past three quarters, before the end. */
    private static final double GONE = 0.85;

    /** Enough for a busy machine to open the approval before half of the time is over. */
    private static final Duration LEAST = Duration.ofSeconds(60);

    private final Stage stage;
    private final Story story;
    private final Deployment document;

    private LateApprovals(Stage stage, Story story, Deployment document) {
        this.stage = stage;
        this.story = story;
        this.document = document;
    }

    /** Submits it, up to where approvals are asked for. */
    static LateApprovals begin(Stage stage) throws Exception {
        Story story = new Story(stage, "belated", 94);
        Deployment drawn = story.document(1, Duration.ofHours(1));
        Instant minute = drawn.created().plus(LEAST).truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
        Deployment document = Story.lasting(drawn, Duration.ofSeconds(Math.round(Duration.between(drawn.created(), minute).toSeconds() / GONE)));
        story.submit(document);
        story.reach(1, "approval");
        stage.await("control-plane", () -> !mail("bob", "Your approval is asked for").isEmpty());
        assertThat(Instant.now()).as("a faster machine is needed").isBefore(document.deputiesFrom());
        assertThat(mail("bob", "Your approval is still missing")).as("not before half of the time").isEmpty();
        return new LateApprovals(stage, story, document);
    }

    /** Approvers are reminded, those who answer for it are told, and in the end its author hears what became of it; each of them once. */
    void peopleWereTold() throws Exception {
        Instant escalates = document.expires().minus(Duration.between(document.created(), document.expires()).dividedBy(4));
        for (String approver : List.of("bob", "carol")) {
            assertThat(first(approver, "Your approval is still missing", document.deputiesFrom())).contains("Half of its time is gone; it expires at " + document.expires())
                    .contains("  https://zos.example.org/#/tasks/belated/1");
        }
        for (String answerable : List.of(Cast.REQUESTER, "bob", "carol", "dave")) {
            assertThat(first(answerable, "About to expire without approval", escalates)).contains("expires at " + document.expires()).contains("without an answer so far: bob, carol");
        }
        assertThat(story.reach(1, "expired").state()).isEqualTo("expired");
        String result = "belated version 1 is expired";
        stage.await("control-plane", () -> !Subscribers.mailedTo(Cast.REQUESTER, result).isEmpty());
        assertThat(Subscribers.mailedTo(Cast.REQUESTER, result)).singleElement().asString().contains("fewer than 2 people had approved it by " + document.expires());
        assertThat(Subscribers.mailedTo("bob", result)).as("of somebody else's change").isEmpty();
        assertThat(mail(Cast.REQUESTER, "Your approval is still missing")).as("who asked does not approve").isEmpty();
        assertThat(mail("bob", "About to expire without approval")).as("each minute, and once").hasSize(1);
    }

    /** Waits for a message that must not have come before then. */
    private String first(String person, String subject, Instant from) {
        stage.await("control-plane", () -> !mail(person, subject).isEmpty());
        assertThat(Instant.now()).as(subject).isAfterOrEqualTo(from);
        assertThat(mail(person, subject)).hasSize(1);
        return mail(person, subject).getFirst();
    }

    private static List<String> mail(String person, String subject) {
        return Subscribers.mailedTo(person, subject + ": belated version 1");
    }
}
