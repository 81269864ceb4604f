package org.zosgrid.bpmn.model;

/**
 * What can happen next.
 *
 * @param to the situation afterwards
 * @param by the node at which it happens
 * @param waited whether time, a person or a node had to come before it
 */
record Move(State to, Node by, boolean waited) {}
