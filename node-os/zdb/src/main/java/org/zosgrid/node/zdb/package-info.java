/**
 * Zero-DB: the append-only store every other part of a node stands on.
 *
 * <p>A namespace is a directory of log files. An entry is written once, behind a checksum, and never changed; a key's older versions stay reachable.
 * The index is in memory and rebuilt from the log at start. What was acknowledged under {@link org.zosgrid.node.zdb.Durability#SYNC} is on the disk.
 *
 * <p>Start reading at {@link org.zosgrid.node.zdb.ZdbServer}; {@link org.zosgrid.node.zdb.Store} is the same without a network.
 */
@NullMarked
package org.zosgrid.node.zdb;

import org.jspecify.annotations.NullMarked;
