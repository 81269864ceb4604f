package org.zosgrid.bpmn.model;

import java.util.Locale;

/** What a model is held to. A {@link Finding} names one of them. */
public enum Rule {
    /** The file is XML in UTF-8, within bounds, without a document type. */
    XML("the file is XML in UTF-8, of at most 1 MiB and 20,000 XML elements, without a document type"),
    ALLOWED("only elements and attributes of the language of models stand in it: no scripts, class names, listeners, calls, messages, signals, connectors, forms"),
    EXPRESSION("no ${…} or #{…} stands anywhere"),
    IDENTIFIER("ids are letters, digits, - and _, at most 60, and there is one of each"),
    PROCESS_ID("the process has an id of its own, none of the built-in ones"),
    SIZE("there are at most 500 flow elements"),
    REFERENCE("what a flow, a boundary event, a default or an error names is there, in the same scope"),
    STRUCTURE("each scope has one start, and each element the flows that its kind has"),
    BLOCK("each task is one of the blocks, drawn with the kind of element that the block has"),
    INPUT("each input of a block is documented, within its limits, and there if the block needs it"),
    CONDITION("each condition is written in the language zos"),
    TIMER("a timer waits for a fixed duration, 1 second to 366 days"),
    UNCAUGHT("every error that a block can end with is caught on it or around it"),
    VERIFY_FIRST("signatures are verified before approvals are collected, on every path"),
    QUORUM("approvals are collected before the change is sealed, on every path"),
    SEAL_ONCE("a change is sealed once"),
    SEAL_FIRST("a change is sealed before nodes hear of it, on every path"),
    HEALTHY_FIRST("everything runs before it is exposed, on every path"),
    UNDO("a change that was sealed ends running, removed or withdrawn from every node"),
    OUTCOME("every run ends with one outcome, and the outcome is true"),
    ONE_AT_A_TIME("steps of the change follow each other; only notes, webhooks, tickets and waits run beside them"),
    TWICE("no element is under way twice at once"),
    REACHABLE("every element can be reached"),
    ENDS("whatever happens, the process can end"),
    BUSY("every loop waits somewhere, for a timer or for people"),
    COMPLEX("the ways through the model can be tried one by one: at most 50,000 situations");

    private final String demand;

    Rule(String demand) {
        this.demand = demand;
    }

    /** What must hold, in one line. */
    public String demand() {
        return demand;
    }

    /** As it stands in findings: {@code seal-first}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
