/**
 * What the control plane remembers: changes and what people and nodes said of them, and the ledger.
 *
 * <p>{@link org.zosgrid.model.Change} is the root of it: one submitted version of a deployment, or a removal, with its
 * {@link org.zosgrid.model.Approval approvals}, {@link org.zosgrid.model.Rejection rejections} and {@link org.zosgrid.model.Dispatch dispatches} to
 * nodes. {@link org.zosgrid.model.NodeReceipt} is a node's log as this side has read it. {@link org.zosgrid.model.Ledger} is append-only.
 *
 * <p>Entities hold bytes as they were signed and never write them anew. The tables are Flyway's ({@code migration/}), brought up to date by
 * {@link org.zosgrid.model.Schema}; the queries are in {@link org.zosgrid.model.Changes}, {@link org.zosgrid.model.NodeReceipts} and
 * {@link org.zosgrid.model.RequestNonces}. Nothing here verifies a signature or decides anything.
 */
@NullMarked
package org.zosgrid.model;

import org.jspecify.annotations.NullMarked;
