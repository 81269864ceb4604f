/**
 * The control plane's use cases, one session bean each, and the message-driven bean that hears nodes answer.
 *
 * <p>A verb is a bean: {@link org.zosgrid.workloads.SubmitChange}, {@link org.zosgrid.workloads.ApproveChange} and so on are the doors, which REST and
 * nobody else opens; every call is a transaction, in which rows, ledger entries and process instances change together or not at all.
 * {@code step} holds what the process models need done, {@code rotation} brings nodes to the newest trust root, {@code engine} the workflow engine, {@code view} what callers get to see.
 *
 * <p>Nothing here is trusted by a node. Every check made here is made to tell people early; the node makes it again.
 */
@NullMarked
package org.zosgrid.workloads;

import org.jspecify.annotations.NullMarked;
