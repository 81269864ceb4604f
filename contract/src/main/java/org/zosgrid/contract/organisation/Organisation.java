package org.zosgrid.contract.organisation;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * One that shares an installation with others.
 *
 * @param name  1 to 36 of {@code a-z}, {@code 0-9} and {@code -}
 * @param own   what it has for itself; empty for the default organisation, to which the installation's own settings belong
 * @param quota the most that it may have at once
 */
public record Organisation(String name, Optional<Own> own, Quota quota) {
    /** To whom everything belongs that belonged to somebody before there were organisations, and every node that nobody else has. */
    public static final String DEFAULT = "default";

    /**
     * What an organisation has for itself.
     *
     * @param trustRoot     the envelope of the trust root that is pinned
     * @param ledgerKey     the key pair that signs its ledger's checkpoints, or a directory of them
     * @param hub           the address of the hub with its images
     * @param nodes         the nodes that are its own: its trust root may name these and no others
     * @param metricsToken  the file with what a collector of its metrics shows; empty: nobody gets them
     * @param scimToken     the file with what its provisioning service shows; empty: nobody provisions accounts so
     * @param mailAddresses the properties file with its people's addresses; empty: nobody of it is told anything by mail
     * @param tickets       where it keeps tickets about its changes; empty: nowhere
     */
    public record Own(Path trustRoot, Path ledgerKey, String hub, Set<String> nodes, Optional<Path> metricsToken, Optional<Path> scimToken, Optional<Path> mailAddresses,
            Optional<TicketDesk> tickets) {
        public Own {
            nodes = Set.copyOf(nodes);
        }
    }

    /** How a fault names one of its fields. */
    public String field(String name) {
        return "organisations." + this.name + "." + name;
    }

    static Organisation theDefault(Quota quota) {
        return new Organisation(DEFAULT, Optional.empty(), quota);
    }
}
