package org.zosgrid.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.provider.MethodSource;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.audit.AuditBundle;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.envelope.PayloadType;

/** Small bundles only, so that many are tried; {@link AuditVerificationFuzz} changes a whole one. */
@ExtendWith(CoverageGuided.class)
class AuditBundleFuzz {
    static Stream<byte[]> seeds() {
        Envelope small = new Envelope(PayloadType.RECEIPT, Vectors.utf8("{}"), List.of());
        AuditBundle each = Vectors.BUNDLE;
        AuditBundle tiny = new AuditBundle("shop", Instant.EPOCH, List.of(small), "checkpoint", each.entries().subList(0, 1), List.of(new byte[] {1}), List.of(small));
        AuditBundle first = new AuditBundle("shop", Instant.EPOCH, List.of(small), each.checkpoint(), each.entries(), List.of(), List.of());
        return Vectors.seeds(tiny.toJson(), first.toJson());
    }

    @DictionaryFile(resourcePath = "json.dict")
    @MethodSource("seeds")
    @FuzzTest
    void whatIsReadSurvivesItsJson(byte[] input) {
        Finding.unless(AuditBundleFuzz.class, input, () -> read(input));
    }

    private static void read(byte[] input) {
        byte[] written;
        try {
            written = AuditBundle.parse(input).toJson();
        } catch (ContractException refused) {
            assertThat(refused.faults()).isNotEmpty();
            return;
        }
        assertThat(AuditBundle.parse(written).toJson()).isEqualTo(written);
    }
}
