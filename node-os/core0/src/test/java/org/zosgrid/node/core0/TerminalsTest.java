package org.zosgrid.node.core0;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.zosgrid.contract.admission.Decision;
import org.zosgrid.contract.document.Deployment;
import org.zosgrid.contract.document.TerminalRequest;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.envelope.PayloadType;
import org.zosgrid.contract.key.KeyId;
import org.zosgrid.contract.key.SigningKey;
import org.zosgrid.contract.ledger.Checkpoint;
import org.zosgrid.contract.ledger.LedgerKey;
import org.zosgrid.contract.policy.Policy;
import org.zosgrid.contract.terminal.TerminalAnswer;
import org.zosgrid.contract.terminal.TerminalChannel;
import org.zosgrid.contract.terminal.TerminalMessage;
import org.zosgrid.contract.terminal.TerminalOffer;
import org.zosgrid.contract.trust.Role;
import org.zosgrid.contract.trust.TrustRoot;
import org.zosgrid.contract.trust.TrustedKey;
import org.zosgrid.contract.trust.TrustedNode;
import org.zosgrid.node.api.NodeApiException;
import org.zosgrid.node.api.TerminalFrames;
import org.zosgrid.node.zmachine.Terminal;

/** The node's side of terminals, with real shells on real pseudo-terminals. */
class TerminalsTest {
    private static final Map<String, SigningKey> KEYS = new HashMap<>();

    static {
        for (String name : List.of("alice", "erin", "compute-1")) {
            KEYS.put(name, SigningKey.generate());
        }
    }

    private final TerminalOffer offer = new TerminalOffer();
    private volatile TrustRoot root = root(Set.of("erin"));
    private final DesiredState desired = new DesiredState(java.time.InstantSource.system());
    private Terminals terminals;

    @BeforeEach
    void start() {
        run(1);
        terminals = new Terminals("compute-1", KEYS.get("compute-1"), () -> root, desired, (deployment, machine) -> Terminal.start(List.of("/bin/sh", "-i"), Optional.empty()));
    }

    @AfterEach
    void stop() {
        terminals.close();
    }

    @Test
    void whatIsTypedIsRunAndWhatItWritesComesBack() {
        Open open = open("erin", 1);
        open.type("echo $((6*7))-$(tty | cut -c1-9)\n");
        assertThat(open.readUntil("42-/dev/pts/")).contains("42-/dev/pts/");
        open.type("exit 7\n");
        open.readUntil("\0never");
        assertThat(open.ended).isEqualTo(new TerminalMessage.Ended(7, ""));
        assertThatThrownBy(() -> open.type("more\n")).hasMessageContaining("the terminal has ended");
    }

    @Test
    void theSameFramesAreToldAgainUntilTheyAreTaken() {
        Open open = open("erin", 1);
        open.type("echo on\"\"ce\n");
        open.readUntil("once");
        TerminalFrames again = terminals.read(open.session, open.next);
        assertThatThrownBy(() -> terminals.read(open.session, 0)).isInstanceOf(NodeApiException.class).hasMessageContaining("from: must be");
        assertThatThrownBy(() -> terminals.read(open.session, open.next + 1000)).hasMessageContaining("from: must be");
        assertThat(again.ended()).isFalse();
    }

    @Test
    void whoMayNotIsRefused() {
        assertThatThrownBy(() -> open("alice", 1)).isInstanceOfSatisfying(NodeApiException.class, refused -> assertThat(refused.status()).isEqualTo(403)).hasMessageContaining("requester: must be of security");
        assertThatThrownBy(() -> open("erin", 2)).hasMessageContaining("version: must be the one that runs, 1");
        Envelope other = Envelope.sign(PayloadType.TERMINAL_REQUEST, offer.request("shop", 1, "web", "compute-2", "erin", "to look", Instant.now()).toJson(), KEYS.get("erin"));
        assertThatThrownBy(() -> terminals.open(other.toJson())).hasMessageContaining("node: must be compute-1");
        assertThatThrownBy(() -> terminals.open("{}".getBytes(StandardCharsets.UTF_8))).isInstanceOf(NodeApiException.class).hasMessageContaining("payloadType: is missing");
        Envelope old = Envelope.sign(PayloadType.TERMINAL_REQUEST, offer.request("shop", 1, "web", "compute-1", "erin", "to look", Instant.now().minusSeconds(30)).toJson(), KEYS.get("erin"));
        assertThatThrownBy(() -> terminals.open(old.toJson())).hasMessageContaining("created: must not be before this node was started");
    }

    @Test
    void aRequestIsGoodForOneTerminal() {
        Envelope request = request("erin", 1);
        terminals.open(request.toJson());
        assertThatThrownBy(() -> terminals.open(request.toJson())).hasMessageContaining("nonce: was seen before");
    }

    @Test
    void aFrameThatWasChangedOnItsWayEndsTheTerminal() {
        Open open = open("erin", 1);
        byte[] frame = open.channel.seal(new TerminalMessage.Input("echo never\n".getBytes(StandardCharsets.UTF_8)));
        frame[frame.length - 1] ^= 1;
        assertThatThrownBy(() -> terminals.type(open.session, List.of(frame))).isInstanceOfSatisfying(NodeApiException.class, refused -> assertThat(refused.status()).isEqualTo(422));
        open.readUntil("\0never");
        assertThat(open.ended.reason()).contains("changed on its way");
        assertThat(open.shown).doesNotContain("never");
    }

    @Test
    void itEndsWhenTheTrustRootNamesThePersonNoMore() {
        Open open = open("erin", 1);
        root = root(Set.of("alice"));
        open.readUntil("\0never");
        assertThat(open.ended.reason()).contains("requester: must be of security");
    }

    @Test
    void itEndsWhenAnotherVersionRunsAndWhenNoneDoes() {
        Open open = open("erin", 1);
        run(2);
        open.readUntil("\0never");
        assertThat(open.ended.reason()).contains("version: must be the one that runs, 2");
    }

    @Test
    void thereAreNoMoreThanFourIntoAMachineAndClosingOneMakesRoom() {
        List<Open> four = List.of(open("erin", 1), open("erin", 1), open("erin", 1), open("erin", 1));
        assertThatThrownBy(() -> open("erin", 1)).isInstanceOfSatisfying(NodeApiException.class, refused -> assertThat(refused.status()).isEqualTo(409)).hasMessageContaining("at most 4");
        assertThat(terminals.end(four.getFirst().session)).isTrue();
        four.getFirst().readUntil("\0never");
        assertThat(four.getFirst().ended.reason()).isEqualTo("it was closed");
        assertThat(terminals.end(four.getFirst().session)).isFalse();
        open("erin", 1);
    }

    @Test
    void whatNobodyFetchesIsNotPiledUp() {
        Open open = open("erin", 1);
        open.type("yes 0123456789abcdef | head -c 3000000; echo do\"\"ne\n");
        sleep(1500);
        assertThat(open.readUntil("done").length()).isGreaterThan(3_000_000);
    }

    /** A person's end. */
    private final class Open {
        private final String session;
        private final TerminalChannel channel;
        private final StringBuilder shown = new StringBuilder();
        private TerminalMessage.Ended ended = new TerminalMessage.Ended(-1, "not yet");
        private long next;

        private Open(Envelope request) {
            Envelope answer = Envelope.parse(terminals.open(request.toJson()));
            this.channel = offer.accept(request, answer, root);
            this.session = TerminalAnswer.parse(answer.payload()).session();
        }

        void type(String text) {
            terminals.type(session, List.of(channel.seal(new TerminalMessage.Input(text.getBytes(StandardCharsets.UTF_8)))));
        }

        /** Everything up to a text, or up to the end. */
        String readUntil(String text) {
            long end = System.nanoTime() + 30_000_000_000L;
            while (shown.indexOf(text) < 0 && System.nanoTime() < end) {
                TerminalFrames frames = terminals.read(session, next);
                for (byte[] frame : frames.frames()) {
                    next++;
                    switch (channel.open(frame)) {
                        case TerminalMessage.Output output -> shown.append(new String(output.bytes(), StandardCharsets.UTF_8));
                        case TerminalMessage.Ended last -> ended = last;
                        case TerminalMessage other -> throw new AssertionError(other);
                    }
                }
                if (frames.ended()) {
                    break;
                }
            }
            return shown.toString();
        }
    }

    private Open open(String person, long version) {
        return new Open(request(person, version));
    }

    private Envelope request(String person, long version) {
        TerminalRequest request = offer.request("shop", version, "web", "compute-1", person, "to look", Instant.now());
        return Envelope.sign(PayloadType.TERMINAL_REQUEST, request.toJson(), KEYS.get(person));
    }

    private void run(long version) {
        Deployment deployment = Deployment.fromYaml("""
                name: shop
                version: %d
                requester: alice
                environment: production
                expires: 2999-01-01T00:00:00Z
                network: {name: shop-net, subnet: 10.40.0.0/24}
                machines:
                  - {name: web, node: compute-1, image: "demo/web:1.0@sha256:%s", cpuMillis: 500, memory: 64MiB, ports: [8080], terminal: [security]}
                """.formatted(version, "a".repeat(64)));
        desired.apply(new Decision.Accept(deployment, "d".repeat(64), Set.of(), new Checkpoint("ledger.example", 1, new byte[32])), "c".repeat(64));
    }

    private static TrustRoot root(Set<String> security) {
        Map<KeyId, TrustedKey> keys = new HashMap<>();
        KEYS.forEach((name, key) -> keys.put(key.id(), new TrustedKey(name, key.verificationKey())));
        Role alice = new Role(Set.of(KEYS.get("alice").id()), 1);
        return new TrustRoot(1, Instant.now().plus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS), keys,
                Map.of("root", alice, "requester", alice, "approver", alice, "security", new Role(Set.copyOf(security.stream().map(name -> KEYS.get(name).id()).toList()), 1)),
                Policy.quorum("approver", 1), Map.of("compute-1", new TrustedNode(KEYS.get("compute-1").id(), Set.of("compute"))), LedgerKey.generate("ledger.example").verifiers());
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
