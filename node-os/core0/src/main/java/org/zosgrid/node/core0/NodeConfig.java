package org.zosgrid.node.core0;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.JsonObject;
import org.zosgrid.contract.admission.Resources;
import org.zosgrid.contract.document.DataSize;

/**
 * A node's configuration file. Every address is a literal one; the keys of peers come from the trust root, not from here.
 *
 * @param state directory for everything the node keeps
 * @param trustRoot the signed trust root it is pinned to
 * @param identity its composite private key
 * @param gateway where the internet comes in; only on a gateway
 * @param capacity what machines may have together; measured where it does not say
 * @param witness file with the private keys by which it cosigns the ledger's checkpoints; only on a witness
 */
record NodeConfig(
        String name, Path state, Path trustRoot, Path identity, Management management, Overlay overlay, Interfaces interfaces, URI hub, Optional<InetSocketAddress> gateway,
        Optional<Resources> capacity, Optional<Path> witness) {

    /** The management network: address, ports of the store and the interface, directory of the TLS identity. */
    record Management(String address, int storePort, int apiPort, Path tls) {}

    /** The overlay: where packets come in, the device's name, and who the peers are. */
    record Overlay(InetSocketAddress listen, String tun, List<Peer> peers) {}

    /** A peer's name in the trust root, and where it listens. */
    record Peer(String node, InetSocketAddress endpoint) {}

    /** Names of the network interfaces; the public one only on a gateway. */
    record Interfaces(String management, String underlay, Optional<String> publicSide) {}

    static NodeConfig read(Path file) {
        try {
            return parse(Files.readAllBytes(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read the configuration " + file, unreadable);
        }
    }

    static NodeConfig parse(byte[] json) {
        JsonObject object = JsonObject.of(json, "node configuration");
        String name = object.text("name", 36);
        Path state = Path.of(object.text("state", 4096));
        Path trustRoot = Path.of(object.text("trustRoot", 4096));
        Path identity = Path.of(object.text("identity", 4096));
        Optional<Management> management = object.object("management", each -> new Management(
                each.text("address", 45), (int) each.number("storePort", 1, 65_535), (int) each.number("apiPort", 1, 65_535), Path.of(each.text("tls", 4096))));
        Optional<Overlay> overlay = object.object("overlay", each -> new Overlay(
                each.value("listen", 60, NodeConfig::address, new InetSocketAddress(0)),
                each.text("tun", 15),
                each.objects("peers", 1000, peer -> new Peer(peer.text("node", 36), peer.value("endpoint", 60, NodeConfig::address, new InetSocketAddress(0))))));
        Optional<Interfaces> interfaces = object.object("interfaces", each -> new Interfaces(
                each.text("management", 15), each.text("underlay", 15), each.has("public") ? Optional.of(each.text("public", 15)) : Optional.empty()));
        URI hub = object.value("hub", 300, NodeConfig::uri, URI.create("http://localhost"));
        Optional<InetSocketAddress> gateway = object.has("gateway")
                ? object.object("gateway", each -> each.value("listen", 60, NodeConfig::address, new InetSocketAddress(0)))
                : Optional.empty();
        Optional<Resources> capacity = object.has("capacity")
                ? object.object("capacity", each -> new Resources(each.number("cpuMillis", 0, Long.MAX_VALUE), each.value("memory", 20, DataSize::parse, new DataSize(1)).bytes()))
                : Optional.empty();
        Optional<Path> witness = object.has("witness") ? Optional.of(Path.of(object.text("witness", 4096))) : Optional.empty();
        if (gateway.isPresent() && interfaces.isPresent() && interfaces.get().publicSide().isEmpty()) {
            object.fault("interfaces.public", "is missing: a gateway must say where the internet comes in", "");
        }
        object.end();
        return new NodeConfig(name, state, trustRoot, identity, management.orElseThrow(), overlay.orElseThrow(), interfaces.orElseThrow(), hub, gateway, capacity, witness);
    }

    private static InetSocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : text.substring(0, colon);
        if (!host.matches("[0-9.]+|\\[[0-9a-fA-F:]+]") || !text.substring(colon + 1).matches("[0-9]{1,5}") || Integer.parseInt(text.substring(colon + 1)) > 65_535) {
            throw new ContractException("", "must be a literal address and a port, such as 10.232.0.1:9651", text);
        }
        return new InetSocketAddress(host, Integer.parseInt(text.substring(colon + 1)));
    }

    private static URI uri(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException wrong) {
            throw new ContractException("", "must be a URL", text);
        }
    }
}
