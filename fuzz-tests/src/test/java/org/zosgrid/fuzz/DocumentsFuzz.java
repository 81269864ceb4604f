package org.zosgrid.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.provider.MethodSource;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.StrictJson;
import org.zosgrid.contract.document.Decommission;
import org.zosgrid.contract.document.Demand;
import org.zosgrid.contract.document.Deployment;
import org.zosgrid.contract.document.Emergency;
import org.zosgrid.contract.document.EmergencyReview;
import org.zosgrid.contract.document.Environment;
import org.zosgrid.contract.document.ImageManifest;
import org.zosgrid.contract.document.ImagePromotion;
import org.zosgrid.contract.document.ImageReference;
import org.zosgrid.contract.document.Receipt;
import org.zosgrid.contract.document.ReleaseManifest;
import org.zosgrid.contract.document.TerminalRequest;
import org.zosgrid.contract.document.Withdrawal;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.ledger.LedgerEntry;
import org.zosgrid.contract.ledger.SealedContract;
import org.zosgrid.contract.policy.Policy;

/** Everything else that is signed or sealed. The first byte says which, the rest is the document. */
@ExtendWith(CoverageGuided.class)
class DocumentsFuzz {
    /** Each reads a document and writes it again. */
    private static final List<UnaryOperator<byte[]>> KINDS = List.of(
            json -> Deployment.parse(json).toJson(),
            json -> Decommission.parse(json).toJson(),
            json -> Withdrawal.parse(json).toJson(),
            json -> Receipt.parse(json).toJson(),
            json -> LedgerEntry.parse(json).toJson(),
            json -> SealedContract.parse(json).toJson(),
            json -> ImageManifest.parse(json).toJson(),
            json -> ReleaseManifest.parse(json).toJson(),
            json -> written(Policy.parse(json)),
            json -> ImagePromotion.parse(json).toJson(),
            json -> EmergencyReview.parse(json).toJson(),
            json -> TerminalRequest.parse(json).toJson());

    private static final String POLICY = """
            [{"name":"own","match":{"kinds":["change"],"environments":["staging"],"exposed":true,"machines":2,"memory":"64MiB"},"require":{"groups":{"security":1},"weight":{"least":3,\
            "people":{"bob":2},"groups":{"approver":1}},"signers":["carol"],"windows":[{"days":["mon"],"from":"08:00","to":"24:00"}],"validity":"PT72H"}}]""";

    static Stream<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        List<Envelope> envelopes = Vectors.CONTRACTS.stream().map(each -> Envelope.parse(each.envelope())).toList();
        byte[] deployment = envelopes.stream().filter(each -> each.payloadType().contains("deployment")).findFirst().orElseThrow().payload();
        seeds.add(seed(0, deployment));
        seeds.add(seed(1, envelopes.stream().filter(each -> each.payloadType().contains("decommission")).findFirst().orElseThrow().payload()));
        seeds.add(seed(2, new Withdrawal("shop", 1, "failed", Instant.EPOCH).toJson()));
        seeds.add(seed(3, Vectors.BUNDLE.receipts().getFirst().payload()));
        seeds.add(seed(4, Vectors.BUNDLE.entries().getFirst().entry()));
        SealedContract sealed = Vectors.CONTRACTS.getLast();
        seeds.add(seed(5, new SealedContract(Vectors.utf8("{}"), sealed.entry(), "proof", sealed.consistency()).toJson()));
        seeds.add(seed(6, new ImageManifest("demo/web", "1.0", "a".repeat(64), 1, 1, Instant.EPOCH).toJson()));
        seeds.add(seed(7, new ReleaseManifest("1", new TreeMap<>(java.util.Map.of("lib/a.jar", "a".repeat(64)))).toJson()));
        seeds.add(seed(8, Vectors.utf8("{\"policy\":" + POLICY + "}")));
        ImageReference image = ImageReference.parse("a:1@sha256:" + "a".repeat(64));
        seeds.add(seed(9, new ImagePromotion(ImagePromotion.name(image, Environment.STAGING), 1, "alice", Instant.EPOCH, Instant.EPOCH.plusSeconds(9), "tried", image, Environment.STAGING,
                Optional.of(Instant.EPOCH.plusSeconds(99))).toJson()));
        seeds.add(seed(10, new EmergencyReview("review-a", 1, "bob", Instant.EPOCH, Instant.EPOCH.plusSeconds(9), "a", 1, "a".repeat(64), Environment.STAGING, "alice", EmergencyReview.Verdict.JUSTIFIED, "fine", Demand.NONE).toJson()));
        seeds.add(seed(0, Deployment.parse(deployment).withEmergency(Optional.of(new Emergency("down", Deployment.parse(deployment).created().plusSeconds(9)))).toJson()));
        seeds.add(seed(11, new TerminalRequest("shop", 1, "web", "compute-1", "erin", "to look", Instant.EPOCH, Instant.EPOCH.plusSeconds(60), new byte[TerminalRequest.CURVE_BYTES],
                new byte[TerminalRequest.LATTICE_BYTES], new byte[TerminalRequest.NONCE_BYTES]).toJson()));
        SealedContract small = new SealedContract(Vectors.utf8("{}"), sealed.entry(), "proof");
        seeds.add(seed(5, small.with(List.of(small)).toJson()));
        return Vectors.seeds(seeds.toArray(byte[][]::new));
    }

    private static byte[] seed(int kind, byte[] document) {
        byte[] seed = new byte[document.length + 1];
        seed[0] = (byte) kind;
        System.arraycopy(document, 0, seed, 1, document.length);
        return seed;
    }

    private static byte[] written(Policy policy) {
        ObjectNode object = StrictJson.object();
        policy.write(object, "policy");
        return StrictJson.bytes(object);
    }

    @DictionaryFile(resourcePath = "json.dict")
    @MethodSource("seeds")
    @FuzzTest
    void whatIsReadSurvivesItsJson(byte[] input) {
        Finding.unless(DocumentsFuzz.class, input, () -> read(input));
    }

    private static void read(byte[] input) {
        if (input.length == 0) {
            return;
        }
        UnaryOperator<byte[]> kind = KINDS.get(Math.floorMod(input[0], KINDS.size()));
        byte[] written;
        try {
            written = kind.apply(Arrays.copyOfRange(input, 1, input.length));
        } catch (ContractException refused) {
            assertThat(refused.faults()).isNotEmpty();
            return;
        }
        assertThat(kind.apply(written)).isEqualTo(written);
    }
}
