package org.zosgrid.tests;

import static org.assertj.core.api.Assertions.assertThat;

import org.zosgrid.cli.stage.Cast;
import org.zosgrid.tests.container.ControlPlaneContainer;

/** A deployment that nobody approves, as clients see it. */
final class Unapproved {
    static final String NAME = "unapproved";

    private Unapproved() {}

    static void submit() throws Exception {
        new Story(ControlPlaneContainer.stage(), NAME, 63).open();
    }

    static void runsNowhere() throws Exception {
        Story story = new Story(ControlPlaneContainer.stage(), NAME, 63);
        assertThat(story.shown(1).state()).isEqualTo("approval");
        assertThat(story.workloadsOn("compute-1")).isZero();
        story.as(Cast.REQUESTER).withdraw(NAME, 1, "the test is over");
    }
}
