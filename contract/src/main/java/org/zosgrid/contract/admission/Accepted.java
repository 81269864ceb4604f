package org.zosgrid.contract.admission;

import java.util.Optional;
import org.zosgrid.contract.document.Deployment;

/**
 * The newest version a node has accepted under a name.
 *
 * @param version that version; it never goes down, also not by a removal
 * @param digest of its envelope, in hex
 * @param removed whether nothing of it runs any more: it was decommissioned or withdrawn
 * @param current the newest deployment that approvals put there and none took away: by its policy changes are measured. A withdrawal leaves it, since
 *     nobody approved one; a decommission does not
 */
public record Accepted(long version, String digest, boolean removed, Optional<Deployment> current) {

    /** After this deployment was accepted. */
    public static Accepted of(Deployment deployment, String digest) {
        return new Accepted(deployment.version(), digest, false, Optional.of(deployment));
    }

    /** After this version was withdrawn. */
    public Accepted withdrawn() {
        return new Accepted(version, digest, true, current);
    }

    /** After a decommission of this version was accepted. */
    public static Accepted decommissioned(long version, String digest) {
        return new Accepted(version, digest, true, Optional.empty());
    }
}
