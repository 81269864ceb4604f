package org.zosgrid.node.zmachine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The first process of a container, as runc wrote it down in the container's {@code state.json}. Read instead of asking {@code runc state}, which answers the same
 * and takes a process of its own each time: a node looks at every container in every round.
 *
 * @param id of the process
 * @param started its start after the boot, in ticks: tells it from a later process of the same id
 */
record InitProcess(long id, long started) {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    /** Places in {@code /proc/ID/stat} behind the command, which may hold blanks and ends with the last bracket. */
    private static final int STATE = 0;
    private static final int STARTED = 19;

    /** Empty if runc knows no such container. */
    static Optional<InitProcess> of(Path runtime, String container) {
        try {
            JsonNode state = MAPPER.readTree(Files.readAllBytes(runtime.resolve(container).resolve("state.json")));
            if (!state.path("init_process_pid").isIntegralNumber() || !state.path("init_process_start").isIntegralNumber()) {
                throw new ZMachineException("runc's state of " + container + " names no init_process_pid and init_process_start");
            }
            return Optional.of(new InitProcess(state.path("init_process_pid").asLong(), state.path("init_process_start").asLong()));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (IOException broken) {
            throw new ZMachineException("runc's state of " + container + " cannot be read: " + broken.getMessage(), broken);
        }
    }

    /** Whether it still runs; one that has ended and is not waited for does not. */
    boolean runs() {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(id), "stat"));
            String[] part = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return !part[STATE].equals("Z") && !part[STATE].equals("X") && Long.parseLong(part[STARTED]) == started;
        } catch (IOException gone) {
            return false;
        }
    }
}
