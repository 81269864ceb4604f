package org.zosgrid.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.zosgrid.tests.container.ControlPlaneContainer;

/** Two deployments, of which the control plane forgets that it has sent the first. */
final class Resent {
    static final String FIRST = "resent-first";
    static final String SECOND = "resent-second";

    private Resent() {}

    static void run() throws Exception {
        for (Story story : stories()) {
            story.open();
            story.approve(1);
            story.reach(1, "running");
        }
    }

    static void wentOn() throws Exception {
        for (Story story : stories()) {
            assertThat(story.shown(1).state()).isEqualTo("running");
            assertThat(story.shown(1).json().path("receipts").findValuesAsText("reason")).as("what nodes said of " + story.name()).doesNotContain("replayed");
        }
    }

    /** Also the one of which the node has refused a second record: it was not taken back. */
    static void areRemoved() throws Exception {
        for (Story story : stories()) {
            assertThat(story.shown(1).state()).isEqualTo("running");
            story.remove();
        }
    }

    private static List<Story> stories() {
        return List.of(new Story(ControlPlaneContainer.stage(), FIRST, 72), new Story(ControlPlaneContainer.stage(), SECOND, 73));
    }
}
