package org.zosgrid.workloads.view;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A node, as far as it is known.
 *
 * @param standing {@code member} of the trust root, {@code admitting} or {@code retiring} while a change about it is under way, otherwise {@code stranger}
 * @param capabilities what the trust root lets it do: {@code compute}, {@code gateway}; none if it does not name the node
 * @param witness whether the trust root counts its signatures under checkpoints of the ledger
 * @param status what it answered just now; empty if it did not
 * @param problem why there is no status; empty if there is one
 * @param heardAt when it made the newest receipt that is here, by its own clock
 * @param receiptsNext the first record of its receipts that is not here yet
 * @param ledgerSize of the largest checkpoint that it has accepted, as far as its receipts are here
 */
public record NodeView(String name, String standing, List<String> capabilities, boolean witness, Optional<Status> status, String problem, Optional<Instant> heardAt, long receiptsNext, long ledgerSize) {
    public NodeView {
        capabilities = List.copyOf(capabilities);
    }

    /**
     * What a node says of itself.
     *
     * @param images fingerprints of the images it keeps, in hex
     * @param references what approved documents call these images, pinned; it is the control plane that says so
     */
    public record Status(
            String release, Duration uptime, String overlayAddress, long trustRootVersion, Room capacity, List<Room> reserved, Storage storage, List<Workload> workloads, List<Link> links, List<String> images,
            List<String> references) {
        public Status {
            reserved = List.copyOf(reserved);
            workloads = List.copyOf(workloads);
            links = List.copyOf(links);
            images = List.copyOf(images);
            references = List.copyOf(references);
        }
    }

    /** Processor time in thousandths of one, and memory; {@code deployment} is empty for a whole node. */
    public record Room(String deployment, long cpuMillis, long memoryBytes) {}

    /** Of its Zero-DB. */
    public record Storage(long capacityBytes, long freeBytes) {}

    /** A machine on it. */
    public record Workload(String deployment, String name, String state, String address, String message) {}

    /** An overlay link from it; {@code roundTrip} is empty before the first measurement, and while the link is down. */
    public record Link(String peer, boolean up, Optional<Duration> roundTrip, String problem) {}

    /** What it signed. */
    public record Receipt(long sequence, String name, long version, String outcome, String reason, String message, Instant at) {}

    /** A node with its newest receipts, the newest first. */
    public record Detail(NodeView node, List<Receipt> receipts) {
        public Detail {
            receipts = List.copyOf(receipts);
        }
    }
}
