package org.zosgrid.workloads.webhook;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.zosgrid.contract.Fault;

/**
 * To whom this server may send. Whoever may make a subscription could otherwise make the server talk to what only it can reach: itself, its neighbours, the
 * nodes, a cloud's metadata. So an address must be of an origin that the configuration lists, and, whatever its name is, must not lead to the machine itself,
 * to link-local or to a node's management address; unless the list has exactly this IP address, or {@code localhost}.
 */
final class AllowedReceivers {
    private static final String ANY_PORT = ":*";

    private final List<Origin> allowed;
    private final Set<InetAddress> management;
    private final Function<String, List<InetAddress>> names;

    /** {@code port} is -1 for any. */
    private record Origin(String scheme, String host, int port) {
        boolean has(URI url) {
            return scheme.equals(url.getScheme()) && hasHost(url.getHost().toLowerCase(Locale.ROOT)) && (port == -1 || port == portOf(url));
        }

        private boolean hasHost(String name) {
            return host.startsWith("*.") ? name.endsWith(host.substring(1)) : name.equals(host);
        }

        /** Whether whoever wrote it down meant an address that is otherwise refused. */
        boolean isExact() {
            return host.equals("localhost") || isLiteral(host);
        }
    }

    private AllowedReceivers(List<Origin> allowed, Set<InetAddress> management, Function<String, List<InetAddress>> names) {
        this.allowed = allowed;
        this.management = management;
        this.names = names;
    }

    /**
     * @param origins    {@code https://hooks.example.org}, {@code https://*.corp.example:8443}, {@code http://127.0.0.1:*}; empty allows nobody
     * @param management the IP addresses at which nodes are managed
     * @param names      the addresses that a name has now
     * @throws IllegalArgumentException with the entry that is none
     */
    static AllowedReceivers of(List<String> origins, List<String> management, Function<String, List<InetAddress>> names) {
        return new AllowedReceivers(origins.stream().map(AllowedReceivers::origin).toList(),
                management.stream().map(InetAddress::ofLiteral).collect(Collectors.toUnmodifiableSet()), names);
    }

    private static Origin origin(String text) {
        boolean anyPort = text.endsWith(ANY_PORT);
        String plain = anyPort ? text.substring(0, text.length() - ANY_PORT.length()) : text;
        boolean anyHost = plain.contains("://*.");
        URI uri = URI.create(anyHost ? plain.replaceFirst("://\\*\\.", "://") : plain);
        if (!isHttp(uri) || uri.getHost() == null || uri.getRawUserInfo() != null || !(uri.getRawPath() + Optional.ofNullable(uri.getRawQuery()).orElse("")).isEmpty()) {
            throw new IllegalArgumentException("must be http or https, '://', a host or '*.' and a domain, and perhaps ':' and a port or '*', is " + text);
        }
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        return new Origin(uri.getScheme(), anyHost ? "*." + host : host, anyPort ? -1 : portOf(uri));
    }

    /** What is wrong with an address; empty if it may be sent to now. Asked again before each message, since names change. */
    Optional<Fault> fault(String field, String text) {
        URI url;
        try {
            url = URI.create(text);
        } catch (IllegalArgumentException malformed) {
            return Optional.of(new Fault(field, "must be an http or https address", text));
        }
        if (!isHttp(url) || url.getHost() == null || url.getRawUserInfo() != null || url.getRawFragment() != null) {
            return Optional.of(new Fault(field, "must be an http or https address without user and fragment", text));
        }
        List<Origin> matching = allowed.stream().filter(each -> each.has(url)).toList();
        if (matching.isEmpty()) {
            return Optional.of(new Fault(field, "must be at one of the origins that zos.webhooks.allow lists", text));
        }
        if (matching.stream().anyMatch(Origin::isExact)) {
            return Optional.empty();
        }
        List<InetAddress> addresses = names.apply(url.getHost());
        if (addresses.isEmpty()) {
            return Optional.of(new Fault(field, "must have a host that has an address now", text));
        }
        return addresses.stream().filter(this::isInside).findFirst()
                .map(inside -> new Fault(field, "must not lead to this machine, to link-local or to a node, but leads to " + inside.getHostAddress(), text));
    }

    private boolean isInside(InetAddress address) {
        return address.isLoopbackAddress() || address.isAnyLocalAddress() || address.isLinkLocalAddress() || address.isMulticastAddress() || management.contains(address);
    }

    /** As the system's resolver has it. The JVM keeps an answer for a while, so that what was checked is what is connected to. */
    static List<InetAddress> resolve(String host) {
        try {
            return Arrays.asList(InetAddress.getAllByName(host));
        } catch (UnknownHostException unknown) {
            return List.of();
        }
    }

    private static boolean isLiteral(String host) {
        try {
            InetAddress.ofLiteral(host.startsWith("[") ? host.substring(1, host.length() - 1) : host);
            return true;
        } catch (IllegalArgumentException name) {
            return false;
        }
    }

    private static boolean isHttp(URI url) {
        return "https".equals(url.getScheme()) || "http".equals(url.getScheme());
    }

    private static int portOf(URI url) {
        if (url.getPort() != -1) {
            return url.getPort();
        }
        return url.getScheme().equals("https") ? 443 : 80;
    }
}
