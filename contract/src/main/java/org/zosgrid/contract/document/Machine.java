package org.zosgrid.contract.document;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A container that a node shall run.
 *
 * @param node the node's name in the trust root
 * @param command what to run; empty means the image's own
 * @param environment variables added to the image's own
 * @param cpuMillis thousandths of a processor, 10 to 64,000
 * @param ports TCP ports it listens on; a machine is healthy when they answer
 * @param terminal roles and approver groups of the trust root whose people may open a terminal into it; empty means nobody
 */
public record Machine(
        String name,
        String node,
        ImageReference image,
        List<String> command,
        Map<String, String> environment,
        int cpuMillis,
        DataSize memory,
        List<Integer> ports,
        Set<String> terminal) {
    public Machine {
        Names.check("name", name);
        Names.check("node", node);
        command = List.copyOf(command);
        environment = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(environment));
        ports = List.copyOf(ports);
        terminal = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(terminal));
    }

    public Machine withImage(ImageReference pinned) {
        return new Machine(name, node, pinned, command, environment, cpuMillis, memory, ports, terminal);
    }

    /** What runs, without who may look into it: a container is the same whoever that is. */
    public Machine withoutTerminal() {
        return new Machine(name, node, image, command, environment, cpuMillis, memory, ports, Set.of());
    }

    /** Nodes keep this text as a container's definition: it must not change from one release to the next, so what is not there is not told. */
    @Override
    public String toString() {
        return "Machine[name=" + name + ", node=" + node + ", image=" + image + ", command=" + command + ", environment=" + environment + ", cpuMillis=" + cpuMillis + ", memory=" + memory
                + ", ports=" + ports + (terminal.isEmpty() ? "" : ", terminal=" + terminal) + "]";
    }
}
