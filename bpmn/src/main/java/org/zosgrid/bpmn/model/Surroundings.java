package org.zosgrid.bpmn.model;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a model stands among.
 *
 * @param reserved ids of processes that no model may have: the built-in ones
 * @param things names of what operators configured
 */
public record Surroundings(Set<String> reserved, Map<InputType.Thing, Set<String>> things) {
    public Surroundings {
        reserved = Set.copyOf(reserved);
        things = Map.copyOf(things);
    }

    Set<String> named(InputType.Thing thing) {
        return new TreeSet<>(things.getOrDefault(thing, Set.of()));
    }
}
