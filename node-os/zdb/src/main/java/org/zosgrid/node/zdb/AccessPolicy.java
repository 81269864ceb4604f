package org.zosgrid.node.zdb;

import java.util.Set;

/**
 * What the clients of one listener may do, whatever they say. A node gives the control plane a policy that lets it append to one namespace and read
 * another: so whoever holds the control plane cannot rewrite what the node was told or what it answered.
 */
public sealed interface AccessPolicy {

    /** Everything, by the protocol's own rules of passwords and administrators. */
    record Full() implements AccessPolicy {}

    /** Only these namespaces: some to append to and read, some to read. */
    record Restricted(Set<String> append, Set<String> read) implements AccessPolicy {
        public Restricted {
            append = Set.copyOf(append);
            read = Set.copyOf(read);
        }
    }

    Set<String> ALWAYS = Set.of("PING", "TIME", "SELECT");
    Set<String> READS = Set.of("GET", "MGET", "EXISTS", "LENGTH", "KEYTIME", "CHECK", "SCAN", "HISTORY", "DBSIZE", "WAIT");

    /** Whether a command may run in the selected namespace. */
    default boolean allows(String command, String namespace, boolean appends) {
        return switch (this) {
            case Full full -> true;
            case Restricted only -> ALWAYS.contains(command)
                    || READS.contains(command) && (only.read().contains(namespace) || only.append().contains(namespace))
                    || command.equals("SET") && appends && only.append().contains(namespace);
        };
    }

    /** Whether a namespace may be selected at all. */
    default boolean opens(String namespace) {
        return switch (this) {
            case Full full -> true;
            case Restricted only -> only.append().contains(namespace) || only.read().contains(namespace);
        };
    }
}
