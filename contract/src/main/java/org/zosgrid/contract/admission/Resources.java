package org.zosgrid.contract.admission;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.zosgrid.contract.document.Deployment;
import org.zosgrid.contract.document.Machine;

/**
 * Processor time and memory: what machines ask for, what a node has, or what is left of it. The node that decides and the control plane that plans reckon
 * with the same code.
 *
 * @param cpuMillis thousandths of a processor
 * @param memoryBytes of main memory
 */
public record Resources(long cpuMillis, long memoryBytes) {
    public static final Resources NONE = new Resources(0, 0);
    /** Where capacity is not the question. */
    public static final Resources UNLIMITED = new Resources(Long.MAX_VALUE, Long.MAX_VALUE);

    /** What a deployment asks of one node. */
    public static Resources of(Deployment deployment, String node) {
        return sum(deployment.machines().stream().filter(machine -> machine.node().equals(node)));
    }

    /** What a deployment asks of all its nodes together. */
    public static Resources of(Deployment deployment) {
        return sum(deployment.machines().stream());
    }

    private static Resources sum(Stream<Machine> machines) {
        return machines.map(machine -> new Resources(machine.cpuMillis(), machine.memory().bytes())).reduce(NONE, Resources::plus);
    }

    public Resources plus(Resources other) {
        return new Resources(sum(cpuMillis, other.cpuMillis), sum(memoryBytes, other.memoryBytes));
    }

    /** What is left; nothing, where more is taken than there is. */
    public Resources minus(Resources taken) {
        return new Resources(Math.max(0, cpuMillis - taken.cpuMillis), Math.max(0, memoryBytes - taken.memoryBytes));
    }

    /** What of these is not there, in words; empty if all fits. */
    public List<String> lacking(Resources available) {
        List<String> lacking = new ArrayList<>();
        if (cpuMillis > available.cpuMillis) {
            lacking.add("processors: " + processors(cpuMillis) + " are asked for, " + processors(available.cpuMillis) + " are free");
        }
        if (memoryBytes > available.memoryBytes) {
            lacking.add("memory: " + mebibytes(memoryBytes) + " are asked for, " + mebibytes(available.memoryBytes) + " are free");
        }
        return lacking;
    }

    private static String processors(long millis) {
        return String.format(Locale.ROOT, "%.2f", millis / 1000.0);
    }

    private static String mebibytes(long bytes) {
        return (bytes >> 20) + " MiB";
    }

    private static long sum(long one, long other) {
        return one > Long.MAX_VALUE - other ? Long.MAX_VALUE : one + other;
    }
}
