package org.zosgrid.contract.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.zosgrid.contract.People.NOW;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.ledger.Checkpoint;
import org.zosgrid.contract.ledger.SealedContract;
import org.zosgrid.contract.ledger.TlogProof;
import org.zosgrid.contract.trust.TrustRoot;

/** The published test vectors: files that never change, so that a change of the format is noticed. {@link #main} makes new ones. */
class VectorsTest {
    private static final Path VECTORS = Path.of("src/test/resources/vectors");
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void theBundleSaysWhatIsExpected() throws IOException {
        AuditReport report = AuditBundle.verify(read("bundle.json"), Envelope.parse(read("root-1.json")), 2);
        assertThat(JSON.readTree(JSON.writeValueAsBytes(expected(report)))).isEqualTo(JSON.readTree(read("expected.json")));
    }

    @Test
    void everyChangeThatIsListedIsRefused() throws IOException {
        for (JsonNode each : JSON.readTree(read("rejected.json"))) {
            JsonNode bundle = JSON.readTree(read("bundle.json"));
            apply(bundle, each.get("pointer").asText(), each.get("value"));
            assertThatThrownBy(() -> AuditBundle.verify(JSON.writeValueAsBytes(bundle), Envelope.parse(read("root-1.json")), 2))
                    .as(each.get("why").asText())
                    .isInstanceOf(ContractException.class)
                    .hasMessageContaining(each.get("says").asText());
        }
    }

    @Test
    void theRootsAreAChainAndTheSealedContractIsProved() throws IOException {
        TrustRoot root = TrustRoot.follow(java.util.List.of(Envelope.parse(read("root-1.json")), Envelope.parse(read("root-2.json"))), NOW);
        assertThat(root.version()).isEqualTo(2);
        SealedContract contract = SealedContract.parse(read("sealed-contract.json"));
        Checkpoint checkpoint = TlogProof.parse(contract.proof()).verify(contract.entry(), root.ledger());
        assertThat(new String(read("checkpoint.txt"), StandardCharsets.UTF_8)).startsWith(checkpoint.text());
        assertThat(contract.proof()).endsWith(new String(read("checkpoint.txt"), StandardCharsets.UTF_8));
    }

    private static JsonNode expected(AuditReport report) {
        ObjectNode object = JSON.createObjectNode().put("name", report.name()).put("size", report.checkpoint().size()).put("rootVersion", report.rootVersion());
        ArrayNode versions = object.putArray("versions");
        for (AuditReport.Event event : report.events()) {
            event.change().ifPresent(change -> {
                ObjectNode version = versions.addObject().put("index", event.index()).put("version", change.document().version()).put("requester", change.document().requester())
                        .put("digest", change.digest()).put("rootVersion", change.rootVersion());
                change.approvers().forEach(version.withArray("approvers")::add);
                change.rules().forEach(version.withArray("rules")::add);
                event.receipts().forEach(receipt -> version.withArray("receipts").add(receipt.node() + " " + receipt.outcome()));
            });
        }
        return object;
    }

    private static void apply(JsonNode bundle, String pointer, JsonNode value) {
        int slash = pointer.lastIndexOf('/');
        JsonNode parent = bundle.at(pointer.substring(0, slash));
        String last = pointer.substring(slash + 1);
        switch (parent) {
            case ObjectNode object when value == null -> object.remove(last);
            case ObjectNode object -> object.set(last, value);
            case ArrayNode list when value == null -> list.remove(Integer.parseInt(last));
            case ArrayNode list -> list.set(Integer.parseInt(last), value);
            default -> throw new IllegalArgumentException(pointer);
        }
    }

    private static byte[] read(String file) throws IOException {
        return Files.readAllBytes(VECTORS.resolve(file));
    }

    /** Writes new vectors into the directory that is given; {@code rejected.json} is written by hand. */
    public static void main(String[] arguments) throws IOException {
        Path target = Path.of(arguments[0]);
        Story story = Story.whole();
        byte[] bundle = story.bundle().toJson();
        Files.write(target.resolve("bundle.json"), bundle);
        Files.write(target.resolve("root-1.json"), story.roots.get(0).toJson());
        Files.write(target.resolve("root-2.json"), story.roots.get(1).toJson());
        Files.write(target.resolve("sealed-contract.json"), story.contracts.getFirst());
        Files.writeString(target.resolve("checkpoint.txt"), TlogProof.parse(SealedContract.parse(story.contracts.getFirst()).proof()).checkpoint());
        Files.write(target.resolve("expected.json"), JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(expected(AuditBundle.verify(bundle, story.roots.getFirst(), 2))));
    }
}
