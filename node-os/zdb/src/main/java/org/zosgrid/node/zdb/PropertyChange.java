package org.zosgrid.node.zdb;

import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/** Reads what NSSET is to change: a property's name and its value. */
final class PropertyChange {
    private static final int MAX_LIMIT = 1_000_000_000;
    private static final List<String> OF_DEFAULT = List.of("mode", "lock", "freeze", "durability", "retention", "reserve", "rate");

    private final ZdbServer server;

    PropertyChange(ZdbServer server) {
        this.server = server;
    }

    /**
     * What a namespace's properties are to become.
     *
     * @param property in small letters
     * @throws ZdbException.Refused if there is no such property, or it cannot have this value
     */
    UnaryOperator<NamespaceProperties> of(Namespace namespace, String property, String value) {
        if (namespace.name().equals(Store.DEFAULT) && !OF_DEFAULT.contains(property)) {
            throw new ZdbException.Refused("Cannot update default namespace");
        }
        return switch (property) {
            case "mode" -> mode(value);
            case "maxsize" -> now -> now.withMaxSize(size(value));
            case "worm" -> now -> now.withWorm(flag(value));
            case "public" -> now -> now.withOpen(flag(value));
            case "lock" -> now -> now.withLocked(flag(value));
            case "freeze" -> now -> now.withFrozen(flag(value));
            case "password" -> now -> value.equals("*") ? now.withPassword("", "") : now.withPassword(Password.hash(value), server.secret().seal(value));
            case "durability" -> now -> durability(now, value);
            case "retention" -> now -> now.withRetention(retention(value));
            case "reserve" -> now -> now.withQuota(now.quota().withReserved(size(value)));
            case "connections" -> now -> now.withQuota(now.quota().withConnections((int) limit(value)));
            case "rate" -> now -> now.withQuota(now.quota().withRate((int) limit(value)));
            default -> throw new ZdbException.Refused("Invalid property");
        };
    }

    private UnaryOperator<NamespaceProperties> mode(String value) {
        Mode wanted = switch (value) {
            case "user" -> Mode.USER;
            case "seq" -> Mode.SEQUENTIAL;
            default -> throw new ZdbException.Refused("Invalid property value (expected: user, seq)");
        };
        if (server.config().settings().singleMode()) {
            throw new ZdbException.Refused("This server instance is configured to use a single runtime mode");
        }
        return now -> now.withMode(wanted);
    }

    private static NamespaceProperties durability(NamespaceProperties now, String value) {
        return switch (value) {
            case "sync" -> now.withDurability(Durability.SYNC, now.interval());
            case "system" -> now.withDurability(Durability.SYSTEM, now.interval());
            default -> {
                if (!value.matches("[1-9][0-9]{0,8}")) {
                    throw new ZdbException.Refused("Invalid property value (expected: sync, system, or milliseconds)");
                }
                yield now.withDurability(Durability.INTERVAL, Duration.ofMillis(Long.parseLong(value)));
            }
        };
    }

    private static Retention retention(String value) {
        try {
            return Retention.parse(value);
        } catch (IllegalArgumentException wrong) {
            throw new ZdbException.Refused("Invalid property value (expected: all, a number of versions, or a span as 90s, 15m, 12h, 30d)");
        }
    }

    private static boolean flag(String value) {
        return switch (value) {
            case "1" -> true;
            case "0" -> false;
            default -> throw new ZdbException.Refused("Invalid property value");
        };
    }

    private static long limit(String value) {
        long limit = size(value);
        if (limit > MAX_LIMIT) {
            throw new ZdbException.Refused("Invalid property value (expected: 0 to " + MAX_LIMIT + ")");
        }
        return limit;
    }

    private static long size(String value) {
        if (!value.matches("[0-9]{1,18}")) {
            throw new ZdbException.Refused("Invalid property value");
        }
        return Long.parseLong(value);
    }
}
