package org.zosgrid.bpmn.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.zosgrid.bpmn.Outcome;
import org.zosgrid.bpmn.condition.Condition;
import org.zosgrid.bpmn.xml.Element;

/** Two ways to write the same: blocks, as customers do, and the engine's own terms, as the built-in models and the compiler do. */
interface Dialect {
    /** How many times as large as a customer's file a file may be. */
    int times();

    /** What may stand in a file at all. */
    Grammar grammar();

    /** What a task, an event or a sub-process does. */
    Meaning meaning(Element element, Findings findings);

    /** What a flow asks, of an element {@code bpmn:conditionExpression}; null if that is not for the play to know. */
    @Nullable Condition condition(Element flow, Element expression, Findings findings);

    /** How long a timer waits, as it is written. */
    String timer(Element event, Element definition, Findings findings);

    /** Faults of the file as a whole. */
    void process(Element root, Element process, Findings findings);

    /**
     * What an element does.
     *
     * @param errors codes of the errors that it can end with
     * @param outcome that it declares
     */
    record Meaning(Act act, @Nullable Block block, Map<String, String> inputs, List<String> errors, Outcome.@Nullable Stage outcome) {
        static final Meaning NONE = new Meaning(Act.NONE, null, Map.of(), List.of(), null);
    }
}
