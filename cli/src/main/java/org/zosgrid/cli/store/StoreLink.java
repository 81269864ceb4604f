package org.zosgrid.cli.store;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.zosgrid.cli.CliException;
import org.zosgrid.contract.transport.ManagementIdentity;
import org.zosgrid.contract.transport.ManagementTls;
import org.zosgrid.zdb.client.Reply;
import org.zosgrid.zdb.client.ZdbClient;

/** A connection to a store that runs. Passwords are proved, never sent. What the store refuses is told in its own words. */
public final class StoreLink implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final ZdbClient client;

    /**
     * Where a store is and how one gets in.
     *
     * @param address host and port, as {@code 127.0.0.1:9900} or {@code [::1]:9900}
     * @param identity folder of the certificate and key for TLS
     * @param peer common name that the store's certificate must have
     * @param admin file with the administrator's password
     */
    public record Access(String address, Optional<Path> identity, Optional<String> peer, Optional<Path> admin) {}

    private StoreLink(ZdbClient client) {
        this.client = client;
    }

    public static StoreLink open(Access access) {
        StoreLink link = new StoreLink(connect(access));
        try {
            access.admin().ifPresent(file -> link.prove("AUTH", List.of("AUTH", "SECURE"), secret(file)));
            return link;
        } catch (RuntimeException refused) {
            link.close();
            throw refused;
        }
    }

    private static ZdbClient connect(Access access) {
        InetSocketAddress address = parse(access.address());
        if (access.identity().isEmpty() != access.peer().isEmpty()) {
            throw new CliException("--tls, --peer: are given together or not at all");
        }
        if (access.identity().isEmpty()) {
            return ZdbClient.connect(address);
        }
        try {
            return ZdbClient.over(ManagementTls.connect(ManagementTls.context(ManagementIdentity.read(access.identity().get())), address, access.peer().orElseThrow(), LIMIT));
        } catch (IOException refused) {
            throw new CliException("cannot reach the store at " + access.address() + " over TLS: " + refused.getMessage(), refused);
        }
    }

    static InetSocketAddress parse(String address) {
        int colon = address.lastIndexOf(':');
        String port = address.substring(colon + 1);
        if (colon < 1 || !port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65_535) {
            throw new CliException("--address: must be HOST:PORT, such as 127.0.0.1:9900 (is: " + address + ")");
        }
        return new InetSocketAddress(address.substring(0, colon).replaceAll("^\\[|]$", ""), Integer.parseInt(port));
    }

    private static String secret(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException unreadable) {
            throw new CliException("cannot read the password in " + file + ": " + unreadable.getMessage());
        }
    }

    private void prove(String what, List<String> command, String password) {
        String challenge = text(ask("AUTH", "SECURE", "CHALLENGE"));
        try {
            String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest((challenge + ":" + password).getBytes(StandardCharsets.UTF_8)));
            ask(java.util.stream.Stream.concat(command.stream(), java.util.stream.Stream.of(hash)).toArray(String[]::new));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(what, impossible);
        }
    }

    /** Selects a namespace, proving its password if there is one in the file. */
    public void select(String namespace, Optional<Path> password) {
        if (password.isPresent()) {
            prove("SELECT", List.of("SELECT", namespace, "SECURE"), secret(password.get()));
        } else {
            ask("SELECT", namespace);
        }
    }

    /** Sends a command that must succeed. */
    public Reply ask(String... words) {
        return ask(Arrays.stream(words).map(each -> each.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new));
    }

    public Reply ask(byte[]... words) {
        Reply reply = send(words);
        if (reply instanceof Reply.Failure failure) {
            throw new CliException("the store refused " + new String(words[0], StandardCharsets.UTF_8) + ": " + failure.text());
        }
        return reply;
    }

    /** Sends a command and hands back whatever is answered. */
    public Reply send(byte[]... words) {
        return client.send(words);
    }

    /** The text of a reply that must be one. */
    public static String text(Reply reply) {
        return switch (reply) {
            case Reply.Simple simple -> simple.text();
            case Reply.Bulk bulk -> new String(bulk.bytes(), StandardCharsets.UTF_8);
            default -> throw new CliException("the store answered with " + reply.getClass().getSimpleName() + " instead of text");
        };
    }

    /** {@code name: value} lines, as INFO and NSINFO answer. */
    public Map<String, String> facts(String... words) {
        Map<String, String> facts = new LinkedHashMap<>();
        text(ask(words)).lines().filter(line -> line.contains(": ")).forEach(line -> facts.put(line.substring(0, line.indexOf(':')), line.substring(line.indexOf(':') + 2)));
        return facts;
    }

    /** Names of its namespaces. */
    public List<String> namespaces() {
        return ask("NSLIST") instanceof Reply.Array names ? names.items().stream().map(StoreLink::text).toList() : List.of();
    }

    @Override
    public void close() {
        client.close();
    }
}
