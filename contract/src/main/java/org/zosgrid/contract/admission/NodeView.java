package org.zosgrid.contract.admission;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.zosgrid.contract.ledger.Checkpoint;

/**
 * What a node knows when it decides.
 *
 * @param node its own name in the trust root
 * @param now its clock
 * @param accepted the newest accepted version under a name, empty if there was none
 * @param free what is left of the node for a name: all that it has, but for what other names have reserved
 * @param drifted whether the node has said of a name that it has drifted, and not yet that it is well again
 * @param seen the largest checkpoint of all that it has accepted; empty before the first
 */
public record NodeView(String node, Instant now, Function<String, Optional<Accepted>> accepted, Function<String, Resources> free, Predicate<String> drifted,
        Optional<Checkpoint> seen) {

    /** A node that has room for everything, and where nothing drifts. */
    public NodeView(String node, Instant now, Function<String, Optional<Accepted>> accepted, Optional<Checkpoint> seen) {
        this(node, now, accepted, name -> Resources.UNLIMITED, name -> false, seen);
    }

    /** What was accepted last under a name, as it stands now: of an emergency whose time is over nothing runs any more. */
    public Optional<Accepted> last(String name) {
        return accepted.apply(name).map(each -> each.at(now));
    }
}
