package org.zosgrid.connector.flist;

import java.util.Optional;

/**
 * A path that is not the same in two images; one of the two sides is always there.
 *
 * @param before empty if it was added
 * @param after empty if it was removed
 */
public record ImageDifference(String path, Optional<ImageFile> before, Optional<ImageFile> after) {}
