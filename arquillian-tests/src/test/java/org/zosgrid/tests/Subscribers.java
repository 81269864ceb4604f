package org.zosgrid.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.zosgrid.cli.client.ControlPlane;
import org.zosgrid.cli.client.RefusedException;
import org.zosgrid.contract.http.HttpSignature;
import org.zosgrid.tests.container.ControlPlaneContainer;

/** Corporate systems around the stage's control plane; a class of its own, since the server that runs {@link EventsIT} has no command line. */
final class Subscribers {
    private static final String CHANGE = "org.zosgrid.change.";

    private Subscribers() {}

    /** One hears everything, one never answers, one fails until it is repaired. */
    static void hearOfDecisions() throws Exception {
        Story story = new Story(ControlPlaneContainer.stage(), "told", 31);
        ControlPlane root = story.as("bob");
        try (Receiver good = new Receiver(); Receiver slow = new Receiver().silent(); Receiver broken = new Receiver().answering(500)) {
            long first = subscribe(root, good, List.of());
            long second = subscribe(root, slow, List.of());
            long third = subscribe(root, broken, List.of(CHANGE + "submitted"));
            try {
                assertThat(root.testWebhook(first).path("delivered").asBoolean()).isTrue();
                assertThat(root.testWebhook(third).path("failure").asText()).isEqualTo("answered 500");
                story.open();
                story.as("bob").reject("told", 1, "not today");
                await(() -> good.types("told").size() >= 2);
                assertThat(good.types("told")).startsWith(CHANGE + "submitted", CHANGE + "rejected");
                assertThat(good.events).isNotEmpty().allMatch(Receiver.Event::genuine);
                await(() -> !root.deadLetters().isEmpty());
                assertThat(root.deadLetters()).singleElement().satisfies(dead -> {
                    assertThat(dead.path("webhook").asLong()).isEqualTo(third);
                    assertThat(dead.path("subject").asText()).isEqualTo("told");
                    assertThat(dead.path("attempts").asInt()).isEqualTo(3);
                    assertThat(dead.path("failure").asText()).isEqualTo("answered 500");
                });
                broken.answering(204);
                root.retryDeadLetter(third, root.deadLetters().getFirst().path("index").asLong());
                await(() -> broken.types("told").equals(List.of(CHANGE + "submitted")));
                assertThat(root.deadLetters()).isEmpty();
            } finally {
                for (long webhook : new long[] {first, second, third}) {
                    root.removeWebhook(webhook);
                }
            }
        }
    }

    /** Only by root holders, and only where the configuration allows it. */
    static void areAdministered() {
        Story story = new Story(ControlPlaneContainer.stage(), "untold", 32);
        assertThatThrownBy(() -> story.as("alice").webhooks()).isInstanceOf(RefusedException.class).hasMessageContaining("root");
        assertThatThrownBy(() -> story.as("alice").addWebhook(Optional.empty(), "http://127.0.0.1:1/", List.of(), Optional.empty())).isInstanceOf(RefusedException.class).hasMessageContaining("root");
        assertThatThrownBy(() -> story.as("bob").addWebhook(Optional.empty(), "http://169.254.169.254/", List.of(), Optional.empty())).isInstanceOf(RefusedException.class).hasMessageContaining("zos.webhooks.allow");
        assertThatThrownBy(() -> story.as("bob").addWebhook(Optional.empty(), "http://127.0.0.1:1/", List.of("submitted"), Optional.of("../nodes.json"))).isInstanceOf(RefusedException.class)
                .hasMessageContaining("types").hasMessageContaining("secretFile");
    }

    /** As clients do whose connection broke. */
    static void repeatThemselves() throws Exception {
        Story story = new Story(ControlPlaneContainer.stage(), "repeated", 34);
        String body = "{\"url\":\"http://127.0.0.1:9/repeated\"}";
        HttpResponse<String> refused = post("alice", body, "k1");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(post("alice", body, "k1").statusCode()).isEqualTo(403);
        HttpResponse<String> made = post("bob", body, "k1");
        assertThat(made.statusCode()).isEqualTo(201);
        HttpResponse<String> again = post("bob", body, "k1");
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(made.body());
        assertThat(post("bob", body.replace("repeated", "other"), "k1").statusCode()).isEqualTo(409);
        assertThat(post("bob", body, "k2").body()).contains("There is such a webhook already");
        assertThat(story.as("bob").webhooks()).filteredOn(each -> each.path("url").asText().contains("127.0.0.1:9/")).hasSize(1)
                .allSatisfy(each -> story.as("bob").removeWebhook(each.path("id").asLong()));
    }

    private static HttpResponse<String> post(String person, String body, String key) throws Exception {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        HttpRequest.Builder request = HttpRequest.newBuilder(ControlPlaneContainer.stage().controlPlaneAddress().resolve("/api/webhooks")).header("Content-Type", "application/json")
                .header("Idempotency-Key", key).POST(HttpRequest.BodyPublishers.ofByteArray(bytes));
        HttpSignature.sign(ControlPlaneContainer.stage().cast().key(person), "POST", "/api/webhooks", bytes, Instant.now()).forEach(request::header);
        try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    /** Who has a seat, and who submitted. */
    static void getMail() throws Exception {
        Story story = new Story(ControlPlaneContainer.stage(), "mailed", 33);
        story.open();
        story.as("bob").reject("mailed", 1, "not today");
        await(() -> mail().size() >= 4);
        assertThat(mail()).containsExactlyInAnyOrder("bob@example.org: Your approval is asked for: mailed version 1", "carol@example.org: Your approval is asked for: mailed version 1",
                "dave@example.org: Your approval is asked for: mailed version 1", "alice@example.org: mailed version 1 is rejected");
    }

    /** The texts of mail with a subject that somebody has got. */
    static List<String> mailedTo(String person, String subject) {
        List<String> texts = new ArrayList<>();
        try {
            for (var message : ControlPlaneContainer.mail().getReceivedMessages()) {
                if (message.getSubject().equals(subject) && message.getAllRecipients()[0].toString().equals(person + "@example.org")) {
                    texts.add(String.valueOf(message.getContent()));
                }
            }
        } catch (jakarta.mail.MessagingException | java.io.IOException unreadable) {
            throw new AssertionError(unreadable);
        }
        return texts;
    }

    private static List<String> mail() throws Exception {
        List<String> all = new ArrayList<>();
        for (var message : ControlPlaneContainer.mail().getReceivedMessages()) {
            if (message.getSubject().contains("mailed")) {
                all.add(message.getAllRecipients()[0] + ": " + message.getSubject());
            }
        }
        return all;
    }

    private static long subscribe(ControlPlane root, Receiver receiver, List<String> types) {
        var made = root.addWebhook(Optional.empty(), receiver.url(), types, Optional.empty());
        receiver.knows(made.path("secret").asText());
        return made.path("id").asLong();
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        Instant end = Instant.now().plus(Duration.ofSeconds(60));
        while (!condition.call()) {
            assertThat(Instant.now()).as("within a minute").isBefore(end);
            Thread.sleep(100);
        }
    }
}
