package org.zosgrid.node.api;

import java.util.List;

/**
 * How a node is.
 *
 * @param uptimeSeconds since its process started
 * @param overlayAddress its own address in the overlay
 * @param trustRootVersion the version it is pinned to
 * @param capacity what all machines may have together
 * @param reserved what each deployment has of it
 * @param storage of its Zero-DB
 * @param images fingerprints of the images it keeps, in hex
 */
public record NodeStatus(
        String node, String release, long uptimeSeconds, String overlayAddress, long trustRootVersion, Room capacity, List<Room> reserved, Storage storage, List<WorkloadState> workloads, List<RouteStatus> routes, List<LinkState> links, List<String> images) {}
