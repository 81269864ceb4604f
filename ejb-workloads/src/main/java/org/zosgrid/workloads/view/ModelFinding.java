package org.zosgrid.workloads.view;

/**
 * A fault of a model.
 *
 * @param element id of the element in the file; empty if it is the file's
 * @param name of the element; empty if it has none
 * @param rule that it breaks
 */
public record ModelFinding(String element, String name, String rule, String wrong, String right) {}
