package org.zosgrid.workloads.view;

import java.time.Instant;
import java.util.List;

/**
 * A login that has just begun.
 *
 * @param token to be shown with every request; it is not told again
 * @param roles in small letters
 */
public record LoginView(String token, String name, List<String> roles, Instant expiresAt) {}
