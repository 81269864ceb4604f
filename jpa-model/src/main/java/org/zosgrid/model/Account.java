package org.zosgrid.model;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Who may log in, or may not any more. An account is nobody of the trust root, whatever it is called.
 *
 * @param name       in small letters, of its own
 * @param externalId as the service calls it that provisions it
 * @param active     whether it gets in at all, however it proves who it is
 */
public record Account(UUID id, String name, Optional<String> externalId, Profile profile, boolean active, Instant createdAt, Instant modifiedAt) {
    /** What people know each other by; texts are empty where nothing was said. */
    public record Profile(String displayName, String givenName, String familyName, String email) {
        public static Profile named(String displayName) {
            return new Profile(displayName, "", "", "");
        }
    }
}
