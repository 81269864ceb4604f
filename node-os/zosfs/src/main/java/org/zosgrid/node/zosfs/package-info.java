/**
 * The ZOS filesystem: an image, mounted read-only through FUSE; content is fetched when somebody reads it, and checked every time it is loaded.
 *
 * <p>Neither the hub nor the cache directory is trusted: a chunk that does not have its fingerprint is an input/output error for whoever reads it,
 * never wrong bytes. An image that the trust root's image signers did not sign does not mount. The raw protocol of {@code /dev/fuse} is spoken here,
 * without libfuse.
 *
 * <p>Start reading at {@link org.zosgrid.node.zosfs.ZosFilesystem}.
 */
@NullMarked
package org.zosgrid.node.zosfs;

import org.jspecify.annotations.NullMarked;
