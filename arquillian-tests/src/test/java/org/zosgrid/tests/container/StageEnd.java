package org.zosgrid.tests.container;

import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Takes the stage down when the last of a process's test classes is over. Arquillian stops its container after every class where two processes share the classes between
 * them; a stage for each class would take longer than most of them.
 */
public final class StageEnd implements LauncherSessionListener {
    @Override
    public void launcherSessionClosed(LauncherSession session) {
        ControlPlaneContainer.end();
    }
}
