package org.zosgrid.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.zosgrid.cli.client.Approval;
import org.zosgrid.cli.client.RefusedException;
import org.zosgrid.cli.stage.Cast;
import org.zosgrid.cli.stage.Stage;
import org.zosgrid.contract.document.ChangeDocument;
import org.zosgrid.contract.document.NodeAdmission;
import org.zosgrid.contract.document.NodeRetirement;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.envelope.PayloadType;
import org.zosgrid.contract.inventory.NodeInventory;
import org.zosgrid.contract.key.KeyId;
import org.zosgrid.contract.key.SigningKey;
import org.zosgrid.contract.trust.Role;
import org.zosgrid.contract.trust.TrustRoot;
import org.zosgrid.contract.trust.TrustedKey;
import org.zosgrid.contract.trust.TrustedNode;
import org.zosgrid.tests.container.ControlPlaneContainer;

/**
 * A node comes by a document, an approval and a trust root, is not to take anything new, and goes by a document, an approval and a trust root. No process
 * plays the new node: what is tried here is what the control plane does with it, and that the others follow.
 */
@ArquillianTest
class NodesIT {
    private static final String NEW = "compute-7";

    @Deployment
    static EnterpriseArchive application() {
        return ControlPlaneApplication.withTests();
    }

    @Test
    @RunAsClient
    void aNodeComesAndGoes() throws Exception {
        Story story = new Story(stage(), "moved", 45);
        SigningKey key = SigningKey.generate();
        submit(admission(1, key));
        approve(story, 1);
        await(() -> state(1).equals("admitting") && message(1).contains(key.id().hex()));
        await(() -> inventory().equals(Set.of(Stage.COMPUTE, Stage.GATEWAY, NEW)));
        assertThat(standing(story)).isEqualTo("admitting");

        TrustRoot first = TrustRoot.parse(inForce(story));
        TrustRoot with = withNode(first, key);
        rotate(story, with);
        await(() -> state(1).equals("admitted"));
        assertThat(standing(story)).isEqualTo("member");

        submit(new NodeRetirement(NEW, 2, Cast.REQUESTER, now(), now().plus(Duration.ofHours(1)), "it never came"));
        // A deployment that names it waits for approval, and is sealed before the retirement is.
        var there = onNewNode(story, story.document(1, Duration.ofHours(1)));
        story.submit(there);
        story.reach(1, "approval");
        approve(story, 2);
        await(() -> state(2).equals("retiring"));
        story.approve(1);
        assertThat(story.reach(1, "invalid").json().path("message").asText()).contains("nodes." + NEW + ": is being retired");
        var later = onNewNode(story, story.document(1, Duration.ofHours(2)));
        assertThatThrownBy(() -> story.submit(later)).isInstanceOf(RefusedException.class).hasMessageContaining("is being retired");

        await(() -> message(2).startsWith("nothing is left on it"));
        callsOff(story, key);

        submit(new NodeRetirement(NEW, 4, Cast.REQUESTER, now(), now().plus(Duration.ofHours(1)), "it does go"));
        approve(story, 4);
        await(() -> message(4).startsWith("nothing is left on it"));
        assertThat(inventory()).as("before a trust root has left it out").contains(NEW);
        rotate(story, new TrustRoot(with.version() + 1, with.expires(), first.keys(), first.roles(), first.policy(), first.nodes(), first.ledger(), first.witnesses(), first.promoted()));
        // Nobody plays the node, and so nobody follows: its operator strikes it by hand, and then nobody waits for it any more.
        strike();
        await(() -> state(4).equals("retired"));
        await(() -> inventory().equals(Set.of(Stage.COMPUTE, Stage.GATEWAY)));
        assertThat(story.as("alice").nodes()).noneMatch(node -> node.path("name").asText().equals(NEW));
        assertThat(kinds(story, 4)).contains("sealed", "retired");
    }

    /** A real node this time: what runs there is moved by a version that names another, and only then does the node go. */
    @Test
    @RunAsClient
    void whatRunsOnARetiringNodeIsMovedToAnotherBeforeItGoes() throws Exception {
        Story story = new Story(stage(), "moving", 46);
        String node = Stage.SECOND;
        SigningKey key = SigningKey.generate();
        TrustRoot before = TrustRoot.parse(inForce(story));
        submit(new NodeAdmission(node, 1, Cast.REQUESTER, now(), now().plus(Duration.ofHours(1)), "more room", key.verificationKey().toPem(), Set.of("compute"), stage().network().managementOf(node),
                stage().address(node).storePort(), stage().address(node).apiPort()));
        approve(story, node, 1);
        await(() -> state(node, 1).equals("admitting"));
        rotate(story, withNode(before, node, key));
        await(() -> state(node, 1).equals("admitted"));
        // The gateway is started again with a link to the new node, which it must know by then.
        await(() -> followers(story).equals(Set.of(Stage.COMPUTE, Stage.GATEWAY)));
        try {
            stage().addSecond(key, Envelope.parse(story.as("bob").trustRoot().path("envelope").binaryValue()));
            story.submit(on(node, story.document(1, Duration.ofHours(2))));
            story.reach(1, "approval");
            story.approve(1);
            story.reach(1, "running");
            assertThat(story.machinesOn(node)).containsExactly("running");
            assertThat(story.workloadsOn(Stage.COMPUTE)).isZero();
            await(story::answers);

            submit(new NodeRetirement(node, 2, Cast.REQUESTER, now(), now().plus(Duration.ofHours(1)), "end of lease"));
            approve(story, node, 2);
            await(() -> message(node, 2).equals("left on it: moving"));
            var staying = on(node, story.document(2, Duration.ofHours(2)));
            assertThatThrownBy(() -> story.submit(staying)).isInstanceOf(RefusedException.class).hasMessageContaining("is being retired");
            story.submit(story.document(2, Duration.ofHours(2)));
            story.reach(2, "approval");
            story.approve(2);
            story.reach(2, "running");
            assertThat(story.machinesOn(Stage.COMPUTE)).containsExactly("running");
            assertThat(story.workloadsOn(node)).isZero();
            await(story::answers);

            await(() -> message(node, 2).startsWith("nothing is left on it"));
            TrustRoot with = TrustRoot.parse(inForce(story));
            rotate(story, new TrustRoot(with.version() + 1, with.expires(), before.keys(), before.roles(), before.policy(), before.nodes(), before.ledger(), before.witnesses(), before.promoted()));
            await(() -> state(node, 2).equals("retired"));
            await(() -> inventory().equals(Set.of(Stage.COMPUTE, Stage.GATEWAY)));
        } finally {
            stage().removeSecond();
        }
        await(story::answers);
        story.remove(3);
    }

    /** An admission of a node that retires, sealed, has it stay; one that is rejected does not, and neither does one for another key. */
    private static void callsOff(Story story, SigningKey key) throws Exception {
        assertThatThrownBy(() -> submit(new NodeRetirement(NEW, 3, Cast.REQUESTER, now(), now().plus(Duration.ofHours(1)), "once more")))
                .isInstanceOf(RefusedException.class).hasMessageContaining("retiring");
        assertThatThrownBy(() -> submit(admission(3, SigningKey.generate()))).isInstanceOf(RefusedException.class).hasMessageContaining("with another key");
        submit(admission(3, key));
        story.as("dave").reject(NEW, 3, "it must go");
        await(() -> state(3).equals("rejected"));
        assertThat(state(2)).isEqualTo("retiring");
        assertThat(standing(story)).isEqualTo("retiring");
        assertThatThrownBy(() -> submit(new NodeRetirement(NEW, 3, Cast.REQUESTER, now(), now().plus(Duration.ofHours(1)), "once more")))
                .isInstanceOf(RefusedException.class).hasMessageContaining("is being retired already");

        submit(admission(3, key, "it is to stay after all")); // other bytes than those that were rejected
        assertThat(standing(story)).as("before it is approved").isEqualTo("retiring");
        approve(story, 3);
        await(() -> state(3).equals("admitted") && state(2).equals("superseded"));
        assertThat(message(2)).contains("called off");
        assertThat(kinds(story, 2)).contains("called-off").doesNotContain("retired");
        assertThat(standing(story)).isEqualTo("member");
        assertThat(inventory()).contains(NEW);
        story.submit(onNewNode(story, story.document(1, Duration.ofHours(2))));
        story.reach(1, "approval");
        story.as("alice").withdraw(story.name(), 1, "it was only asked whether it may name the node again");
        story.reach(1, "withdrawn");
    }

    private static List<String> kinds(Story story, long version) {
        return story.as("alice").show(NEW, version).json().path("timeline").findValuesAsText("kind");
    }

    private static NodeAdmission admission(long version, SigningKey key) {
        return admission(version, key, "more room");
    }

    private static NodeAdmission admission(long version, SigningKey key, String reason) {
        return new NodeAdmission(NEW, version, Cast.REQUESTER, now(), now().plus(Duration.ofHours(1)), reason, key.verificationKey().toPem(), Set.of("compute"), "127.0.0.7", 9900, 9443);
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }

    private static void approve(Story story, String node, long version) {
        for (String person : List.of("bob", "carol")) {
            Approval.of(story.as(person), node, version).give(story.as(person), stage().cast().key(person));
        }
    }

    private static String state(String node, long version) {
        return stage().controlPlane(stage().cast().key(Cast.REQUESTER)).show(node, version).state();
    }

    private static String message(String node, long version) {
        return stage().controlPlane(stage().cast().key(Cast.REQUESTER)).show(node, version).json().path("message").asText();
    }

    private static void submit(ChangeDocument document) {
        SigningKey alice = stage().cast().key(Cast.REQUESTER);
        stage().controlPlane(alice).submit(Envelope.sign(document.payloadType(), document.toJson(), alice));
        await(() -> state(document.name(), document.version()).equals("approval"));
    }

    private static void approve(Story story, long version) {
        approve(story, NEW, version);
    }

    private static org.zosgrid.contract.document.Deployment onNewNode(Story story, org.zosgrid.contract.document.Deployment document) {
        return on(NEW, document);
    }

    private static org.zosgrid.contract.document.Deployment on(String node, org.zosgrid.contract.document.Deployment document) {
        return document.withMachines(document.machines().stream().map(machine -> new org.zosgrid.contract.document.Machine(machine.name(), node, machine.image(), machine.command(),
                machine.environment(), machine.cpuMillis(), machine.memory(), machine.ports(), machine.terminal())).toList());
    }

    private static byte[] inForce(Story story) throws Exception {
        return Envelope.parse(story.as("bob").trustRoot().path("envelope").binaryValue()).payload();
    }

    /** The nodes whose receipts say that they decide by the trust root in force. */
    private static Set<String> followers(Story story) {
        Set<String> nodes = new HashSet<>();
        story.as("bob").trustRoot().path("nodes").forEach(node -> {
            if (node.path("state").asText().equals("in-force")) {
                nodes.add(node.path("node").asText());
            }
        });
        return nodes;
    }

    private static TrustRoot withNode(TrustRoot root, SigningKey key) {
        return withNode(root, NEW, key);
    }

    private static TrustRoot withNode(TrustRoot root, String node, SigningKey key) {
        Map<KeyId, TrustedKey> keys = new TreeMap<>(root.keys());
        keys.put(key.id(), new TrustedKey(node, key.verificationKey()));
        Map<String, TrustedNode> nodes = new TreeMap<>(root.nodes());
        nodes.put(node, new TrustedNode(key.id(), Set.of("compute")));
        Map<String, Role> roles = new TreeMap<>(root.roles());
        Set<KeyId> all = new HashSet<>();
        nodes.values().forEach(each -> all.add(each.key()));
        roles.put(TrustRoot.NODE, new Role(all, 1));
        return new TrustRoot(root.version() + 1, root.expires(), keys, roles, root.policy(), nodes, root.ledger(), root.witnesses(), root.promoted());
    }

    private static void rotate(Story story, TrustRoot next) {
        Cast cast = stage().cast();
        story.as("bob").rotate(Envelope.sign(PayloadType.TRUST_ROOT, next.toJson(), cast.key("bob"), cast.key("carol")));
    }

    private static Path inventoryFile() {
        return stage().home().resolve("control-plane/nodes.json");
    }

    private static void strike() throws Exception {
        Path next = inventoryFile().resolveSibling("nodes.next.json");
        Files.write(next, NodeInventory.read(inventoryFile()).without(NEW).toJson());
        Files.move(next, inventoryFile(), StandardCopyOption.ATOMIC_MOVE);
    }

    private static Set<String> inventory() {
        Set<String> names = new HashSet<>();
        NodeInventory.read(inventoryFile()).nodes().forEach(node -> names.add(node.name()));
        return names;
    }

    private static String state(long version) {
        return stage().controlPlane(stage().cast().key(Cast.REQUESTER)).show(NEW, version).state();
    }

    private static String message(long version) {
        return stage().controlPlane(stage().cast().key(Cast.REQUESTER)).show(NEW, version).json().path("message").asText();
    }

    private static String standing(Story story) {
        return story.as("alice").nodes().stream().filter(node -> node.path("name").asText().equals(NEW)).findFirst().orElseThrow().path("standing").asText();
    }

    private static void await(BooleanSupplier condition) {
        stage().await(Stage.COMPUTE, condition);
    }

    private static Stage stage() {
        return ControlPlaneContainer.stage();
    }
}
