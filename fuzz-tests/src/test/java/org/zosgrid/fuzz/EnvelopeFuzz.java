package org.zosgrid.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.provider.MethodSource;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.envelope.PayloadType;

@ExtendWith(CoverageGuided.class)
class EnvelopeFuzz {
    static Stream<byte[]> seeds() {
        Envelope contract = Envelope.parse(Vectors.CONTRACTS.getFirst().envelope());
        return Vectors.seeds(contract.toJson(), new Envelope(PayloadType.RECEIPT, Vectors.utf8("{}"), List.of()).toJson(),
                new Envelope(contract.payloadType(), contract.payload(), contract.signatures().subList(0, 1)).toJson());
    }

    @DictionaryFile(resourcePath = "json.dict")
    @MethodSource("seeds")
    @FuzzTest
    void whatIsReadSurvivesItsJsonAndOnlyWhatWasSignedVerifies(byte[] input) {
        Finding.unless(EnvelopeFuzz.class, input, () -> read(input));
    }

    private static void read(byte[] input) {
        Envelope envelope;
        try {
            envelope = Envelope.parse(input);
        } catch (ContractException refused) {
            assertThat(refused.faults()).isNotEmpty();
            return;
        }
        assertThat(Envelope.parse(envelope.toJson())).isEqualTo(envelope);
        if (!envelope.verifiedBy(Vectors.ROOT::key).isEmpty()) {
            assertThat(Vectors.SIGNED).contains(envelope.digest());
        }
    }
}
