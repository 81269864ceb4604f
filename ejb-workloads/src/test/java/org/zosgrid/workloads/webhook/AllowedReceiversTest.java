package org.zosgrid.workloads.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** To whom the server may send. No test asks a name server. */
class AllowedReceiversTest {
    @Test
    void anEmptyListAllowsNobody() {
        assertThat(problem(of(), "https://192.0.2.1/hook")).contains("zos.webhooks.allow");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://192.0.2.1/hook", "https://192.0.2.1:443/hook?x=y", "https://192.0.2.2:8443/"})
    void whatIsListedIsAllowed(String url) {
        assertThat(of("https://192.0.2.1", "https://192.0.2.2:*").fault("url", url)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://192.0.2.1/", "https://192.0.2.1:8443/", "https://192.0.2.3/", "https://192.0.2.1.example/", "https://192.0.2.1@192.0.2.9/", "ftp://192.0.2.1/", "https://192.0.2.1/#x",
        "https:///x", "hook", "https://192.0.2.1 /", ""})
    void anotherSchemePortHostOrFormIsNot(String url) {
        assertThat(problem(of("https://192.0.2.1"), url)).isNotEmpty();
    }

    @Test
    void aWildcardCoversWhatIsBelowTheDomainAndNotTheDomainItself() {
        AllowedReceivers allowed = of("https://*.hooks.invalid");
        assertThat(problem(allowed, "https://hooks.invalid/")).contains("zos.webhooks.allow");
        assertThat(problem(allowed, "https://evilhooks.invalid/")).contains("zos.webhooks.allow");
        // allowed by name; nothing of this name has an address
        assertThat(problem(allowed, "https://a.hooks.invalid/")).contains("an address now");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "0.0.0.0", "169.254.169.254", "fe80::1", "224.0.0.1", "10.0.0.1", "::ffff:127.0.0.1"})
    void aNameThatLeadsInsideIsRefusedEvenIfNotAllItsAddressesDo(String inside) {
        AllowedReceivers allowed = AllowedReceivers.of(List.of("https://hooks.example.org"), List.of("10.0.0.1"),
                name -> List.of(InetAddress.ofLiteral("192.0.2.1"), InetAddress.ofLiteral(inside)));
        assertThat(problem(allowed, "https://hooks.example.org/")).contains("must not lead to this machine");
    }

    @Test
    void insideIsAllowedToWhomTheListHasExactly() {
        assertThat(of("http://localhost:*").fault("url", "http://localhost:8080/")).isEmpty();
        assertThat(of("http://127.0.0.1:*").fault("url", "http://127.0.0.1:8080/")).isEmpty();
        assertThat(of("http://10.0.0.1").fault("url", "http://10.0.0.1/")).isEmpty();
        assertThat(of("http://[::1]:*").fault("url", "http://[::1]:8080/")).isEmpty();
        assertThat(problem(of("http://127.0.0.1:*"), "http://localhost:8080/")).contains("zos.webhooks.allow");
        assertThat(problem(of("http://127.0.0.1:*"), "http://127.0.0.2:8080/")).contains("zos.webhooks.allow");
        assertThat(problem(of("http://127.0.0.1:*"), "http://[::1]:8080/")).contains("zos.webhooks.allow");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hooks.example.org", "ftp://hooks.example.org", "https://", "https://hooks.example.org/path", "https://u:p@hooks.example.org", "https://a b"})
    void anEntryThatIsNoOriginIsTold(String origin) {
        assertThatThrownBy(() -> of(origin)).isInstanceOf(IllegalArgumentException.class);
    }

    private static AllowedReceivers of(String... origins) {
        return AllowedReceivers.of(List.of(origins), List.of("10.0.0.1"), AllowedReceiversTest::addresses);
    }

    private static List<InetAddress> addresses(String name) {
        return name.endsWith("invalid") ? List.of() : List.of(InetAddress.ofLiteral(name));
    }

    private static String problem(AllowedReceivers allowed, String url) {
        return allowed.fault("url", url).orElseThrow().problem();
    }
}
