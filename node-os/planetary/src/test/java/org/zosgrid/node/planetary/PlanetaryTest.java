package org.zosgrid.node.planetary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zosgrid.contract.key.SigningKey;
import org.zosgrid.contract.trust.OverlayAddress;
import org.zosgrid.node.linux.Command;

/** Two nodes in namespaces of their own, and a third namespace between them that everything passes. Needs root. */
class PlanetaryTest {
    private static final byte[] MARKER = "this sentence must not be seen on the wire. ".getBytes(StandardCharsets.US_ASCII);
    private static final int PORT = 9651;
    private static final InetSocketAddress ALICE_AT = new InetSocketAddress("10.99.1.1", PORT);
    private static final InetSocketAddress BEFORE_ALICE = new InetSocketAddress("10.99.1.2", PORT);
    private static final InetSocketAddress BOB_AT = new InetSocketAddress("10.99.2.1", PORT);
    private static final InetSocketAddress BEFORE_BOB = new InetSocketAddress("10.99.2.2", PORT);
    private static final SigningKey ALICE = SigningKey.generate();
    private static final SigningKey BOB = SigningKey.generate();

    private static NetworkNamespace alice;
    private static NetworkNamespace bob;
    private static NetworkNamespace between;

    private final List<AutoCloseable> open = new ArrayList<>();
    private Middle middle;

    @TempDir
    Path directory;

    @BeforeAll
    static void lay() {
        alice = new NetworkNamespace("alice");
        bob = new NetworkNamespace("bob");
        between = new NetworkNamespace("between");
        alice.connect("und0", "10.99.1.1/30", between, "alice0", "10.99.1.2/30");
        bob.connect("und0", "10.99.2.1/30", between, "bob0", "10.99.2.2/30");
    }

    @AfterAll
    static void clear() {
        for (NetworkNamespace namespace : Arrays.asList(alice, bob, between)) {
            if (namespace != null) {
                namespace.close();
            }
        }
    }

    @BeforeEach
    void sitBetween() {
        middle = new Middle(between, BEFORE_ALICE, ALICE_AT, BEFORE_BOB, BOB_AT, MARKER);
        open.add(middle);
    }

    @AfterEach
    void end() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
    }

    @Test
    void carriesPingsAndTransfersThatNobodyBetweenCanRead() throws Exception {
        Planetary here = start(alice, ALICE, ALICE_AT, BOB, BEFORE_ALICE);
        Planetary there = start(bob, BOB, BOB_AT, ALICE, BEFORE_BOB);
        await(() -> up(here) && up(there));

        Command.Result ping = alice.exec("ping", "-6", "-c", "3", "-i", "0.1", "-W", "2", there.address().getHostAddress());
        assertThat(ping.output()).contains("3 received");

        int bytes = 8 << 20;
        byte[] text = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            text[i] = MARKER[i % MARKER.length];
        }
        assertThat(Middle.contains(Arrays.copyOf(text, 1400), MARKER)).as("the detector detects").isTrue();
        assertThat(transfer(there.address(), text)).isEqualTo(MessageDigest.getInstance("SHA-256").digest(text));
        assertThat(middle.datagrams.get()).isGreaterThan(bytes / 1400);
        assertThat(middle.markerSeen).isFalse();

        LinkStatus link = here.links().getFirst();
        assertThat(link.sentBytes()).isGreaterThan(bytes);
        assertThat(link.dropped()).isZero();
        assertThat(link.roundTrip()).isPresent();
        assertThat(there.links().getFirst().receivedBytes()).isGreaterThan(bytes);
    }

    @Test
    void standsWhatSomeoneBetweenDoesToEveryDatagram() {
        AtomicInteger turn = new AtomicInteger();
        middle.mischief = datagram -> {
            byte[] tampered = datagram.clone();
            tampered[Math.floorMod(turn.incrementAndGet() * 7919, tampered.length)] ^= 1;
            byte[] truncated = Arrays.copyOf(datagram, turn.get() % datagram.length);
            byte[] oversized = Arrays.copyOf(datagram, 9_000);
            byte[] garbage = Handshake.random(1 + turn.get() % 1400);
            // Who is always faster than the peer can prevent a handshake, as by cutting the cable; packets stand that too.
            return datagram[0] == Datagram.FRAGMENT
                    ? List.of(datagram, tampered, garbage, truncated, oversized, datagram, new byte[0])
                    : List.of(tampered, garbage, truncated, datagram, oversized, datagram, new byte[0]);
        };
        Planetary here = start(alice, ALICE, ALICE_AT, BOB, BEFORE_ALICE);
        Planetary there = start(bob, BOB, BOB_AT, ALICE, BEFORE_BOB);
        await(() -> up(here) && up(there));
        Command.Result ping = alice.exec("ping", "-6", "-c", "20", "-i", "0.05", "-W", "2", there.address().getHostAddress());
        assertThat(ping.output()).contains("20 received").doesNotContain("DUP");
        assertThat(here.links().getFirst().dropped()).isGreaterThan(100);
        assertThat(there.links().getFirst().dropped()).isGreaterThan(100);
    }

    @Test
    void comesBackAfterAKill() throws Exception {
        Path identity = directory.resolve("bob.pem");
        BOB.write(identity, Optional.empty());
        Path pinned = Files.writeString(directory.resolve("alice.pub"), ALICE.verificationKey().toPem());
        Planetary here = start(alice, ALICE, ALICE_AT, BOB, BEFORE_ALICE);
        String address = OverlayAddress.ofNode(BOB.id()).getHostAddress();
        for (int life = 0; life < 2; life++) {
            Process process = new ProcessBuilder("ip", "netns", "exec", bob.name(), Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                            "--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), NodeProcess.class.getName(),
                            identity.toString(), BOB_AT.getHostString(), "" + PORT, pinned.toString(), BEFORE_BOB.getHostString(), "" + PORT)
                    .redirectError(ProcessBuilder.Redirect.DISCARD).start();
            try {
                assertThat(process.inputReader().readLine()).isEqualTo(address);
                await(() -> alice.exec("ping", "-6", "-c", "1", "-W", "1", address).good());
                await(() -> alice.exec("ping", "-6", "-c", "5", "-i", "0.05", "-W", "1", address).output().contains("5 received")); // Datagrams may be lost; the link is not.
            } finally {
                // SIGKILL, without a chance to say anything.
                process.destroyForcibly().waitFor();
            }
            assertThat(alice.exec("ping", "-6", "-c", "1", "-W", "1", address).good()).isFalse();
        }
        assertThat(here.links()).hasSize(1);
    }

    @Test
    void refusesAnotherKeyThanThePinnedOne() {
        SigningKey mallory = SigningKey.generate();
        Planetary here = start(alice, ALICE, ALICE_AT, BOB, BEFORE_ALICE);
        Planetary there = start(bob, mallory, BOB_AT, ALICE, BEFORE_BOB);
        await(() -> problem(here).or(() -> problem(there)).isPresent());
        assertThat(problem(here).or(() -> problem(there)).orElseThrow()).containsAnyOf("not signed by the pinned key", "not the key that is pinned");
        assertThat(up(here)).isFalse();
        assertThat(up(there)).isFalse();
        assertThat(alice.exec("ping", "-6", "-c", "1", "-W", "1", there.address().getHostAddress()).good()).isFalse();
    }

    @Test
    void believesAPeerOnlyItsOwnAddresses() throws Exception {
        middle.close();
        Planetary there = start(bob, BOB, BOB_AT, ALICE, BEFORE_BOB);
        DatagramChannel socket = between.run(() -> DatagramChannel.open().bind(BEFORE_BOB));
        open.add(socket);
        // A peer with the right key and the wrong intentions.
        Link rogue = new Link(ALICE, new PlanetaryConfig.Peer("bob", BOB.verificationKey(), BOB_AT), new Cookies(), (datagram, to) -> send(socket, datagram), System::nanoTime);
        socket.configureBlocking(false);
        await(() -> {
            rogue.tick();
            receive(socket, rogue);
            return rogue.status().up() && up(there);
        });
        Inet6Address own = OverlayAddress.ofNode(ALICE.id());
        Inet6Address foreign = OverlayAddress.ofNode(SigningKey.generate().id());

        seal(rogue, socket, echoRequest(own, there.address()));
        await(() -> receive(socket, rogue).isPresent());
        long dropped = there.links().getFirst().dropped();
        long received = there.links().getFirst().receivedBytes();

        seal(rogue, socket, echoRequest(foreign, there.address()));
        seal(rogue, socket, echoRequest(own, foreign));
        seal(rogue, socket, echoRequest(there.address(), there.address()));
        seal(rogue, socket, new byte[] {0x60});
        byte[] fourth = echoRequest(own, there.address());
        fourth[0] = 0x45;
        seal(rogue, socket, fourth);
        await(() -> there.links().getFirst().dropped() == dropped + 5);
        assertThat(there.links().getFirst().receivedBytes()).isEqualTo(received);
        send(socket, new byte[] {Datagram.PACKET});
        await(() -> there.links().getFirst().dropped() == dropped + 6);
    }

    @Test
    void ignoresStrangers() throws Exception {
        middle.close();
        Planetary there = start(bob, BOB, BOB_AT, ALICE, BEFORE_BOB);
        DatagramChannel socket = between.run(() -> DatagramChannel.open().bind(new InetSocketAddress(BEFORE_BOB.getAddress(), 0)));
        open.add(socket);
        socket.configureBlocking(false);
        for (int i = 0; i < 10; i++) {
            socket.send(ByteBuffer.wrap(Datagram.knock(new byte[Datagram.TOKEN_BYTES])), BOB_AT);
        }
        await(() -> there.strangers() == 10);
        assertThat(socket.receive(ByteBuffer.allocate(2000))).as("nothing is said to a stranger").isNull();
    }

    @Test
    void tellsProgramsThatThereIsNoWay() {
        Planetary here = start(alice, ALICE, ALICE_AT, BOB, BEFORE_ALICE);
        Command.Result ping = alice.exec("ping", "-6", "-c", "1", "-W", "5", "fd00::1");
        assertThat(ping.good()).isFalse();
        assertThat(ping.output()).contains("Destination unreachable: No route");
        assertThat(here.unroutable()).isPositive();
    }

    @Test
    void leavesNothingBehindWhenItCannotStart() throws Exception {
        middle.close();
        DatagramChannel taken = alice.run(() -> DatagramChannel.open().bind(ALICE_AT));
        try (taken) {
            assertThatThrownBy(() -> start(alice, ALICE, ALICE_AT, BOB, BEFORE_ALICE)).cause().isInstanceOf(PlanetaryException.class).hasMessageContaining("9651");
        }
        assertThat(alice.exec("ip", "link", "show", "pln0").good()).isFalse();
        start(alice, ALICE, ALICE_AT, BOB, BEFORE_ALICE);
        assertThatThrownBy(() -> start(alice, ALICE, BEFORE_ALICE, BOB, BEFORE_ALICE)).cause().isInstanceOf(PlanetaryException.class).hasMessageContaining("EBUSY");
        end();
        open.clear();
        assertThat(alice.exec("ip", "link", "show", "pln0").good()).isFalse();
    }

    private Planetary start(NetworkNamespace namespace, SigningKey identity, InetSocketAddress at, SigningKey peer, InetSocketAddress peerAt) {
        PlanetaryConfig config = new PlanetaryConfig(
                identity, at, List.of(new PlanetaryConfig.Peer("peer", peer.verificationKey(), peerAt)), "pln0", PlanetaryConfig.DEFAULT_MTU);
        Planetary planetary = namespace.run(() -> Planetary.start(config));
        open.add(planetary);
        return planetary;
    }

    /** Sends a text from Alice to Bob over TCP; returns the digest of what Bob read. */
    private static byte[] transfer(InetAddress to, byte[] text) throws Exception {
        ServerSocket server = bob.run(() -> new ServerSocket(0, 1, to));
        CompletableFuture<byte[]> digest = bob.start(() -> {
            try (server; Socket socket = server.accept(); InputStream in = socket.getInputStream()) {
                MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
                byte[] buffer = new byte[65536];
                for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                    sha256.update(buffer, 0, count);
                }
                return sha256.digest();
            }
        });
        alice.run(() -> {
            try (Socket socket = new Socket(to, server.getLocalPort()); OutputStream out = socket.getOutputStream()) {
                out.write(text);
            }
            return text.length;
        });
        return digest.get();
    }

    private static byte[] echoRequest(Inet6Address from, Inet6Address to) {
        ByteBuffer packet = ByteBuffer.allocate(48).putInt(6 << 28).putShort((short) 8).put((byte) 58).put((byte) 64).put(from.getAddress()).put(to.getAddress());
        packet.put((byte) 128).put((byte) 0).putShort((short) 0).putInt(1);
        long sum = 8 + 58;
        for (int i = 8; i < 48; i += 2) {
            sum += Short.toUnsignedInt(packet.getShort(i));
        }
        while (sum >> 16 != 0) {
            sum = (sum & 0xffff) + (sum >> 16);
        }
        return packet.putShort(42, (short) ~sum).array();
    }

    private static void seal(Link link, DatagramChannel socket, byte[] packet) {
        ByteBuffer datagram = ByteBuffer.allocate(packet.length + Session.OVERHEAD);
        assertThat(link.seal(ByteBuffer.wrap(packet), datagram)).isTrue();
        send(socket, datagram.array());
    }

    private static void send(DatagramChannel socket, byte[] datagram) {
        try {
            socket.send(ByteBuffer.wrap(datagram), BOB_AT);
        } catch (IOException broken) {
            throw new AssertionError(broken);
        }
    }

    /** What the rogue peer gets: handshakes are done, an IP packet is returned. */
    private static Optional<byte[]> receive(DatagramChannel socket, Link link) {
        try {
            ByteBuffer buffer = ByteBuffer.allocate(2000);
            while (socket.receive(buffer.clear()) != null) {
                Optional<byte[]> packet = TwoLinks.receive(link, Arrays.copyOf(buffer.array(), buffer.position()));
                if (packet.isPresent()) {
                    return packet;
                }
            }
            return Optional.empty();
        } catch (IOException broken) {
            throw new AssertionError(broken);
        }
    }

    private static boolean up(Planetary planetary) {
        return planetary.links().getFirst().up();
    }

    private static Optional<String> problem(Planetary planetary) {
        return planetary.links().getFirst().problem();
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited 60 s").isLessThan(end);
            LockSupport.parkNanos(5_000_000);
        }
    }
}
