package org.zosgrid.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.provider.MethodSource;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.ledger.SealedContract;
import org.zosgrid.contract.ledger.TlogProof;

@ExtendWith(CoverageGuided.class)
class ProofFuzz {
    static Stream<byte[]> seeds() {
        return Vectors.seeds(Vectors.CONTRACTS.stream().map(SealedContract::proof).map(Vectors::utf8).toArray(byte[][]::new));
    }

    @MethodSource("seeds")
    @FuzzTest
    void whatIsReadSurvivesItsTextAndProvesNoEntryAtAnotherPlace(byte[] input) {
        Finding.unless(ProofFuzz.class, input, () -> read(input));
    }

    private static void read(byte[] input) {
        TlogProof proof;
        try {
            proof = TlogProof.parse(new String(input, StandardCharsets.UTF_8));
        } catch (ContractException refused) {
            assertThat(refused.faults()).isNotEmpty();
            return;
        }
        TlogProof again = TlogProof.parse(proof.toText());
        assertThat(again.index()).isEqualTo(proof.index());
        assertThat(again.checkpoint()).isEqualTo(proof.checkpoint());
        assertThat(again.path()).usingElementComparator(java.util.Arrays::compare).isEqualTo(proof.path());
        for (SealedContract contract : Vectors.CONTRACTS) {
            try {
                proof.verify(contract.entry(), Vectors.ROOT.ledger());
                assertThat(proof.index()).isEqualTo(TlogProof.parse(contract.proof()).index());
            } catch (ContractException refused) {
                assertThat(refused.faults()).isNotEmpty();
            }
        }
    }
}
