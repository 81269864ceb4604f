package org.zosgrid.bpmn.model;

/**
 * What a block "collect approvals" asks.
 *
 * @param table the id of the decision table that says how many people must approve, and of which groups
 * @param people at least so many, whatever the table says
 */
public record Asked(String table, int people) {}
