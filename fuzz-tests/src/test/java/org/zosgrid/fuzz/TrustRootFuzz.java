package org.zosgrid.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.provider.MethodSource;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.document.Environment;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.envelope.PayloadType;
import org.zosgrid.contract.envelope.Signature;
import org.zosgrid.contract.ledger.Witnesses;
import org.zosgrid.contract.policy.Policy;
import org.zosgrid.contract.trust.Role;
import org.zosgrid.contract.trust.TrustRoot;

@ExtendWith(CoverageGuided.class)
class TrustRootFuzz {
    private static final String RULES = """
            {"policy":[{"name":"own","match":{"kinds":["change"],"environments":["staging"],"exposed":true,"machines":2,"memory":"64MiB"},"require":{"groups":{"approver":1},\
            "weight":{"least":1,"people":{"bob":2},"groups":{"approver":1}},"windows":[{"days":["mon"],"from":"08:00","to":"24:00"}],"validity":"PT72H"}}]}""";

    static Stream<byte[]> seeds() {
        return Vectors.seeds(small(Policy.quorum("approver", 1)), small(Policy.parse(Vectors.utf8(RULES))), Vectors.ROOT_1.payload(), Vectors.ROOT_2.payload());
    }

    /** Two people instead of eleven keys: so short that most changes hit something. */
    private static byte[] small(Policy policy) {
        var keys = new TreeMap<>(Vectors.ROOT.keys());
        keys.values().removeIf(key -> !Set.of("alice", "carol").contains(key.person()));
        Role both = new Role(keys.keySet(), 1);
        return new TrustRoot(1, Instant.EPOCH, keys, Map.of("root", both, "requester", both, "approver", both), policy, Map.of(), Vectors.ROOT.ledger(), Witnesses.NONE, Set.of(Environment.PRODUCTION)).toJson();
    }

    @DictionaryFile(resourcePath = "json.dict")
    @MethodSource("seeds")
    @FuzzTest
    void whatIsReadSurvivesItsJsonAndNobodysRootFollowsTheRealOne(byte[] input) {
        Finding.unless(TrustRootFuzz.class, input, () -> read(input));
    }

    private static void read(byte[] input) {
        TrustRoot root;
        try {
            root = TrustRoot.parse(input);
        } catch (ContractException refused) {
            assertThat(refused.faults()).isNotEmpty();
            return;
        }
        assertThat(TrustRoot.parse(root.toJson())).isEqualTo(root);
        for (Signature[] signatures : List.of(Vectors.ROOT_1.signatures().toArray(Signature[]::new), Vectors.ROOT_2.signatures().toArray(Signature[]::new))) {
            Envelope forged = new Envelope(PayloadType.TRUST_ROOT, input, List.of(signatures));
            try {
                Vectors.ROOT.successor(forged);
                assertThat(forged.digest()).isEqualTo(Vectors.ROOT_2.digest());
            } catch (ContractException refused) {
                assertThat(refused.faults()).isNotEmpty();
            }
        }
    }
}
