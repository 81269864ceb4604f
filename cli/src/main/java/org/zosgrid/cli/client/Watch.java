package org.zosgrid.cli.client;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.zosgrid.cli.CliException;

/** Follows one version through the workflow. */
public final class Watch {
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final ControlPlane controlPlane;
    private final String name;
    private final long version;

    public Watch(ControlPlane controlPlane, String name, long version) {
        this.controlPlane = controlPlane;
        this.name = name;
        this.version = version;
    }

    /**
     * Waits until a version is as wanted, or the time is over.
     *
     * @param changed told the version at the beginning and whenever its state or its place in the workflow is another one
     */
    public DeploymentVersion until(Predicate<DeploymentVersion> wanted, Duration limit, Consumer<DeploymentVersion> changed) {
        Instant end = Instant.now().plus(limit);
        String last = "";
        while (true) {
            DeploymentVersion shown = controlPlane.show(name, version);
            String now = shown.state() + shown.position() + shown.json().path("approvals").size();
            if (!now.equals(last)) {
                changed.accept(shown);
                last = now;
            }
            if (wanted.test(shown)) {
                return shown;
            }
            if (Instant.now().isAfter(end)) {
                throw new CliException(name + " version " + version + " is still '" + shown.state() + "' after " + limit.toSeconds()
                        + " s; it goes on, 'zos status " + name + "' shows where it is");
            }
            pause();
        }
    }

    /** Waits for a state; another end is a failure, told with what the control plane knows of it. */
    public DeploymentVersion reach(String state, Duration limit, Consumer<DeploymentVersion> changed) {
        DeploymentVersion shown = until(each -> each.state().equals(state) || each.ended(), limit, changed);
        if (!shown.state().equals(state)) {
            throw new CliException(name + " version " + version + " is '" + shown.state() + "' instead of '" + state + "':\n" + shown.json().toPrettyString());
        }
        return shown;
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CliException("interrupted");
        }
    }
}
