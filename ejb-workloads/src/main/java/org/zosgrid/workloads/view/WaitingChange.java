package org.zosgrid.workloads.view;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A change in a line, with whom it waits for. The lists and times are empty while it does not wait for approvals.
 *
 * @param openSeats people who may still approve
 * @param approvedBy people who have
 * @param deputies those with open seats who stand in for others, and from when on
 * @param quorum how many people must approve
 */
public record WaitingChange(ChangeSummary summary, List<String> openSeats, List<String> approvedBy, List<ChangeView.Deputy> deputies, Optional<Instant> approvalDueAt, Optional<Integer> quorum) {}
