package org.zosgrid.contract.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.key.SigningKey;

class HttpSignatureTest {
    private static final SigningKey KEY = SigningKey.generate();
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final String TARGET = "/api/deployments?limit=2";
    private static final byte[] BODY = "{}".getBytes(StandardCharsets.UTF_8);
    private static final Map<String, String> HEADERS = HttpSignature.sign(KEY, "POST", TARGET, BODY, NOW);

    @Property(tries = 50)
    void whatWasSignedVerifies(@ForAll @Size(max = 100) byte[] body) {
        Map<String, String> headers = HttpSignature.sign(KEY, "PUT", TARGET, body, NOW);
        HttpSignature.Verified verified = verify(headers, "PUT", TARGET, body, NOW.plusSeconds(60));
        assertThat(verified.keyId()).isEqualTo(KEY.id());
        assertThat(headers.get("Signature-Input")).contains(verified.nonce());
    }

    @Test
    void nothingThatIsCoveredMayChange() {
        refused(HEADERS, "GET", TARGET, BODY, NOW, "does not verify");
        refused(HEADERS, "POST", "/api/deployments?limit=3", BODY, NOW, "does not verify");
        refused(HEADERS, "POST", "/api/deployments", BODY, NOW, "does not verify");
        refused(HEADERS, "POST", TARGET, "[]".getBytes(StandardCharsets.UTF_8), NOW, "is not the digest of the body");
    }

    @Test
    void itIsGoodForAMinuteOnly() {
        refused(HEADERS, "POST", TARGET, BODY, NOW.plusSeconds(61), "must have been created within 60 s");
        refused(HEADERS, "POST", TARGET, BODY, NOW.minusSeconds(61), "must have been created within 60 s");
    }

    @Test
    void everyHeaderIsNeededAndOneProfileIsKnown() {
        for (String name : HEADERS.keySet()) {
            refused(with(name, null), "POST", TARGET, BODY, NOW, name + ": is missing");
            refused(with(name, ""), "POST", TARGET, BODY, NOW, name);
            refused(with(name, "x".repeat(100_000)), "POST", TARGET, BODY, NOW, name);
        }
        String input = HEADERS.get("Signature-Input");
        refused(with("Signature-Input", input.replace("mldsa65-ed25519", "ed25519")), "POST", TARGET, BODY, NOW, "Signature-Input");
        refused(with("Signature-Input", input.replace(" \"content-digest\"", "")), "POST", TARGET, BODY, NOW, "Signature-Input");
        refused(with("Signature-Input", input.replaceFirst("nonce=\"..", "nonce=\"00")), "POST", TARGET, BODY, NOW, "does not verify");
        refused(with("Signature-Input", input.replace(KEY.id().hex(), "0".repeat(64))), "POST", TARGET, BODY, NOW, "does not know");
    }

    @Property(tries = 200)
    void nonsenseIsRefused(@ForAll String nonsense) {
        HEADERS.keySet().forEach(name -> refused(with(name, nonsense), "POST", TARGET, BODY, NOW, name));
    }

    private static Map<String, String> with(String name, @org.jspecify.annotations.Nullable String value) {
        Map<String, String> headers = new HashMap<>(HEADERS);
        if (value == null) {
            headers.remove(name);
        } else {
            headers.put(name, value);
        }
        return headers;
    }

    private static void refused(Map<String, String> headers, String method, String target, byte[] body, Instant now, String message) {
        assertThatThrownBy(() -> verify(headers, method, target, body, now)).isInstanceOf(ContractException.class).hasMessageContaining(message);
    }

    private static HttpSignature.Verified verify(Map<String, String> headers, String method, String target, byte[] body, Instant now) {
        return HttpSignature.verify(name -> Optional.ofNullable(headers.get(name)), method, target, body,
                id -> Optional.of(KEY.verificationKey()).filter(key -> key.id().equals(id)), now);
    }
}
