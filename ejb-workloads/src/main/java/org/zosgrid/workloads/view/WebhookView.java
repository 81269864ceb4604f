package org.zosgrid.workloads.view;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A subscription to decisions.
 *
 * @param name by which models name it; empty if they cannot
 * @param types of events; empty means all
 * @param secret with which messages are signed: there once, in the answer that made it, and only if it was made here
 * @param secretFile the name of the file that holds the secret otherwise
 * @param waiting how many messages are still to be delivered
 * @param dead how many were given up
 */
public record WebhookView(long id, Optional<String> name, String url, List<String> types, Optional<String> secret, Optional<String> secretFile, String creator, Instant createdAt, long waiting, long dead) {
    public WebhookView {
        types = List.copyOf(types);
    }
}
