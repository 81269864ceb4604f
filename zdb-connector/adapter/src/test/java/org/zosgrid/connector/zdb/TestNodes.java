package org.zosgrid.connector.zdb;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.zosgrid.contract.transport.ManagementAuthority;
import org.zosgrid.contract.transport.ManagementIdentity;
import org.zosgrid.contract.transport.ManagementTls;
import org.zosgrid.node.zdb.AccessPolicy;
import org.zosgrid.node.zdb.Mode;
import org.zosgrid.node.zdb.Namespace;
import org.zosgrid.node.zdb.ZdbConfig;
import org.zosgrid.node.zdb.ZdbServer;

/** Real stores behind the management network's TLS on loopback, open to the control plane as a node's is. They can be killed and come back at the same port. */
final class TestNodes implements AutoCloseable {
    private final Path directory;
    private final Map<String, ZdbServer> running = new HashMap<>();
    private final Map<String, Integer> ports = new HashMap<>();

    TestNodes(Path directory, String... names) throws IOException {
        this.directory = directory;
        ManagementAuthority authority = ManagementAuthority.create(directory.resolve("authority"));
        authority.issue("control-plane", List.of(InetAddress.getLoopbackAddress()), tlsDirectory());
        for (String name : names) {
            authority.issue(name, List.of(InetAddress.getLoopbackAddress()), directory.resolve(name).resolve("tls"));
            start(name);
        }
        list(names);
    }

    /** Replaces the inventory, as an operator does: these nodes and no others. */
    void list(String... names) throws IOException {
        String list = List.of(names).stream()
                .map(name -> "{\"name\":\"" + name + "\",\"address\":\"127.0.0.1\",\"storePort\":" + ports.get(name) + ",\"apiPort\":1}")
                .collect(Collectors.joining(","));
        Path fresh = Files.writeString(directory.resolve("nodes.json.new"), "{\"nodes\":[" + list + "]}");
        Files.move(fresh, inventory(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    Path inventory() {
        return directory.resolve("nodes.json");
    }

    Path tlsDirectory() {
        return directory.resolve("control-plane");
    }

    void start(String name) {
        Path home = directory.resolve(name);
        SSLContext tls = ManagementTls.context(ManagementIdentity.read(home.resolve("tls")));
        ZdbServer server = ZdbServer.start(new ZdbConfig(home.resolve("zdb"), List.of(new ZdbConfig.Listener(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), ports.getOrDefault(name, 0)),
                address -> ManagementTls.listen(tls, address), new AccessPolicy.Restricted(Set.of("contracts"), Set.of("receipts")))), Optional.empty()));
        server.store().createIfAbsent("contracts", Mode.SEQUENTIAL);
        server.store().createIfAbsent("receipts", Mode.SEQUENTIAL);
        running.put(name, server);
        ports.put(name, server.addresses().getFirst().getPort());
    }

    /** Returns when nobody is let in any more: a closed listener may accept one more connection. */
    void kill(String name) {
        running.remove(name).close();
        while (true) {
            try (Socket knock = new Socket(InetAddress.getLoopbackAddress(), ports.get(name))) {
                Thread.onSpinWait();
            } catch (IOException refused) {
                return;
            }
        }
    }

    void restart(String name) {
        kill(name);
        start(name);
    }

    /** To another port, and in the inventory, beside all others. */
    void move(String name) throws IOException {
        kill(name);
        int before = ports.remove(name);
        start(name);
        if (ports.get(name) == before) {
            throw new IllegalStateException(name + " got the port it had");
        }
        list(running.keySet().toArray(String[]::new));
    }

    /** A node's own log, as the node itself sees it. */
    Namespace log(String name, String namespace) {
        return running.get(name).store().namespace(namespace).orElseThrow();
    }

    @Override
    public void close() {
        running.values().forEach(ZdbServer::close);
    }
}
