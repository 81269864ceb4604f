package org.zosgrid.connector.network;

import java.util.List;

/**
 * How a node is.
 *
 * @param uptimeSeconds since its process started
 * @param capacity what all machines may have together
 * @param reserved what each deployment has of it
 * @param links its overlay links, {@code peer up} or {@code peer down}
 */
public record NodeReport(String node, String release, long uptimeSeconds, String overlayAddress, long trustRootVersion, Room capacity, List<Room> reserved, List<Workload> workloads, List<String> links) {
    public NodeReport {
        reserved = List.copyOf(reserved);
        workloads = List.copyOf(workloads);
        links = List.copyOf(links);
    }

    /** Processor time in thousandths, and memory in bytes; {@code deployment} is empty for a whole node. */
    public record Room(String deployment, long cpuMillis, long memoryBytes) {}

    /** A machine as its node sees it. */
    public record Workload(String deployment, String name, String state, String address, String message) {}
}
