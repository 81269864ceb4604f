package org.zosgrid.contract.admission;

import java.time.Instant;
import java.util.Optional;
import org.zosgrid.contract.document.Deployment;

/**
 * The newest version a node has accepted under a name.
 *
 * @param version that version; it never goes down, also not by a removal
 * @param digest of its envelope, in hex
 * @param current the newest deployment that approvals put there and none took away: by its policy changes are measured. A withdrawal leaves it, since
 *     nobody approved one; a decommission does not
 */
public record Accepted(long version, String digest, State state, Optional<Deployment> current) {

    /** What becomes of the name by its newest version. */
    public enum State {
        /** It runs. */
        RUNNING,
        /** It stands still; what its machines wrote is kept. */
        PAUSED,
        /** It stood still and runs again: a withdrawal makes it stand still, not vanish. */
        RESUMED,
        /** Nothing of it is there any more: it was decommissioned or withdrawn. */
        REMOVED
    }

    /** After this deployment was accepted. */
    public static Accepted of(Deployment deployment, String digest) {
        return new Accepted(deployment.version(), digest, State.RUNNING, Optional.of(deployment));
    }

    /** After a pause of this version was accepted. */
    public Accepted paused(long pause, String by) {
        return new Accepted(pause, by, State.PAUSED, current);
    }

    /** After a resumption of this version was accepted. */
    public Accepted resumed(long resumption, String by) {
        return new Accepted(resumption, by, State.RESUMED, current);
    }

    /** As it stands at a moment: an emergency change ends by itself, wherever its pause or resumption left it. */
    public Accepted at(Instant now) {
        boolean over = current.flatMap(Deployment::emergency).filter(emergency -> emergency.over(now)).isPresent();
        return over ? ended() : this;
    }

    /** After its time was over. */
    public Accepted ended() {
        return new Accepted(version, digest, State.REMOVED, current);
    }

    /** After this version was withdrawn. */
    public Accepted withdrawn() {
        return new Accepted(version, digest, state == State.RESUMED ? State.PAUSED : State.REMOVED, current);
    }

    /** After a decommission of this version was accepted. */
    public static Accepted decommissioned(long version, String digest) {
        return new Accepted(version, digest, State.REMOVED, Optional.empty());
    }

    /** Whether something of it runs, or shall. */
    public boolean runs() {
        return state == State.RUNNING || state == State.RESUMED;
    }

    public boolean paused() {
        return state == State.PAUSED;
    }

    public boolean removed() {
        return state == State.REMOVED;
    }
}
