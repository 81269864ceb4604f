package org.zosgrid.node.zdb;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.zosgrid.zdb.client.Reply;
import org.zosgrid.zdb.client.ZdbClient;

/** What a secondary says to its primary, and how it reads the answers. */
final class PrimaryLink implements AutoCloseable {
    private final ZdbClient client;

    /** Which store the primary is of, and in which epoch it writes. */
    record Greeting(UUID store, int epoch) {}

    record Described(String name, NamespaceProperties properties, String password) {}

    record Catalogue(long changes, List<Described> namespaces) {}

    record Part(String name, UUID identity, LogPart entries) {}

    PrimaryLink(ZdbClient client) {
        this.client = client;
    }

    /** {@code host:port}, as it is written in commands and kept on the disk. */
    static InetSocketAddress parse(String address) {
        int colon = address.lastIndexOf(':');
        if (colon < 1 || !address.substring(colon + 1).matches("[0-9]{1,5}") || Integer.parseInt(address.substring(colon + 1)) > 65_535) {
            throw new IllegalArgumentException("the primary's address must be host:port (is: " + address + ")");
        }
        return new InetSocketAddress(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
    }

    /** Proves the administrator's password without sending it. */
    void authenticate(String password) {
        Reply challenge = client.send(bytes("AUTH"), bytes("SECURE"), bytes("CHALLENGE"));
        if (challenge instanceof Reply.Simple nonce) {
            try {
                String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes(nonce.text() + ":" + password)));
                challenge = client.send(bytes("AUTH"), bytes("SECURE"), bytes(hash));
            } catch (NoSuchAlgorithmException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
        // A primary without a password says that there is nothing to prove; whether this is an administrator shows with the next command.
        if (challenge instanceof Reply.Failure refused && !refused.text().equals("Authentication disabled")) {
            throw new ZdbException.Refused("the primary refuses the password: " + refused.text());
        }
    }

    Greeting greet(StoreState own) throws Follower.Broken {
        Reply reply = client.send(bytes("REPL"), bytes("HELLO"), bytes(own.copy().toString()), bytes(own.store().toString()), bytes(Integer.toString(own.heard())));
        if (reply instanceof Reply.Array array && array.items().size() == 2 && array.items().get(1) instanceof Reply.Number epoch) {
            return new Greeting(UUID.fromString(text(array.items().getFirst())), (int) epoch.value());
        }
        throw new Follower.Broken(said(reply));
    }

    /** Tells whoever was the primary before that it is no more. */
    void fence(StoreState own) throws Follower.Broken {
        Reply reply = client.send(bytes("REPL"), bytes("FENCE"), bytes(own.store().toString()), bytes(Integer.toString(own.epoch())));
        if (reply instanceof Reply.Failure refused) {
            throw new Follower.Broken(refused.text());
        }
    }

    Catalogue namespaces() throws IOException, Follower.Broken {
        Reply reply = client.send(bytes("REPL"), bytes("NAMESPACES"));
        if (!(reply instanceof Reply.Array array) || array.items().isEmpty() || !(array.items().getFirst() instanceof Reply.Number changes)) {
            throw new Follower.Broken(said(reply));
        }
        List<Described> namespaces = new ArrayList<>();
        for (Reply each : array.items().subList(1, array.items().size())) {
            List<Reply> items = ((Reply.Array) each).items();
            namespaces.add(new Described(text(items.get(0)), NamespaceProperties.parse(text(items.get(1))), text(items.get(2))));
        }
        return new Catalogue(changes.value(), namespaces);
    }

    /** Asks to go on where a namespace ends; returns why that cannot be, if it cannot. */
    Optional<String> follow(String name, Namespace namespace) throws IOException, Follower.Broken {
        namespace.durably().syncForSecondaries();
        LogPosition at = namespace.shipping().position();
        Reply reply = client.send(bytes("REPL"), bytes("FOLLOW"), bytes(name), bytes(namespace.properties().identity().toString()), bytes(Long.toString(at.end())),
                bytes(Integer.toString(at.epoch())), bytes(Long.toString(at.last())), bytes(Integer.toString(at.checksum())));
        if (reply instanceof Reply.Failure refused) {
            if (refused.text().startsWith("DIVERGED ")) {
                return Optional.of(refused.text().substring("DIVERGED ".length()));
            }
            if (!refused.text().startsWith("GONE ")) {
                throw new Follower.Broken(refused.text());
            }
        }
        return Optional.empty();
    }

    Reply next(long changes, int millis) {
        return client.send(bytes("REPL"), bytes("NEXT"), bytes(Long.toString(changes)), bytes(Integer.toString(millis)));
    }

    static Part part(Reply reply) throws Follower.Broken {
        if (!(reply instanceof Reply.Array array) || array.items().size() < 5 || !(array.items().get(4) instanceof Reply.Number next) || !(array.items().get(2) instanceof Reply.Number file) || !(array.items().get(3) instanceof Reply.Number epoch)) {
            throw new Follower.Broken(said(reply));
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (Reply chunk : array.items().subList(5, array.items().size())) {
            bytes.writeBytes(((Reply.Bulk) chunk).bytes());
        }
        ByteBuffer entries = ByteBuffer.wrap(bytes.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
        return new Part(text(array.items().get(0)), UUID.fromString(text(array.items().get(1))), new LogPart((int) file.value(), (int) epoch.value(), entries, next.value()));
    }

    static String said(Reply reply) {
        return reply instanceof Reply.Failure refused ? "the primary says: " + refused.text() : "the primary answered with " + reply.getClass().getSimpleName();
    }

    private static String text(Reply reply) {
        return new String(((Reply.Bulk) reply).bytes(), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        client.close();
    }
}
