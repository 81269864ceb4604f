package org.zosgrid.connector.network;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a node is.
 *
 * @param uptimeSeconds since its process started
 * @param capacity what all machines may have together
 * @param reserved what each deployment has of it
 * @param storage of its Zero-DB
 * @param images fingerprints of the images it keeps, in hex
 */
public record NodeReport(String node, String release, long uptimeSeconds, String overlayAddress, long trustRootVersion, Room capacity, List<Room> reserved, Storage storage, List<Workload> workloads, List<Link> links,
        List<String> images) {
    public NodeReport {
        reserved = List.copyOf(reserved);
        workloads = List.copyOf(workloads);
        links = List.copyOf(links);
        images = List.copyOf(images);
    }

    /** Processor time in thousandths, and memory in bytes; {@code deployment} is empty for a whole node. */
    public record Room(String deployment, long cpuMillis, long memoryBytes) {}

    /** A machine as its node sees it. */
    public record Workload(String deployment, String name, String state, String address, String message) {}

    /** Bytes that the namespaces of its store may take together, and how many are neither taken nor reserved. */
    public record Storage(long capacityBytes, long freeBytes) {}

    /**
     * An overlay link as the node sees it.
     *
     * @param roundTrip empty before the first measurement, and while the link is down
     * @param problem why the last handshake was refused, or empty
     */
    public record Link(String peer, boolean up, Optional<Duration> roundTrip, String problem) {}
}
