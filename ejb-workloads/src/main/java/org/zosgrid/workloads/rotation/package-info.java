/**
 * Brings every node to the newest trust root, whatever happened in between: {@link org.zosgrid.workloads.rotation.DeliverTrustRoots} compares what nodes' receipts
 * say with what was handed in, and appends what is missing. There is no process to be stuck: the comparison is made again and again.
 */
@NullMarked
package org.zosgrid.workloads.rotation;

import org.jspecify.annotations.NullMarked;
