package org.zosgrid.contract.admission;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a node knows when it decides.
 *
 * @param node its own name in the trust root
 * @param now its clock
 * @param accepted the newest accepted version under a name, empty if there was none
 */
public record NodeView(String node, Instant now, Function<String, Optional<Accepted>> accepted) {}
