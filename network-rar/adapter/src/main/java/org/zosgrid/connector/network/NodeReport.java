package org.zosgrid.connector.network;

import java.util.List;

/**
 * How a node is.
 *
 * @param uptimeSeconds since its process started
 * @param links its overlay links, {@code peer up} or {@code peer down}
 */
public record NodeReport(String node, String release, long uptimeSeconds, String overlayAddress, long trustRootVersion, List<Workload> workloads, List<String> links) {
    public NodeReport {
        workloads = List.copyOf(workloads);
        links = List.copyOf(links);
    }

    /** A machine as its node sees it. */
    public record Workload(String deployment, String name, String state, String address, String message) {}
}
