package org.zosgrid.cli.stage;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.envelope.PayloadType;
import org.zosgrid.contract.inventory.NodeInventory;
import org.zosgrid.contract.key.Signer;
import org.zosgrid.contract.key.SigningKey;

/**
 * A compute node of another organisation on a stage's networks, with that organisation's hub beside it. Both pin its trust root, and the node boots what its boot signers signed: of the cast they
 * know nothing. What they share with the cast's nodes is the control plane, its inventory, and the management network.
 */
public final class GuestNode implements AutoCloseable {
    static final String HUB = "guest-hub";
    private static final int HUB_PORT = Stage.HUB_PORT + 1;
    private static final Duration GRACE = Duration.ofSeconds(30);

    private final Stage stage;
    private final Path directory;

    private GuestNode(Stage stage) {
        this.stage = stage;
        this.directory = stage.home().resolve(Stage.GUEST);
    }

    /** Where a guest's hub answers on a stage of this number. */
    public static URI hub(int number) {
        return URI.create("http://" + new StageNetwork(number).managementHost() + ":" + HUB_PORT);
    }

    /**
     * Returns when node and hub answer, and the inventory has the node.
     *
     * @param organisation under which name the control plane knows it: there it looks for later trust roots
     * @param root the organisation's signed trust root, which names the node with this key
     * @param bootSigner as many as the trust root asks for
     */
    public static GuestNode join(Stage stage, String organisation, Envelope root, SigningKey key, Signer... bootSigner) throws IOException {
        GuestNode guest = new GuestNode(stage);
        try {
            guest.start(organisation, root, key, bootSigner);
            return guest;
        } catch (IOException | RuntimeException failed) {
            guest.close();
            throw failed;
        }
    }

    /** Where its organisation's images are. */
    public URI hub() {
        return hub(stage.network().number());
    }

    private void start(String organisation, Envelope root, SigningKey key, Signer... bootSigner) throws IOException {
        Files.createDirectories(directory);
        Path identity = directory.resolve("identity.pem");
        Path pinned = Files.write(directory.resolve("root.json"), root.toJson());
        key.write(identity, Optional.empty());
        Files.write(directory.resolve("release.json"), Envelope.sign(PayloadType.RELEASE, stage.release(), bootSigner).toJson());
        stage.startHub(HUB, HUB_PORT, pinned, stage.laterTrustRoots(organisation));
        stage.network().remove(Stage.GUEST);
        stage.network().add(Stage.GUEST);
        stage.writeNodeConfig(Stage.GUEST, pinned, identity, Optional.empty(), hub(), List.of());
        stage.startNode(Stage.GUEST);
        stage.await(Stage.GUEST, () -> stage.answers(stage.store(Stage.GUEST)));
        inventory(now -> now.with(stage.address(Stage.GUEST)));
    }

    /** As its operator does, by a rename: nobody reads half of it. */
    private void inventory(UnaryOperator<NodeInventory> change) throws IOException {
        Path next = stage.inventory().resolveSibling("nodes.next.json");
        Files.write(next, change.apply(NodeInventory.read(stage.inventory())).toJson());
        Files.move(next, stage.inventory(), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Strikes the node from the inventory, ends it and the hub, and removes what they made on the machine, but for files. */
    @Override
    public void close() throws IOException {
        try {
            inventory(now -> now.without(Stage.GUEST));
        } finally {
            stage.process(HUB).stop(GRACE);
            stage.takeDown(Stage.GUEST);
            Files.deleteIfExists(directory.resolve("node.json"));
            stage.network().remove(Stage.GUEST);
        }
    }
}
