package org.zosgrid.contract.organisation;

import java.util.ArrayList;
import java.util.List;
import org.zosgrid.contract.Fault;
import org.zosgrid.contract.JsonObject;
import org.zosgrid.contract.admission.Resources;
import org.zosgrid.contract.document.DataSize;

/**
 * The most that an organisation may have at once, over all its nodes. What nodes have room for is another matter, which they decide.
 *
 * @param deployments how many, running or paused
 * @param resources   of all machines together
 */
public record Quota(long deployments, Resources resources) {
    public static final Quota NONE = new Quota(Long.MAX_VALUE, Resources.UNLIMITED);

    private static final long MAX_DEPLOYMENTS = 1_000_000;
    private static final long MAX_CPU_MILLIS = 1_000_000_000;

    /** What is not named is not limited. */
    static Quota read(JsonObject json) {
        long deployments = json.has("deployments") ? json.number("deployments", 0, MAX_DEPLOYMENTS) : NONE.deployments();
        long cpu = json.has("cpuMillis") ? json.number("cpuMillis", 0, MAX_CPU_MILLIS) : NONE.resources().cpuMillis();
        long memory = json.has("memory") ? json.value("memory", 20, DataSize::parse, new DataSize(1)).bytes() : NONE.resources().memoryBytes();
        return new Quota(deployments, new Resources(cpu, memory));
    }

    /** What is exceeded by so much; empty if it is within. */
    public List<Fault> exceededBy(long count, Resources asked) {
        List<Fault> faults = new ArrayList<>();
        exceeded(faults, "quota.deployments", "deployments", deployments, count);
        exceeded(faults, "quota.cpuMillis", "thousandths of a processor", resources.cpuMillis(), asked.cpuMillis());
        exceeded(faults, "quota.memory", "bytes of memory", resources.memoryBytes(), asked.memoryBytes());
        return List.copyOf(faults);
    }

    private static void exceeded(List<Fault> faults, String field, String what, long limit, long asked) {
        if (asked > limit) {
            faults.add(new Fault(field, "allows the organisation at most " + limit + " " + what + ", and with this there would be", Long.toString(asked)));
        }
    }
}
