package org.zosgrid.node.planetary;

import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.zosgrid.contract.key.SigningKey;
import org.zosgrid.contract.key.VerificationKey;

/** A node's overlay in a process of its own, which can be killed. Ends when its standard input does. */
final class NodeProcess {
    private NodeProcess() {}

    /** Arguments: identity file, address and port to listen at, the peer's public key file, the peer's address and port. */
    public static void main(String[] arguments) throws Exception {
        PlanetaryConfig.Peer peer = new PlanetaryConfig.Peer(
                "peer", VerificationKey.fromPem(Files.readString(Path.of(arguments[3]))), new InetSocketAddress(arguments[4], Integer.parseInt(arguments[5])));
        PlanetaryConfig config = new PlanetaryConfig(
                SigningKey.read(Path.of(arguments[0]), Optional.empty()),
                new InetSocketAddress(arguments[1], Integer.parseInt(arguments[2])),
                List.of(peer),
                "pln0",
                PlanetaryConfig.DEFAULT_MTU);
        try (Planetary planetary = Planetary.start(config)) {
            System.out.println(planetary.address().getHostAddress());
            while (System.in.read() >= 0) {
                System.out.println(planetary.links());
            }
        }
    }
}
