package org.zosgrid.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.zosgrid.contract.People.LEDGER;
import static org.zosgrid.contract.People.NOW;
import static org.zosgrid.contract.People.document;
import static org.zosgrid.contract.People.keys;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;
import org.zosgrid.contract.document.Deployment;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.envelope.PayloadType;
import org.zosgrid.contract.ledger.Checkpoint;
import org.zosgrid.contract.ledger.LedgerEntry;
import org.zosgrid.contract.ledger.MerkleTree;
import org.zosgrid.contract.ledger.SealedContract;
import org.zosgrid.contract.ledger.TlogProof;
import org.zosgrid.contract.policy.Policy;
import org.zosgrid.contract.trust.TrustRoot;

/**
 * Everything that reads what a stranger may send: good examples are cut, swapped, repeated and sprinkled with what parsers dislike. Each ends in a value or in a
 * {@link ContractException}, and in nothing else.
 */
class ParsersTest {
    private static final List<String> DISLIKED = List.of("null", "{}", "[]", "\"\"", "-1", "0", "99999999999999999999", "1e400", "true", "\\u0000", "\"\\uD800\"", "+", "=", "\n\n", "\u2014 ",
            "\"\u00e9\"", "PT999999999999H", "9999999999-12-31T00:00:00Z", ":", ",", "@sha256:", "====");

    private static final Map<String, byte[]> GOOD = new LinkedHashMap<>();
    private static final Map<String, Consumer<byte[]>> PARSERS = new LinkedHashMap<>();

    static {
        String rule = """
                {name: own, match: {kinds: [change], environments: [staging], exposed: true, machines: 2, memory: 64MiB}, require: {groups: {security: 1}, \
                weight: {least: 3, people: {bob: 2}, groups: {approver: 1}}, signers: [carol], windows: [{days: [mon], from: "08:00", to: "24:00"}], validity: PT72H}}""";
        Deployment document = document(1, "production-exposed", 2, rule);
        Envelope envelope = Envelope.sign(PayloadType.DEPLOYMENT, document.toJson(), keys("alice bob"));
        byte[] entry = new LedgerEntry("sealed", "shop", 1, envelope.digest(), NOW, "").toJson();
        MerkleTree tree = new MerkleTree();
        tree.append(new byte[] {1});
        tree.append(new byte[] {2});
        long index = tree.append(entry);
        SealedContract sealed = SealedContract.of(envelope, entry, index, tree, LEDGER, NOW, List.of(1L, 2L));
        target("deployment", document.toJson(), Deployment::parse);
        target("envelope", envelope.toJson(), Envelope::parse);
        target("trust root", People.root(Policy.quorum("approver", 2)).toJson(), TrustRoot::parse);
        target("policy", ("{\"policy\":" + new String(document.toJson(), StandardCharsets.UTF_8).replaceAll("(?s).*\"approval\":(.*)}", "$1") + "}").getBytes(StandardCharsets.UTF_8), Policy::parse);
        target("ledger entry", entry, LedgerEntry::parse);
        target("checkpoint", TlogProof.parse(sealed.proof()).checkpoint().getBytes(StandardCharsets.UTF_8), each -> Checkpoint.verify(new String(each, StandardCharsets.UTF_8), LEDGER.verifiers()));
        target("proof", sealed.proof().getBytes(StandardCharsets.UTF_8), each -> TlogProof.parse(new String(each, StandardCharsets.UTF_8)).verify(entry, LEDGER.verifiers()));
        target("sealed contract", sealed.toJson(), SealedContract::parse);
    }

    private static void target(String name, byte[] good, Consumer<byte[]> parser) {
        GOOD.put(name, good);
        PARSERS.put(name, parser);
    }

    @Test
    void theExamplesAreGood() {
        GOOD.forEach((name, good) -> PARSERS.get(name).accept(good));
    }

    @Property(tries = 6000, shrinking = ShrinkingMode.OFF)
    void whateverComesIsReadOrRefused(@ForAll long seed) {
        Random random = new Random(seed);
        List<String> names = new ArrayList<>(GOOD.keySet());
        String name = names.get(random.nextInt(names.size()));
        byte[] input = GOOD.get(name);
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            input = mutated(input, random);
        }
        try {
            PARSERS.get(name).accept(input);
        } catch (ContractException refused) {
            assertThat(refused.faults()).isNotEmpty();
            assertThat(refused.getMessage()).isNotBlank();
        }
    }

    private static byte[] mutated(byte[] input, Random random) {
        int at = random.nextInt(input.length + 1);
        int to = Math.min(input.length, at + random.nextInt(random.nextInt(10) == 0 ? 400 : 12));
        return switch (random.nextInt(6)) {
            case 0 -> Arrays.copyOf(input, at);
            case 1 -> joined(Arrays.copyOf(input, at), Arrays.copyOfRange(input, to, input.length));
            case 2 -> joined(Arrays.copyOf(input, to), Arrays.copyOfRange(input, at, input.length));
            case 3 -> {
                byte[] changed = input.clone();
                if (at < changed.length) {
                    changed[at] ^= (byte) (1 << random.nextInt(8));
                }
                yield changed;
            }
            default -> value(input, random);
        };
    }

    /** One value of the JSON, or one word, becomes something else. */
    private static byte[] value(byte[] input, Random random) {
        String text = new String(input, StandardCharsets.UTF_8);
        int at = random.nextInt(text.length() + 1);
        int begin = Math.max(text.indexOf(':', at), Math.max(text.indexOf('[', at), text.indexOf(' ', at))) + 1;
        int end = begin;
        while (end < text.length() && ",]}\n".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return (text.substring(0, begin) + DISLIKED.get(random.nextInt(DISLIKED.size())) + text.substring(end)).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
