package org.zosgrid.bpmn;

/**
 * What the decision table sees of a change.
 *
 * @param kind {@code deployment}, {@code pause}, {@code resume}, {@code decommission} or {@code model}
 * @param environment {@code development}, {@code staging} or {@code production}; a removal has the one of what it removes
 * @param exposed whether the internet may reach any of it
 * @param machines how many machines it asks for
 * @param memoryMiB memory of all its machines together, in MiB
 */
public record ChangeFacts(String kind, String environment, boolean exposed, int machines, long memoryMiB) {

    /** For people who are told what a table says of such a change. */
    public String inWords() {
        return "a change of the kind " + kind + " in " + environment + ", " + (exposed ? "open to the internet" : "not open to the internet") + ", with " + machines + (machines == 1 ? " machine" : " machines")
                + " and " + memoryMiB + " MiB of memory";
    }
}
