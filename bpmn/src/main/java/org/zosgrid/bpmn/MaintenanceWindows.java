package org.zosgrid.bpmn;

import java.time.Instant;

/** When changes may be made. */
public interface MaintenanceWindows {
    /**
     * When a window is open next; {@code from} itself if it is open then.
     *
     * @param window name of a configured window
     * @throws InvalidChangeException if no such window is configured, or it never opens again
     */
    Instant opens(String window, Instant from);
}
