package org.zosgrid.workloads;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShowSettingsTest {
    @ParameterizedTest
    @CsvSource({
        "https://hub.example.org/v1, https://hub.example.org/v1",
        "https://tom:geheim@hub.example.org/v1, https://***@hub.example.org/v1",
        "https://collector.example.org/?token=abc&x=1, https://collector.example.org/?token=***&x=***",
        "jdbc:postgresql://db.example.org/zos?sslmode=verify-full, jdbc:postgresql://db.example.org/zos?sslmode=***",
        "zos@example.org, zos@example.org",
        "/var/lib/zos/secret, /var/lib/zos/secret"})
    void whatCouldBeASecretInAnAddressIsNotShown(String value, String shown) {
        assertThat(ShowSettings.redacted(value)).isEqualTo(shown);
    }
}
