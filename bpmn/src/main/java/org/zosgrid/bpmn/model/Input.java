package org.zosgrid.bpmn.model;

/**
 * An input of a block.
 *
 * @param name as the model writes it
 * @param label for people
 * @param type what may be written into it
 * @param required whether a block without it is refused
 * @param meaning for people, one sentence
 */
public record Input(String name, String label, InputType type, boolean required, String meaning) {}
