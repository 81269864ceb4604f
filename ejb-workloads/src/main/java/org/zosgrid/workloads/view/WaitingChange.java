package org.zosgrid.workloads.view;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A change in a line, with whom it waits for. The three lists and times are empty while it does not wait for approvals.
 *
 * @param openSeats people who may still approve
 * @param approvedBy people who have
 * @param quorum how many people must approve
 */
public record WaitingChange(ChangeSummary summary, List<String> openSeats, List<String> approvedBy, Optional<Instant> approvalDueAt, Optional<Integer> quorum) {}
