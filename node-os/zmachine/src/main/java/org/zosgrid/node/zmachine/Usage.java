package org.zosgrid.node.zmachine;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a container has taken since it was started.
 *
 * @param cpuNanos time of processors
 * @param throttledNanos time in which it wanted to run and had used up its share
 * @param memoryBytes held now, without what the kernel keeps of files and could drop at once
 * @param memoryPeakBytes the most that was ever held, with that; 0 where the kernel does not count it
 * @param processes that live now, threads counted
 * @param receivedBytes on its network, without the loopback
 */
public record Usage(long cpuNanos, long throttledNanos, long memoryBytes, long memoryPeakBytes, long processes, long receivedBytes, long sentBytes) {
    private static final int RECEIVED = 1;
    private static final int SENT = 9;

    /**
     * @param stats what {@code runc events --stats} prints, for control groups of either version
     * @param networks a process's {@code net/dev}
     */
    static Usage of(JsonNode stats, Path networks) throws IOException {
        JsonNode data = stats.path("data");
        JsonNode cpu = data.path("cpu");
        JsonNode memory = data.path("memory");
        if (!cpu.path("usage").path("total").isIntegralNumber() || !memory.path("usage").path("usage").isIntegralNumber()) {
            throw new IOException("runc's figures have no cpu.usage.total or no memory.usage.usage");
        }
        JsonNode raw = memory.path("raw");
        long droppable = raw.path("total_inactive_file").asLong(raw.path("inactive_file").asLong());
        long used = memory.path("usage").path("usage").asLong();
        long received = 0;
        long sent = 0;
        for (String line : Files.readAllLines(networks)) {
            String[] part = line.strip().split("[:\\s]+");
            if (line.contains(":") && !part[0].equals("lo") && part.length > SENT) {
                received += Long.parseLong(part[RECEIVED]);
                sent += Long.parseLong(part[SENT]);
            }
        }
        return new Usage(cpu.path("usage").path("total").asLong(), cpu.path("throttling").path("throttledTime").asLong(), Math.max(0, used - droppable),
            memory.path("usage").path("max").asLong(), data.path("pids").path("current").asLong(), received, sent);
    }
}
