/**
 * Tells every node which promotions of images were revoked, whatever happened in between: {@link org.zosgrid.workloads.promotion.DeliverRevocations} compares what was sent with what
 * was sealed, and appends what is missing; so a node that comes later hears of all of them. Promotions themselves come to nodes with the contracts that need them.
 */
@NullMarked
package org.zosgrid.workloads.promotion;

import org.jspecify.annotations.NullMarked;
