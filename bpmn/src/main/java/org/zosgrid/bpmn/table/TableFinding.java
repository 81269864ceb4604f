package org.zosgrid.bpmn.table;

/**
 * A fault of a decision table or of its examples.
 *
 * @param element id of what is wrong in the table, or {@code examples[2]}; empty if it is the file
 * @param wrong what is wrong
 * @param right what would be right
 */
public record TableFinding(String element, String wrong, String right) {
    @Override
    public String toString() {
        return (element.isEmpty() ? "" : element + ": ") + wrong + "; " + right;
    }
}
