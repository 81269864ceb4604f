package org.zosgrid.model;

import java.time.Instant;
import java.util.Optional;

/**
 * What decisions are looked for; everything that is given must hold.
 *
 * @param kind of the entry, or empty for all
 * @param name what it is about, or empty for all
 * @param words that stand in its detail, such as a person's name; or empty
 * @param since the earliest
 * @param until before this time
 */
public record LedgerSearch(String kind, String name, String words, Optional<Instant> since, Optional<Instant> until) {}
