package org.zosgrid.bpmn;

import java.util.List;

/** Where the process of a new trust root tells people how it goes; the ledger hears of each. It brings nothing to nodes itself: what they lack is sent to them whether a process waits or not. */
public interface Rotation {
    /** How the process of a version ends. The version is in force in the control plane in any case. */
    enum End {
        /** Every node decides by it. */
        FOLLOWED,
        /** All have answered, and some refuse it. */
        REFUSED,
        /** Some have not answered in time. */
        OVERDUE
    }

    /** A good part of the time is gone, and these nodes have not answered. */
    void remind(long version, List<String> silent);

    /** Writes down how it ended. @param nodes who refuses it, or has not answered; none if everybody follows */
    void end(long version, End end, List<String> nodes);
}
