package org.zosgrid.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.provider.MethodSource;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.ledger.Checkpoint;
import org.zosgrid.contract.ledger.TlogProof;

@ExtendWith(CoverageGuided.class)
class CheckpointFuzz {
    /** Everything that the ledger signed. */
    private static final Set<Checkpoint> SIGNED = notes().map(note -> Checkpoint.verify(note, Vectors.ROOT.ledger())).collect(Collectors.toSet());

    private static Stream<String> notes() {
        return Stream.concat(Stream.of(Vectors.BUNDLE.checkpoint()), Vectors.CONTRACTS.stream().map(each -> TlogProof.parse(each.proof()).checkpoint()));
    }

    static Stream<byte[]> seeds() {
        return Vectors.seeds(Stream.concat(notes(), SIGNED.stream().map(Checkpoint::text)).map(Vectors::utf8).toArray(byte[][]::new));
    }

    @MethodSource("seeds")
    @FuzzTest
    void onlyWhatTheLedgerSignedVerifiesAndWhatIsReadSurvivesItsText(byte[] input) {
        Finding.unless(CheckpointFuzz.class, input, () -> read(input));
    }

    private static void read(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        try {
            assertThat(SIGNED).contains(Checkpoint.verify(text, Vectors.ROOT.ledger()));
        } catch (ContractException refused) {
            assertThat(refused.faults()).isNotEmpty();
        }
        try {
            Checkpoint checkpoint = Checkpoint.parse(text);
            assertThat(checkpoint.text()).isEqualTo(text);
        } catch (ContractException refused) {
            assertThat(refused.faults()).isNotEmpty();
        }
    }
}
