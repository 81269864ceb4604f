package org.zosgrid.contract.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.envelope.PayloadType;

class ImagePromotionTest {
    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");
    private static final ImageReference IMAGE = ImageReference.parse("demo/web:1.0@sha256:" + "a".repeat(64));
    private static final String NAME = ImagePromotion.name(IMAGE, Environment.PRODUCTION);
    private static final ImagePromotion PROMOTION =
            new ImagePromotion(NAME, 1, "alice", NOON, NOON.plusSeconds(600), "tried in staging", IMAGE, Environment.PRODUCTION, Optional.of(NOON.plusSeconds(86_400)));

    @Test
    void promotionAndRevocationSurviveTheirJson() {
        assertThat(ChangeDocument.parse(PayloadType.PROMOTION, PROMOTION.toJson())).isEqualTo(PROMOTION);
        ImagePromotion revocation = new ImagePromotion(NAME, 2, "alice", NOON, NOON.plusSeconds(600), "a flaw", IMAGE, Environment.PRODUCTION, Optional.empty());
        assertThat(ChangeDocument.parse(PayloadType.PROMOTION, revocation.toJson())).isEqualTo(revocation);
        assertThat(PROMOTION.isRevocation()).isFalse();
        assertThat(revocation.isRevocation()).isTrue();
    }

    @Test
    void eachImageAndEachEnvironmentHasALineOfVersionsOfItsOwn() {
        assertThat(NAME).hasSize(36).matches("promotion-[0-9a-f]{26}");
        assertThat(ImagePromotion.name(IMAGE, Environment.STAGING)).isNotEqualTo(NAME);
        assertThat(ImagePromotion.name(ImageReference.parse("demo/web:1.0@sha256:" + "b".repeat(64)), Environment.PRODUCTION)).isNotEqualTo(NAME);
        assertThat(ImagePromotion.name(ImageReference.parse("demo/web:1.1@sha256:" + "a".repeat(64)), Environment.PRODUCTION)).isNotEqualTo(NAME);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "\"production\"|\"staging\"|name: must be promotion-",
        "@sha256:aaaa|@sha256:bbbb|name: must be promotion-",
        "\"production\"|\"moon\"|environment: must be one of development, staging, production",
        "2026-11-27T12:00:00Z|2026-11-26T11:00:00Z|until: must lie after created",
        "\"until\"|\"untill\"|untill: is not a known field"})
    void everyFieldIsChecked(String from, String to, String fault) {
        byte[] changed = new String(PROMOTION.toJson(), StandardCharsets.UTF_8).replace(from, to).getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> ImagePromotion.parse(changed)).isInstanceOf(ContractException.class).hasMessageContaining(fault);
    }

    @Test
    void aTagAloneIsNoImageThatCouldBePromoted() {
        byte[] changed = new String(PROMOTION.toJson(), StandardCharsets.UTF_8).replaceAll("@sha256:a+", "").getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> ImagePromotion.parse(changed)).isInstanceOf(ContractException.class).hasMessageContaining("image: must be pinned to a fingerprint");
    }
}
