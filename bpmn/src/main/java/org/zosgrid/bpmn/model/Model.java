package org.zosgrid.bpmn.model;

/** A model as it was understood: only what the rules know of, in types. */
record Model(String id, String name, Scope scope) {}
