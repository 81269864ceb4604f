package org.zosgrid.workloads.view;

import java.util.List;

/**
 * An instance of a model that is under way.
 *
 * @param change NAME:VERSION of the change it works on
 * @param at ids of the elements that are under way
 * @param obstacles why it cannot be moved to the version in force; none if it can
 */
public record MigratingInstance(String instance, String change, List<String> at, List<String> obstacles) {
    public MigratingInstance {
        at = List.copyOf(at);
        obstacles = List.copyOf(obstacles);
    }
}
