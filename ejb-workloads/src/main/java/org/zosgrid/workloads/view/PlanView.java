package org.zosgrid.workloads.view;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.zosgrid.contract.document.Demand;

/**
 * What would become of a deployment that nobody has submitted yet.
 *
 * @param faults why it would not come to run as things stand; empty if nothing is in its way
 * @param kinds what kinds of change it is, as policies call them
 * @param quorum how many people must approve
 * @param mayApprove who they can be
 * @param rules what must be satisfied, and who says so
 * @param demand what decision tables demand beyond the rules: the document must bind it before it is signed
 * @param opensAt when the time windows of all rules are open at once next; empty if never
 */
public record PlanView(
        String name, long version, List<String> faults, List<String> kinds, int quorum, List<String> mayApprove, List<String> rules, Demand demand, Optional<Instant> opensAt, List<OnNode> nodes) {

    /**
     * What one node would do.
     *
     * @param actions in words; empty if nothing changes there
     * @param asked what the new version asks of the node
     * @param free what is left of it for this name; empty if the node did not say
     */
    public record OnNode(String node, List<String> actions, Amount asked, Optional<Amount> free) {}

    /** Processor time in thousandths of a processor, and memory in bytes. */
    public record Amount(long cpuMillis, long memoryBytes) {}
}
