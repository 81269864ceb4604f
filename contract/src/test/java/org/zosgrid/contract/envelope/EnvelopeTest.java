package org.zosgrid.contract.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.key.KeyId;
import org.zosgrid.contract.key.SigningKey;

class EnvelopeTest {
    private static final SigningKey KEY = SigningKey.generate();
    private static final Envelope SIGNED = Envelope.sign("text/plain", "hello".getBytes(StandardCharsets.UTF_8), KEY);

    /** The example of DSSE's protocol description. */
    @Test
    void whatIsSignedIsDssesEncoding() {
        assertThat(Envelope.preAuthenticationEncoding("http://example.com/HelloWorld", "hello world".getBytes(StandardCharsets.UTF_8)))
                .asString()
                .isEqualTo("DSSEv1 29 http://example.com/HelloWorld 11 hello world");
    }

    @Property(tries = 300)
    void whatIsSignedCanBeReadAgainAndNothingElseCan(@ForAll @Size(max = 200) byte[] payload, @ForAll @Size(max = 60) byte[] nonsense) {
        byte[] signed = Envelope.preAuthenticationEncoding(PayloadType.DEPLOYMENT, payload);
        assertThat(Envelope.ofPreAuthenticationEncoding(signed)).contains(new Envelope(PayloadType.DEPLOYMENT, payload, List.of()));
        assertThat(Envelope.ofPreAuthenticationEncoding(nonsense)).isEmpty();
        assertThat(Envelope.ofPreAuthenticationEncoding(java.util.Arrays.copyOf(signed, signed.length + 1))).isEmpty();
        assertThat(Envelope.ofPreAuthenticationEncoding("DSSEv1 1 a 01 x".getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    @Property(tries = 300)
    void anEnvelopeSurvivesItsJson(@ForAll @Size(max = 200) byte[] payload, @ForAll @Size(max = 10) List<@Size(max = 50) byte[]> signatures) {
        List<Signature> all = new ArrayList<>();
        for (byte[] each : signatures) {
            all.add(new Signature(new KeyId(String.format("%064x", all.size())), each));
        }
        Envelope envelope = new Envelope(PayloadType.DEPLOYMENT, payload, all);
        assertThat(Envelope.parse(envelope.toJson())).isEqualTo(envelope);
    }

    @Test
    void theDigestNamesTheBytesWhoeverSignedThem() {
        assertThat(SIGNED.with(SIGNED.signatureBy(SigningKey.generate())).digest()).isEqualTo(SIGNED.digest());
        assertThat(new Envelope("text/other", SIGNED.payload(), List.of()).digest()).isNotEqualTo(SIGNED.digest());
    }

    @Test
    void aKeyIsVerifiedOnceHoweverOftenItStandsThere() {
        List<Signature> many = new ArrayList<>();
        for (int i = 0; i < Envelope.MAX_SIGNATURES; i++) {
            many.add(SIGNED.signatures().getFirst());
        }
        AtomicInteger asked = new AtomicInteger();
        assertThat(new Envelope(SIGNED.payloadType(), SIGNED.payload(), many).verifiedBy(id -> {
                    asked.incrementAndGet();
                    return Optional.of(KEY.verificationKey());
                }))
                .containsExactly(KEY.id());
        assertThat(asked).hasValue(1);
    }

    @Test
    void tooMuchAndTheWrongTypeAreRefusedTogether() {
        String json = "{\"payloadType\":1,\"payload\":\"*\",\"signatures\":[{\"keyid\":\"x\",\"sig\":true}],\"extra\":null}";
        assertThatThrownBy(() -> Envelope.parse(json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(ContractException.class)
                .hasMessageContaining("payloadType: must be text")
                .hasMessageContaining("payload: must be base64")
                .hasMessageContaining("signatures[0].keyid")
                .hasMessageContaining("signatures[0].sig: must be text")
                .hasMessageContaining("extra: is not a known field");
        List<Signature> many = new ArrayList<>();
        for (int i = 0; i <= Envelope.MAX_SIGNATURES; i++) {
            many.add(new Signature(new KeyId(String.format("%064x", i)), new byte[1]));
        }
        refused(new Envelope("text/plain", new byte[0], many).toJson());
        refused(new Envelope("text/plain", new byte[(1 << 20) + 1], List.of()).toJson());
        refused(new byte[(8 << 20) + 1]);
        refused(("[".repeat(100_000)).getBytes(StandardCharsets.UTF_8));
    }

    @Property(tries = 300)
    void aTruncatedEnvelopeIsRefused(@ForAll int length) {
        byte[] json = SIGNED.toJson();
        refused(java.util.Arrays.copyOf(json, Math.floorMod(length, json.length)));
    }

    @Property(tries = 300)
    void nonsenseIsRefused(@ForAll byte[] nonsense) {
        refused(nonsense);
    }

    private static void refused(byte[] json) {
        assertThatThrownBy(() -> Envelope.parse(json)).isInstanceOf(ContractException.class);
    }
}
