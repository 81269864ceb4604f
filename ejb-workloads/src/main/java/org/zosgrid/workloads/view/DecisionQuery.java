package org.zosgrid.workloads.view;

import java.time.Instant;
import java.util.Optional;

/**
 * What decisions are looked for; everything that is given must hold, and empty means all.
 *
 * @param name what it is about
 * @param words that stand in its detail, such as a person's name
 * @param until before this time
 */
public record DecisionQuery(String kind, String name, String words, Optional<Instant> since, Optional<Instant> until) {}
