package org.zosgrid.workloads.view;

/**
 * Which changes are looked for; what is empty does not narrow.
 *
 * @param part stands in the name
 * @param state of the newest version
 * @param waitsFor a person with an open seat
 */
public record ChangeQuery(String part, String state, String waitsFor) {}
