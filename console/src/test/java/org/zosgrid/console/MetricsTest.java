package org.zosgrid.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code /metrics} over real HTTP: for whoever shows the token. */
class MetricsTest {
    private final UseCases useCases = new UseCases();
    private final ConsoleServer server = new ConsoleServer(useCases);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void theTokenIsTakenFromItsHeaderAndTheFiguresAreText() throws Exception {
        HttpResponse<String> answer = server.send(server.request("/metrics").header("Authorization", "Bearer t0ken"));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).isEqualToIgnoringCase("text/plain; version=0.0.4; charset=utf-8");
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(answer.body()).isEqualTo("zos_ledger_entries 7\n");
    }

    @Test
    void withoutItNothingIsToldButThatItIsMissing() throws Exception {
        for (String header : new String[] {"Basic t0ken", "Bearer", "Bearer other", "t0ken"}) {
            HttpResponse<String> answer = server.send(server.request("/metrics").header("Authorization", header));
            assertThat(answer.statusCode()).as(header).isEqualTo(401);
            assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer realm=\"zos\"");
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
            assertThat(answer.body()).doesNotContain("zos_ledger_entries");
        }
        assertThat(server.send(server.request("/metrics")).statusCode()).isEqualTo(401);
    }
}
