/**
 * The image format: a small file of metadata (the flist) and content in chunks, each named by the SHA-256 of its plain bytes.
 *
 * <p>The same tree always gives the same flist, byte for byte, so its SHA-256 names the whole image. Readers treat an flist as hostile: it is checked
 * from end to end when it is opened. Plain Java; it mounts nothing and trusts no hub.
 *
 * <p>Start reading at {@link org.zosgrid.flist.Flist}; {@link org.zosgrid.flist.ImageImporter} makes one from an OCI image, {@link
 * org.zosgrid.flist.HubClient} moves them. The format is described in {@code docs/formats/flist.md}.
 */
@NullMarked
package org.zosgrid.flist;

import org.jspecify.annotations.NullMarked;
