package org.zosgrid.connector.zdb;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.CommException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.zosgrid.contract.inventory.NodeAddress;
import org.zosgrid.contract.transport.ManagementTls;
import org.zosgrid.zdb.client.ZdbClient;
import org.zosgrid.zdb.client.ZdbException;

/**
 * One TLS connection to one node's store. It remembers the selected namespace, so that SELECT is sent only when it changes. For one thread at a time.
 */
final class StoreLink implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final Duration PING = Duration.ofSeconds(2);

    private final SSLSocket socket;
    private final ZdbClient client;
    private String selected = "";
    private long lastUsed = System.nanoTime();

    private StoreLink(SSLSocket socket, ZdbClient client) {
        this.socket = socket;
        this.client = client;
    }

    static StoreLink open(NodeAddress node, SSLContext tls) throws ResourceException {
        try {
            SSLSocket socket = ManagementTls.connect(tls, new InetSocketAddress(node.address(), node.storePort()), node.name(), CONNECT);
            socket.setSoTimeout(Math.toIntExact(ANSWER.toMillis()));
            return new StoreLink(socket, ZdbClient.over(socket));
        } catch (IOException | ZdbException away) {
            throw new CommException("the store of " + node.name() + " at " + node.address() + ":" + node.storePort() + " cannot be reached: " + away.getMessage(), away);
        }
    }

    /**
     * Selects the namespace if it is not, and asks.
     *
     * @throws ZdbException as {@link ZdbClient} does: unless it was a refusal, this connection is of no use any more
     */
    <T> T ask(String namespace, Function<ZdbClient, T> question) {
        select(namespace);
        T answer = question.apply(client);
        lastUsed = System.nanoTime();
        return answer;
    }

    void select(String namespace) {
        if (!selected.equals(namespace)) {
            client.select(namespace);
            selected = namespace;
        }
    }

    Duration idle() {
        return Duration.ofNanos(System.nanoTime() - lastUsed);
    }

    /** Whether the store still answers at the other end. */
    boolean alive() {
        try {
            socket.setSoTimeout(Math.toIntExact(PING.toMillis()));
            client.ping();
            socket.setSoTimeout(Math.toIntExact(ANSWER.toMillis()));
            lastUsed = System.nanoTime();
            return true;
        } catch (ZdbException | SocketException broken) {
            return false;
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
