package org.zosgrid.console;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.zosgrid.contract.StrictJson;
import org.zosgrid.workloads.FollowChanges;
import org.zosgrid.workloads.view.ChangeNews;
import org.zosgrid.workloads.view.ChangeSummary;

/**
 * One listener's stream. What is to come is read from the database only when everything before has left, so nothing piles up here for somebody who is slow; a change
 * that moved often meanwhile is told once, as it is. A comment goes out where nothing happens, so that both ends notice a connection that is gone. After
 * {@link #LIFE} the stream ends: who asks is proved anew, by a key or token that may no longer count.
 */
final class EventStream implements Runnable {
    static final Duration LIFE = Duration.ofMinutes(10);
    private static final Logger LOG = Logger.getLogger(EventStream.class.getName());
    private static final Duration PAUSE = Duration.ofMillis(700);
    private static final Duration SILENCE = Duration.ofSeconds(10);
    /** How long one event may take to leave. */
    private static final Duration SLOW = Duration.ofSeconds(30);

    private final FollowChanges changes;
    private final ChangeNews begun;
    private final SseEventSink sink;
    private final Sse sse;

    EventStream(FollowChanges changes, ChangeNews begun, SseEventSink sink, Sse sse) {
        this.changes = changes;
        this.begun = begun;
        this.sink = sink;
        this.sse = sse;
    }

    @Override
    public void run() {
        try (sink) {
            follow();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException gone) {
            LOG.log(Level.FINE, "a listener is gone: {0}", gone.getMessage());
        } catch (RuntimeException failed) {
            // The listener comes back, and goes on where it was.
            LOG.log(Level.INFO, "a stream of events ends: {0}", failed.getMessage());
        }
    }

    private void follow() throws InterruptedException, ExecutionException, TimeoutException {
        long end = System.nanoTime() + LIFE.toNanos();
        send(sse.newEventBuilder().id(begun.position()).name("ready").data(String.class, "{\"complete\":" + begun.complete() + "}").build());
        long spoken = System.nanoTime();
        String position = begun.position();
        while (!sink.isClosed() && System.nanoTime() < end) {
            ChangeNews news = changes.after(position);
            for (int i = 0; i < news.changes().size(); i++) {
                // Only the last has an id: whoever lost the connection between two of them is told both again.
                send(event(news.changes().get(i), i == news.changes().size() - 1 ? news.position() : position));
                spoken = System.nanoTime();
            }
            if (news.position().equals(position)) {
                if (System.nanoTime() - spoken > SILENCE.toNanos()) {
                    send(sse.newEventBuilder().comment("").build());
                    spoken = System.nanoTime();
                }
                Thread.sleep(PAUSE);
            }
            position = news.position();
        }
    }

    private OutboundSseEvent event(ChangeSummary change, String position) {
        String json = new String(StrictJson.bytes(Answer.summary(change)), StandardCharsets.UTF_8);
        return sse.newEventBuilder().id(position).name("change").mediaType(MediaType.APPLICATION_JSON_TYPE).data(String.class, json).build();
    }

    private void send(OutboundSseEvent event) throws InterruptedException, ExecutionException, TimeoutException {
        sink.send(event).toCompletableFuture().get(SLOW.toSeconds(), TimeUnit.SECONDS);
    }
}
