package org.zosgrid.cli.client;

import java.util.Optional;
import java.util.Set;
import org.zosgrid.contract.envelope.PayloadType;

/** The deployment that is there under a name, as the control plane says. Only comparisons may hang on it. */
public final class VersionThere {
    private static final long LOOKED_BACK = 100;
    private static final Set<String> THERE = Set.of("running", "drifted", "paused");

    private VersionThere() {}

    /** The newest deployment before a version that runs or stands still. */
    public static Optional<DeploymentVersion> before(ControlPlane controlPlane, String name, long version) {
        for (long each = version - 1; each >= Math.max(1, version - LOOKED_BACK); each--) {
            try {
                DeploymentVersion before = controlPlane.show(name, each);
                if (THERE.contains(before.state()) && before.envelope().payloadType().equals(PayloadType.DEPLOYMENT)) {
                    return Optional.of(before);
                }
            } catch (RefusedException unknown) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }
}
