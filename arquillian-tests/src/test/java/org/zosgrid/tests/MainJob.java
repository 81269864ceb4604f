package org.zosgrid.tests;

import org.zosgrid.cli.demo.Demo;
import org.zosgrid.cli.terminal.Steps;
import org.zosgrid.tests.container.ControlPlaneContainer;

/** The demonstration, on the stage the container runs on. A class of its own, since the command line is not inside the container. */
final class MainJob {
    private MainJob() {
    }

    static void play() throws Exception {
        new Demo(ControlPlaneContainer.stage(), new Steps(System.out)).play();
    }
}
