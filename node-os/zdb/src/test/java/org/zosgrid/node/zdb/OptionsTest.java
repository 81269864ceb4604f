package org.zosgrid.node.zdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {
    @Test
    void withoutOptionsItListensOnLoopbackAndKeepsItsWord() {
        ZdbConfig config = Options.of().config();
        assertThat(config.listeners()).singleElement().satisfies(each -> assertThat(each.address()).isEqualTo(new InetSocketAddress("127.0.0.1", 9900)));
        assertThat(config.data()).isEqualTo(Path.of("zdb-data"));
        assertThat(config.adminPassword()).isEmpty();
        ZdbConfig.Settings settings = config.settings();
        assertThat(settings.index()).isEqualTo(Path.of("zdb-data"));
        assertThat(settings.unixSockets()).isEmpty();
        assertThat(settings.fileSize()).isEqualTo(256 << 20);
        assertThat(settings.fresh().mode()).isEqualTo(Mode.USER);
        assertThat(settings.fresh().durability()).isEqualTo(Durability.SYNC);
        assertThat(settings.singleMode()).isFalse();
        assertThat(settings.protect()).isFalse();
        assertThat(settings.hook()).isEmpty();
        assertThat(settings.defaultMaxSize()).isEqualTo(OptionalLong.of(0));
        assertThat(settings.rotate()).isZero();
        assertThat(settings.syncOnJump()).isFalse();
    }

    @Test
    void everyOptionArrives() {
        ZdbConfig config = Options.of("--data", "a", "--index", "b", "--listen", "::1", "--port", "1234", "--socket", "s", "--dualnet", "--mode", "seq", "--datasize", "100000",
                "--maxsize", "77", "--admin", "secret", "--protect", "--hook", "h", "--synctime", "2.5", "--secure", "--rotate", "900").config();
        assertThat(config.listeners()).singleElement().satisfies(each -> assertThat(each.address()).isEqualTo(new InetSocketAddress("::1", 1234)));
        assertThat(config.data()).isEqualTo(Path.of("a"));
        assertThat(config.adminPassword()).hasValue("secret");
        ZdbConfig.Settings settings = config.settings();
        assertThat(settings.index()).isEqualTo(Path.of("b"));
        assertThat(settings.unixSockets()).containsExactly(Path.of("s"));
        assertThat(settings.fileSize()).isEqualTo(100_000);
        assertThat(settings.fresh().mode()).isEqualTo(Mode.SEQUENTIAL);
        assertThat(settings.fresh().durability()).isEqualTo(Durability.INTERVAL);
        assertThat(settings.fresh().interval()).isEqualTo(Duration.ofMillis(2500));
        assertThat(settings.singleMode()).isTrue();
        assertThat(settings.protect()).isTrue();
        assertThat(settings.hook()).isEqualTo(Optional.of(Path.of("h")));
        assertThat(settings.defaultMaxSize()).isEqualTo(OptionalLong.of(77));
        assertThat(settings.rotate()).isEqualTo(Duration.ofMinutes(15));
        assertThat(settings.syncOnJump()).isTrue();
        assertThat(Options.of("--socket", "s").config().listeners()).as("a socket instead of TCP").isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --colour red          | --colour: there is no such option
            stray                 | stray: there is no such option
            --port                | --port: needs a value
            --port 65536          | --port: must be a number from 0 to 65535 (is: 65536)
            --port -1             | --port: must be a number from 0 to 65535 (is: -1)
            --mode odd            | --mode: must be user or seq (is: odd)
            --datasize 100        | datasize: must lie between 65536 and 2130706431 bytes (is: 100)
            --maxsize much        | --maxsize: must be a number from 0 to 9223372036854775807 (is: much)
            --synctime 0          | --synctime: must be a number of seconds, at least 0.001 (is: 0)
            --rotate soon         | --rotate: must be a number of seconds, at least 0.001 (is: soon)
            --tls-port 1          | --tls-identity: is needed with --tls-port and with --primary-name
            """)
    void whatIsWrongIsToldWithItsLimitAndValue(String options, String told) {
        assertThatThrownBy(() -> Options.of(options.split(" ")).config()).isInstanceOf(IllegalArgumentException.class).hasMessage(told);
    }
}
