package org.zosgrid.bpmn;

/**
 * What the decision table sees of a change.
 *
 * @param kind {@code deployment}, {@code pause}, {@code resume}, {@code decommission} or {@code model}
 * @param environment {@code development}, {@code staging} or {@code production}; a removal has the one of what it removes
 * @param exposed whether the internet may reach any of it
 * @param machines how many machines it asks for
 * @param memoryMiB memory of all its machines together, in MiB
 * @param dataClass what it works on, {@code public}, {@code internal}, {@code confidential} or {@code restricted}
 * @param cost of its machines in a month, rounded up, in the currency of the prices
 * @param hour of the day in UTC at which it is asked, 0 to 23
 */
public record ChangeFacts(String kind, String environment, boolean exposed, int machines, long memoryMiB, String dataClass, long cost, int hour) {
    /** The class of whatever says none: the one that is held to most. */
    public static final String RESTRICTED = "restricted";
    /** What is taken for the cost where no prices are known: more than any number in a table. */
    public static final long UNKNOWN_COST = Long.MAX_VALUE;
    /** The last hour of the day. */
    public static final int LAST_HOUR = 23;

    /** Of a change that says nothing of its data, costs nothing and is asked for at midnight. */
    public ChangeFacts(String kind, String environment, boolean exposed, int machines, long memoryMiB) {
        this(kind, environment, exposed, machines, memoryMiB, RESTRICTED, 0, 0);
    }

    /** For people who are told what a table says of such a change. */
    public String inWords() {
        return "a change of the kind " + kind + " in " + environment + ", " + (exposed ? "open to the internet" : "not open to the internet") + ", with " + machines + (machines == 1 ? " machine" : " machines")
                + " and " + memoryMiB + " MiB of memory";
    }
}
