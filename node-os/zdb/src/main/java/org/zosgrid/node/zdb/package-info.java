/**
 * Zero-DB: the append-only store every other part of a node stands on.
 *
 * <p>A namespace is a directory of data files. An entry is written once, behind a checksum, and never changed; a key's older versions stay reachable.
 * The index is outside the heap ({@code HashIndex}) or on the disk ({@code SequenceIndex}), mapped from a checkpoint after an orderly end and rebuilt from the
 * data after any other. What was acknowledged under {@link org.zosgrid.node.zdb.Durability#SYNC}, the default, is on the disk.
 *
 * <p>Start reading at {@link org.zosgrid.node.zdb.ZdbServer} and its event loop; {@link org.zosgrid.node.zdb.Store} is the same without a network, and
 * {@link org.zosgrid.node.zdb.ZdbMain} a process of its own. What deliberately differs from the original stands in the module's README.
 */
@NullMarked
package org.zosgrid.node.zdb;

import org.jspecify.annotations.NullMarked;
