package org.zosgrid.workloads.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zosgrid.contract.ContractException;
import org.zosgrid.workloads.Backoff;

/** How messages are signed, and how long one waits between two attempts. */
class WebhookSecretTest {
    @Test
    void signsAsTheSpecificationsExampleDoes() {
        WebhookSecret secret = WebhookSecret.parse("secret", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        assertThat(secret.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", Instant.ofEpochSecond(1614265330), "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8)))
                .containsEntry("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek")
                .containsEntry("webhook-timestamp", "1614265330")
                .containsEntry("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void anotherTimeIsAnotherSignature() {
        WebhookSecret secret = WebhookSecret.generate();
        byte[] body = {1};
        assertThat(secret.sign("7", Instant.ofEpochSecond(1), body).get("webhook-signature")).isNotEqualTo(secret.sign("7", Instant.ofEpochSecond(2), body).get("webhook-signature"));
    }

    @Test
    void aMadeSecretIsReadBackFromItsText() {
        WebhookSecret made = WebhookSecret.generate();
        assertThat(WebhookSecret.parse("secret", made.text()).key()).isEqualTo(made.key()).hasSize(32);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hunter2", "whsec_", "whsec_AAAA", "whsec_%%%%", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"})
    void whatIsNoSecretIsRefusedWithoutBeingTold(String text) {
        assertThatThrownBy(() -> WebhookSecret.parse("secretFile", text)).isInstanceOf(ContractException.class).hasMessageContaining("secretFile").hasMessageContaining("24 to 64 bytes")
                .satisfies(thrown -> assertThat(text.isEmpty() || text.equals("whsec_") || !thrown.getMessage().contains(text)).isTrue());
    }

    @Test
    void waitsTwiceAsLongEachTimeUpToALimitAndNeverLessThanHalfOfThat() {
        Backoff backoff = new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(1));
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            assertThat(backoff.after(1, random)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
            assertThat(backoff.after(2, random)).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(4));
            assertThat(backoff.after(5, random)).isBetween(Duration.ofSeconds(16), Duration.ofSeconds(32));
            assertThat(backoff.after(6, random)).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(60));
            assertThat(backoff.after(1000, random)).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(60));
        }
        assertThat(backoff.after(6, random)).isNotEqualTo(backoff.after(6, random));
    }
}
