package org.zosgrid.node.core0;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.zosgrid.contract.admission.Resources;

/**
 * What a node has for machines, and what is left of it. Paused deployments keep what they have, so that they can be resumed.
 *
 * @param total for all machines together
 */
record Capacity(Resources total) {
    /** Machines seldom use all the processor time they may: so many times over it is given away. Memory is never. */
    private static final int PROCESSORS_TIMES = 4;
    /** Of the memory, what the node's own processes and the kernel keep. */
    private static final int KEPT_PERCENT = 10;

    /** As configured, otherwise as measured. */
    static Capacity of(Optional<Resources> configured) {
        return new Capacity(configured.orElseGet(Capacity::measured));
    }

    private static Resources measured() {
        return new Resources(Runtime.getRuntime().availableProcessors() * 1000L * PROCESSORS_TIMES, memory() / 100 * (100 - KEPT_PERCENT));
    }

    private static long memory() {
        try {
            String line = Files.readAllLines(Path.of("/proc/meminfo")).getFirst();
            return Long.parseLong(line.replaceAll("[^0-9]", "")) << 10;
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read how much memory there is", unreadable);
        }
    }

    /** What is left for one name. */
    Resources free(DesiredState desired, String node, String name) {
        return total.minus(desired.kept().stream().filter(each -> !each.name().equals(name)).map(each -> Resources.of(each, node)).reduce(Resources.NONE, Resources::plus));
    }
}
