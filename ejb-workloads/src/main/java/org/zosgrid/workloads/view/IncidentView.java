package org.zosgrid.workloads.view;

import java.time.Instant;
import java.util.Optional;

/**
 * A step of a process that is stuck.
 *
 * @param id names it as long as it is stuck, however often it is tried: {@code shop:3:send:compute-1}
 * @param name the deployment, or whatever else the process is about
 * @param version its version
 * @param process key of the process
 * @param step id of the element in the diagram
 * @param stepName its name
 * @param node that the step is about; empty if it is about none
 * @param kind {@code failed} if it was given up, {@code away} if somebody is away and it is tried again by itself, {@code silent} if a node was told and does not answer
 * @param since when it was given up, when it was tried first, or since when an answer is waited for
 * @param error of the last try
 * @param tries how often it was tried
 * @param unskippable why no quorum can skip it; empty if one can
 */
public record IncidentView(
        String id, String name, long version, String process, String step, String stepName, Optional<String> node, String kind, Instant since, String error, int tries, Optional<String> unskippable) {}
