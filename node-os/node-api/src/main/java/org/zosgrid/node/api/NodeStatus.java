package org.zosgrid.node.api;

import java.util.List;

/**
 * How a node is.
 *
 * @param uptimeSeconds since its process started
 * @param overlayAddress its own address in the overlay
 * @param trustRootVersion the version it is pinned to
 * @param links its overlay links, {@code peer up} or {@code peer down}
 */
public record NodeStatus(
        String node, String release, long uptimeSeconds, String overlayAddress, long trustRootVersion, List<WorkloadState> workloads, List<RouteStatus> routes, List<String> links) {}
