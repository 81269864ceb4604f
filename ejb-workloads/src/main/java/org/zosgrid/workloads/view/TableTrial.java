package org.zosgrid.workloads.view;

import java.util.List;
import java.util.OptionalInt;

/**
 * What a decision table that is not in force says of one change.
 *
 * @param findings what is wrong with it; whether it says the same of this change when they are mended is not known
 * @param rows ids of the rows that accept the change, in their order
 * @param people how many it demands; empty if it says nothing
 * @param groups of each of which somebody must be among them
 * @param least how many the trust root's rules demand of such a change, whatever the table says
 */
public record TableTrial(List<ModelFinding> findings, List<String> rows, OptionalInt people, List<String> groups, int least) {
    /** A change that nobody has made. */
    public record Change(String kind, String environment, boolean exposed, int machines, long memoryMiB, String dataClass, long cost, int hour) {}
}
