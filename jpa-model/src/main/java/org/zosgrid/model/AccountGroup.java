package org.zosgrid.model;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** A group of accounts; which role it has, the configuration says. */
public record AccountGroup(UUID id, String name, Optional<String> externalId, Instant createdAt, Instant modifiedAt) {}
