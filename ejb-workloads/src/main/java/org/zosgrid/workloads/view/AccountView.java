package org.zosgrid.workloads.view;

import java.time.Instant;
import java.util.List;

/**
 * An account.
 *
 * @param groups by name
 * @param password whether it has one here
 */
public record AccountView(String name, String displayName, boolean active, boolean password, List<String> groups, Instant createdAt) {}
