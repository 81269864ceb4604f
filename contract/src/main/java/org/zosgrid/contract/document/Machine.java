package org.zosgrid.contract.document;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A container that a node shall run.
 *
 * @param node the node's name in the trust root
 * @param command what to run; empty means the image's own
 * @param environment variables added to the image's own
 * @param cpuMillis thousandths of a processor, 10 to 64,000
 * @param ports TCP ports it listens on; a machine is healthy when they answer
 */
public record Machine(
        String name,
        String node,
        ImageReference image,
        List<String> command,
        Map<String, String> environment,
        int cpuMillis,
        DataSize memory,
        List<Integer> ports) {
    public Machine {
        Names.check("name", name);
        Names.check("node", node);
        command = List.copyOf(command);
        environment = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(environment));
        ports = List.copyOf(ports);
    }

    public Machine withImage(ImageReference pinned) {
        return new Machine(name, node, pinned, command, environment, cpuMillis, memory, ports);
    }
}
