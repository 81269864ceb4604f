package org.zosgrid.cli.openid;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A login that waits for somebody at a browser, RFC 8628, section 3.2.
 *
 * @param deviceCode what this program asks with; nobody else is to see it
 * @param userCode   what the person compares, or types
 * @param page       where they do
 * @param pageWithCode the same, with the code in it
 * @param interval   the least between two questions
 */
public record DeviceGrant(String deviceCode, String userCode, URI page, Optional<URI> pageWithCode, Instant expiresAt, Duration interval) {
    @Override
    public String toString() {
        return "a login that waits at " + page + " under " + userCode;
    }
}
