package org.zosgrid.workloads.view;

import java.time.Instant;

/**
 * A message that was given up.
 *
 * @param index of the decision in the ledger
 * @param failure what came of the last attempt
 */
public record DeadLetter(long webhook, long index, String subject, int attempts, String failure, Instant at) {}
