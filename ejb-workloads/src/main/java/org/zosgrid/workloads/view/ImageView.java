package org.zosgrid.workloads.view;

import java.util.List;
import java.util.Optional;

/**
 * An image whose signatures were verified.
 *
 * @param reference pinned
 * @param signers the people whose signature over it counted
 * @param contentBytes of its files, unpacked
 */
public record ImageView(String reference, List<String> signers, long contentBytes) {
    public ImageView {
        signers = List.copyOf(signers);
    }

    /**
     * A place in its tree.
     *
     * @param size bytes; of a directory, how many names it has
     * @param target of a symbolic link, otherwise empty
     */
    public record File(String name, String kind, int mode, int uid, int gid, long size, String target) {}

    /** A path that differs: one side is empty if it was added or removed. */
    public record Difference(String path, Optional<File> before, Optional<File> after) {}

    /**
     * What differs between two.
     *
     * @param complete whether these are all; otherwise there are more
     */
    public record Comparison(List<Difference> differences, boolean complete) {
        public Comparison {
            differences = List.copyOf(differences);
        }
    }
}
