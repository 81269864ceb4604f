package org.zosgrid.cli.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.envelope.PayloadType;
import org.zosgrid.contract.http.HttpSignature;
import org.zosgrid.contract.key.SigningKey;

class SigningAgentTest {
    private static final SigningKey KEY = SigningKey.generate();

    @TempDir
    Path directory = Path.of("");

    private final List<String> shown = new CopyOnWriteArrayList<>();
    private volatile boolean answer = true;
    private SigningAgent agent;
    private AgentSigner signer;

    @BeforeEach
    void start() {
        agent = SigningAgent.open(KEY, socket(), text -> shown.add(text) && answer, false);
        Thread.ofPlatform().daemon().start(agent::serve);
        signer = AgentSigner.connect(socket());
    }

    @AfterEach
    void stop() {
        agent.close();
        assertThat(socket()).doesNotExist();
    }

    @Test
    void itShowsWhatStandsInTheBytesAndSignsWhenTheOwnerSaysYes() {
        Envelope signed = Envelope.sign(PayloadType.DECOMMISSION, json("shop", "over"), signer);
        assertThat(signed.verifiedBy(id -> java.util.Optional.of(KEY.verificationKey()))).containsExactly(KEY.id());
        assertThat(shown).singleElement().asString().contains("decommission").contains("name: \"shop\"").contains("reason: \"over\"").contains(signed.digest());
        Envelope.sign(PayloadType.DECOMMISSION, json("shop", "really over"), signer);
        assertThat(shown.getLast()).contains("Different from what was signed here before:").contains("~ reason: \"over\" → \"really over\"");
    }

    @Test
    void itDoesNotSignWhenTheOwnerSaysNo() {
        answer = false;
        assertThatThrownBy(() -> Envelope.sign(PayloadType.DECOMMISSION, json("shop", "over"), signer)).hasMessageContaining("the owner of the key said no");
    }

    @Test
    void itDoesNotSignWhatItCannotShow() {
        for (String message : List.of("", "anything", "DSSEv1 1 a 3 xyz", "DSSEv1 1 a 2 {}x", "\"@method\": POST\nDSSEv1")) {
            assertThatThrownBy(() -> signer.sign(message.getBytes(StandardCharsets.UTF_8))).hasMessageContaining("only what it can show");
        }
        assertThat(shown).isEmpty();
    }

    @Test
    void requestsToTheControlPlanePassWithoutAQuestion() {
        assertThat(HttpSignature.sign(signer, "GET", "/api/deployments?limit=5", new byte[0], Instant.now())).containsKey("Signature");
        assertThat(shown).isEmpty();
    }

    @Test
    void onlyItsOwnerCanOpenTheSocketAndNothingElseIsLeft() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket()))).isEqualTo("rw-------");
        try (var files = Files.list(directory)) {
            assertThat(files).containsExactly(socket());
        }
    }

    @Test
    void aClientThatSendsNonsenseOrGoesAwayStopsNobodyElse() throws Exception {
        for (byte[] nonsense : List.of(new byte[] {}, new byte[] {2, 127, -1, -1, -1}, new byte[] {9, 0, 0, 0, 0}, new byte[] {2, 0, 0, 1})) {
            try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket()))) {
                channel.write(ByteBuffer.wrap(nonsense));
            }
        }
        assertThat(AgentSigner.connect(socket()).id()).isEqualTo(KEY.id());
    }

    private Path socket() {
        return directory.resolve("agent");
    }

    private static byte[] json(String name, String reason) {
        return ("{\"name\":\"" + name + "\",\"reason\":\"" + reason + "\"}").getBytes(StandardCharsets.UTF_8);
    }
}
