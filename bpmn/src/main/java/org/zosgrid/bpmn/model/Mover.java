package org.zosgrid.bpmn.model;

import java.util.List;

/**
 * A running instance of an old version, and whether it can go on as one of the new version.
 *
 * @param instance its id
 * @param businessKey as it was started with
 * @param at ids of the elements of the diagram that are under way
 * @param obstacles why it cannot be moved; none if it can
 */
public record Mover(String instance, String businessKey, List<String> at, List<String> obstacles) {
    public Mover {
        at = List.copyOf(at);
        obstacles = List.copyOf(obstacles);
    }

    public boolean canMove() {
        return obstacles.isEmpty();
    }
}
