package org.zosgrid.bpmn.model;

/**
 * A fault of a model.
 *
 * @param element id of the element in the diagram; empty if the fault is the file's
 * @param name of the element, as it stands in the diagram; empty if it has none
 * @param rule that it breaks
 * @param wrong what is wrong
 * @param right what would be right
 */
public record Finding(String element, String name, Rule rule, String wrong, String right) {
    /** In one line, for people. */
    @Override
    public String toString() {
        return (element.isEmpty() ? "" : element + (name.isEmpty() ? "" : " (" + name + ")") + ": ") + wrong + "; " + right + " [" + rule + "]";
    }
}
