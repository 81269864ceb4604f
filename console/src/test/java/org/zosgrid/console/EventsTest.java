package org.zosgrid.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.zosgrid.contract.key.SigningKey;
import org.zosgrid.workloads.RefusedException;
import org.zosgrid.workloads.view.ChangeNews;
import org.zosgrid.workloads.view.ChangeSummary;

/** Server-sent events: proved like every question, gone on with where they stopped, and never more than there is room for. */
@Timeout(60)
class EventsTest {
    private static final SigningKey ALICE = SigningKey.generate();
    private static final String STREAM = "/api/events/stream";

    private final UseCases useCases = new UseCases().person("alice", ALICE.verificationKey());
    private final ConsoleServer server = new ConsoleServer(useCases);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void whatHappensIsToldInItsOrderWithWhereToGoOn() throws Exception {
        useCases.news.put("0-0", new ChangeNews(true, "7-2", List.of(summary("shop", "approval"), summary("blog", "running"))));
        try (Stream<String> lines = follow(Map.of())) {
            Iterator<String> heard = lines.iterator();
            assertThat(event(heard)).containsExactly("event: ready", "id: 0-0", "data: {\"complete\":false}");
            assertThat(event(heard)).contains("event: change", "id: 0-0").anyMatch(line -> line.startsWith("data: {\"name\":\"shop\"") && line.contains("\"state\":\"approval\""));
            assertThat(event(heard)).contains("event: change", "id: 7-2").anyMatch(line -> line.contains("blog"));
            useCases.news.put("7-2", new ChangeNews(true, "9-1", List.of(summary("shop", "running"))));
            assertThat(event(heard)).contains("event: change", "id: 9-1");
        }
        assertThat(useCases.calls).containsExactly("begin Optional.empty");
    }

    @Test
    void whoWasAwayGoesOnWhereTheyWere() throws Exception {
        try (Stream<String> lines = follow(Map.of("Last-Event-ID", "7-2"))) {
            assertThat(event(lines.iterator())).containsExactly("event: ready", "id: 7-2", "data: {\"complete\":true}");
        }
        assertThat(useCases.calls).containsExactly("begin Optional[7-2]");
    }

    @Test
    void nobodyHearsAnythingWithoutAProof() throws Exception {
        assertThat(server.send(server.request(STREAM)).statusCode()).isEqualTo(401);
        useCases.failure = new RefusedException(RefusedException.Kind.UNAVAILABLE, "the database is away");
        assertThat(server.send(server.signed(ALICE, "GET", STREAM, new byte[0], Map.of())).statusCode()).isEqualTo(503);
    }

    @Test
    void whoAsksForTheHeadAloneHoldsNoStream() throws Exception {
        assertThat(server.send(server.signed(ALICE, "HEAD", STREAM, new byte[0], Map.of()).method("HEAD", BodyPublishers.noBody())).statusCode()).isEqualTo(200);
        assertThat(useCases.calls).isEmpty();
    }

    @Test
    void thereAreOnlySoMany() throws Exception {
        List<Stream<String>> open = new ArrayList<>();
        for (int i = 0; i < EventStreams.MOST; i++) {
            open.add(follow(Map.of()));
        }
        HttpResponse<String> refused = server.send(server.signed(ALICE, "GET", STREAM, new byte[0], Map.of()));
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("Too many streams are open");
        open.forEach(Stream::close);
    }

    private Stream<String> follow(Map<String, String> headers) throws Exception {
        HttpResponse<Stream<String>> answer = server.follow(server.signed(ALICE, "GET", STREAM, new byte[0], headers));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/event-stream");
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
        return answer.body();
    }

    /** The next event's lines. */
    private static List<String> event(Iterator<String> lines) {
        List<String> event = new ArrayList<>();
        while (true) {
            String line = lines.next();
            if (line.isEmpty()) {
                return event;
            }
            event.add(line);
        }
    }

    private static ChangeSummary summary(String name, String state) {
        return new ChangeSummary(name, 1, "deployment", state, "", "alice", UseCases.NOON);
    }
}
