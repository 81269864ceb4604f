package org.zosgrid.contract.trust;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.zosgrid.contract.envelope.Envelope;

/**
 * A pinned trust root and what follows from it in a directory that somebody else writes ({@link TrustRootStore}). A new version counts at the first question
 * after its file appeared; a file that does not follow from the version before it counts for nothing. Never goes back. Safe for use by many threads.
 */
public final class FollowedTrustRoot {
    private final Optional<Path> directory;
    private TrustRoot newest;

    /**
     * Follows from a pinned version.
     *
     * @param pinned from a source that is trusted; checked by itself, expired or not
     * @param directory with {@code 2.root.json} and so on; need not exist yet. Empty: the pinned version is the only one
     */
    public FollowedTrustRoot(Envelope pinned, Optional<Path> directory) {
        this.newest = TrustRoot.selfSigned(pinned);
        this.directory = directory;
    }

    /**
     * The newest version, expired or not.
     *
     * @throws org.zosgrid.contract.ContractException if the next file does not follow from the version before it
     */
    public synchronized TrustRoot newest() {
        while (directory.isPresent()) {
            Path next = directory.get().resolve(TrustRootStore.name(newest.version() + 1));
            if (!Files.exists(next)) {
                break;
            }
            try {
                newest = newest.successor(Envelope.parse(Files.readAllBytes(next)));
            } catch (IOException unreadable) {
                throw new UncheckedIOException("cannot read the trust root " + next, unreadable);
            }
        }
        return newest;
    }
}
