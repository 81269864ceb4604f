package org.zosgrid.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.provider.MethodSource;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.audit.AuditBundle;
import org.zosgrid.contract.audit.AuditReport;

/** The input says how the bundle of the test vectors is changed: four bytes each for a place and two for what is put there, at most {@value #MAX_CHANGES} times. */
@ExtendWith(CoverageGuided.class)
class AuditVerificationFuzz {
    private static final int MAX_CHANGES = 8;
    private static final int CHANGE = 6;
    private static final Set<String> TRUE = said(Vectors.BUNDLE_JSON);

    static Stream<byte[]> seeds() {
        return Vectors.seeds(new byte[0], new byte[] {0, 0, 0, 40, ' ', ' '}, new byte[] {0, 5, 0, 0, 'A', 'A', 0, 1, 0, 0, 'A', 'A'});
    }

    @MethodSource("seeds")
    @FuzzTest
    void aChangedBundleSaysNothingThatTheRealOneDoesNotSay(byte[] input) {
        Finding.unless(AuditVerificationFuzz.class, input, () -> read(input));
    }

    private static void read(byte[] input) {
        try {
            assertThat(TRUE).containsAll(said(changed(input)));
        } catch (ContractException refused) {
            assertThat(refused.faults()).isNotEmpty();
        }
    }

    private static byte[] changed(byte[] input) {
        byte[] bundle = Vectors.BUNDLE_JSON.clone();
        ByteBuffer changes = ByteBuffer.wrap(input, 0, Math.min(input.length, MAX_CHANGES * CHANGE));
        while (changes.remaining() >= CHANGE) {
            int at = Math.floorMod(changes.getInt(), bundle.length - 1);
            bundle[at] = changes.get();
            bundle[at + 1] = changes.get();
        }
        return bundle;
    }

    /** What a report says, one text for each event, with its change. */
    private static Set<String> said(byte[] bundle) {
        return AuditBundle.verify(bundle, Vectors.ROOT_1, 2).events().stream().map(AuditVerificationFuzz::text).collect(Collectors.toSet());
    }

    private static String text(AuditReport.Event event) {
        return event.index() + " " + event.entry() + event.change().map(change -> change.digest() + change.document() + change.rootVersion() + change.approvers()).orElse("");
    }
}
