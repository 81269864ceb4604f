/** Hears nodes answer: every record of every node's {@code receipts} log, once and in order. */
@NullMarked
package org.zosgrid.workloads.receipt;

import org.jspecify.annotations.NullMarked;
