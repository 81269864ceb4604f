package org.zosgrid.connector.zdb;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.CommException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.zosgrid.contract.inventory.NodeAddress;
import org.zosgrid.contract.transport.ManagementTls;
import org.zosgrid.zdb.client.ZdbClient;
import org.zosgrid.zdb.client.ZdbException;

/**
 * One connection to a store: TLS to a node's, in the clear to the ledger's. It remembers the selected namespace, so that SELECT is sent only when it changes. For one thread at a time.
 */
final class StoreLink implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final Duration PING = Duration.ofSeconds(2);

    private final Socket socket;
    private final ZdbClient client;
    private final Optional<String> password;
    private String selected = "";
    private long lastUsed = System.nanoTime();

    private StoreLink(Socket socket, ZdbClient client, Optional<String> password) {
        this.socket = socket;
        this.client = client;
        this.password = password;
    }

    static StoreLink open(NodeAddress node, SSLContext tls) throws ResourceException {
        try {
            SSLSocket socket = ManagementTls.connect(tls, new InetSocketAddress(node.address(), node.storePort()), node.name(), CONNECT);
            socket.setSoTimeout(Math.toIntExact(ANSWER.toMillis()));
            return new StoreLink(socket, ZdbClient.over(socket), Optional.empty());
        } catch (IOException | ZdbException away) {
            throw new CommException("the store of " + node.name() + " at " + node.address() + ":" + node.storePort() + " cannot be reached: " + away.getMessage(), away);
        }
    }

    static StoreLink open(LedgerStore ledger) throws ResourceException {
        Socket socket = new Socket();
        try {
            socket.connect(ledger.address(), Math.toIntExact(CONNECT.toMillis()));
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(Math.toIntExact(ANSWER.toMillis()));
            return new StoreLink(socket, ZdbClient.over(socket), Optional.of(ledger.password()));
        } catch (IOException | UncheckedIOException | ZdbException away) {
            closeQuietly(socket);
            throw new CommException("the store of the ledger at " + ledger.host() + ":" + ledger.port() + " cannot be reached: " + away.getMessage(), away);
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException neverUsed) {
            // The reason why it is closed is told.
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
            if (password.isPresent()) {
                client.select(namespace, password.get());
            } else {
                client.select(namespace);
            }
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
