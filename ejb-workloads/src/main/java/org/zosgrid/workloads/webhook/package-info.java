/**
 * Tells corporate systems of decisions: CloudEvents over signed webhooks.
 *
 * <p>{@link org.zosgrid.workloads.DecisionLog} puts each entry of the ledger into the outbox of everybody who wants to know, in the transaction of the
 * decision ({@link org.zosgrid.model.Webhooks}). {@link org.zosgrid.workloads.webhook.DeliverWebhooks} looks for what is due and gives each subscription to
 * a thread of its own, where {@link org.zosgrid.workloads.webhook.Courier} sends it, one message after the other, until it has arrived or is a dead letter. A
 * message may arrive twice, and is signed each time; what it says is in {@link org.zosgrid.workloads.webhook.CloudEvent}.
 *
 * <p>Nothing that a receiver answers decides anything here: a status code says whether it has the message, and the rest is not read.
 */
@NullMarked
package org.zosgrid.workloads.webhook;

import org.jspecify.annotations.NullMarked;
