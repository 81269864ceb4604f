package org.zosgrid.node.zmachine;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What to run.
 *
 * @param id unique on the machine; also the name of its control group
 * @param definition what asks for it; by another definition, a container begins with an empty layer
 * @param root the read-only root file system; writes go to a layer above it
 * @param command at least one word
 * @param user {@code uid} or {@code uid:gid}, empty for root
 * @param cpuMillis thousandths of a processor
 * @param memoryBytes where the kernel ends it
 * @param networkNamespace a file such as {@code /run/netns/NAME}
 */
public record ContainerSpec(
        String id, String definition, Path root, List<String> command, Map<String, String> environment, String workingDirectory, String user, int cpuMillis, long memoryBytes, Path networkNamespace) {
    public ContainerSpec {
        if (!id.matches("[a-z0-9][a-z0-9.-]{0,126}")) {
            throw new ZMachineException("a container's id must be 1 to 127 of a-z, 0-9, '.' and '-' (is: " + id + ")");
        }
        if (command.isEmpty()) {
            throw new ZMachineException("container " + id + " has no command: neither its document nor its image names one");
        }
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }
}
