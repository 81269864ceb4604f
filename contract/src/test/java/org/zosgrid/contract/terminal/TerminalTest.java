package org.zosgrid.contract.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.People;
import org.zosgrid.contract.document.Deployment;
import org.zosgrid.contract.document.DocumentDiff;
import org.zosgrid.contract.document.Machine;
import org.zosgrid.contract.document.TerminalRequest;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.envelope.PayloadType;
import org.zosgrid.contract.policy.Policy;
import org.zosgrid.contract.trust.TrustRoot;

/** The handshake and what is refused in it; and a carrier who changes what it carries. */
class TerminalTest {
    private static final TrustRoot ROOT = People.root(Policy.quorum("approver", 1));
    private static final String SESSION = "0123456789abcdef0123456789abcdef";

    private final TerminalOffer offer = new TerminalOffer();

    @Test
    void bothEndsComeToTheSameKeysAndTalk() {
        Envelope request = request("erin");
        TerminalAnswer.Given given = answer(request);
        TerminalChannel person = offer.accept(request, given.envelope(), ROOT);
        TerminalChannel node = given.channel();
        assertThat(node.open(person.seal(new TerminalMessage.Resize(24, 80)))).isEqualTo(new TerminalMessage.Resize(24, 80));
        assertThat(((TerminalMessage.Input) node.open(person.seal(new TerminalMessage.Input(new byte[] {3, 0, -1})))).bytes()).containsExactly(3, 0, -1);
        assertThat(((TerminalMessage.Output) person.open(node.seal(new TerminalMessage.Output("42".getBytes(StandardCharsets.UTF_8))))).bytes()).asString(StandardCharsets.UTF_8).isEqualTo("42");
        assertThat(person.open(node.seal(new TerminalMessage.Ended(130, "")))).isEqualTo(new TerminalMessage.Ended(130, ""));
    }

    @Test
    void whatIsReadIsWhatWasWritten() {
        Envelope request = request("erin");
        TerminalRequest read = TerminalRequest.parse(request.payload());
        assertThat(TerminalRequest.parse(read.toJson())).isEqualTo(read);
        assertThat(read.requester()).isEqualTo("erin");
    }

    @Test
    void onlyWhoSignedAndIsOfAGroupThatTheDocumentNamesGetsOne() {
        require("erin", ROOT, document(Set.of("security")));
        require("alice", ROOT, document(Set.of("requester", "security")));
        refused("requester: must be of security", "alice", ROOT, document(Set.of("security")));
        refused("has no field terminal", "erin", ROOT, document(Set.of()));
        refused("deployment: does not run here", "erin", ROOT, Optional.empty());
        refused("requester: must be of no-such-group", "erin", ROOT, document(Set.of("no-such-group")));
        refused("version: must be the one that runs, 2", "erin", ROOT, Optional.of(withTerminal(People.document(2), Set.of("security"))));
        assertThatThrownBy(() -> TerminalAdmission.verify(request("mallory"), ROOT, People.NOW)).hasMessageContaining("signatures: must be by a key of mallory");
    }

    @Test
    void whoIsNotNamedAnyMoreLosesIt() {
        TerminalAdmission.Signed signed = TerminalAdmission.verify(request("erin"), ROOT, People.NOW);
        var roles = People.roles();
        roles.put("security", People.role("1 grace"));
        TrustRoot next = People.root(2, People.NOW.plusSeconds(3600), roles, Policy.quorum("approver", 1), org.zosgrid.contract.ledger.Witnesses.NONE);
        assertThatThrownBy(() -> TerminalAdmission.require(signed, next, document(Set.of("security")))).hasMessageContaining("requester: must be of security");
    }

    @Test
    void aRequestIsGoodForAMinuteAndInOneName() {
        Envelope good = request("erin");
        TerminalAdmission.verify(good, ROOT, People.NOW.plusSeconds(59));
        assertThatThrownBy(() -> TerminalAdmission.verify(good, ROOT, People.NOW.plusSeconds(60))).hasMessageContaining("expires: lies in the past");
        assertThatThrownBy(() -> TerminalAdmission.verify(good, ROOT, People.NOW.minusSeconds(31))).hasMessageContaining("created: must not lie in the future");
        assertThatThrownBy(() -> TerminalAdmission.verify(good, ROOT, ROOT.expires())).hasMessageContaining("trustRoot: has expired");
        Envelope another = Envelope.sign(PayloadType.TERMINAL_REQUEST, good.payload(), People.key("grace"));
        assertThatThrownBy(() -> TerminalAdmission.verify(another, ROOT, People.NOW)).hasMessageContaining("signatures: must be by a key of erin");
        Envelope both = good.with(good.signatureBy(People.key("grace")));
        assertThatThrownBy(() -> TerminalAdmission.verify(both, ROOT, People.NOW)).hasMessageContaining("signatures: must be one");
        Envelope changed = new Envelope(PayloadType.TERMINAL_REQUEST, new String(good.payload(), StandardCharsets.UTF_8).replace("web-0", "web-1").getBytes(StandardCharsets.UTF_8), good.signatures());
        assertThatThrownBy(() -> TerminalAdmission.verify(changed, ROOT, People.NOW)).hasMessageContaining("signatures");
        Envelope kind = Envelope.sign(PayloadType.DEPLOYMENT, good.payload(), People.key("erin"));
        assertThatThrownBy(() -> TerminalAdmission.verify(kind, ROOT, People.NOW)).hasMessageContaining("payloadType");
    }

    @Test
    void anAnswerCountsFromTheNodeThatWasAskedAndToThisRequestOnly() {
        Envelope request = request("erin");
        Envelope good = answer(request).envelope();
        Envelope stranger = Envelope.sign(PayloadType.TERMINAL_ANSWER, good.payload(), People.key("gateway-1"));
        assertThatThrownBy(() -> offer.accept(request, stranger, ROOT)).hasMessageContaining("signatures: must be by the key of compute-1");
        Envelope toAnother = answer(request("erin")).envelope();
        assertThatThrownBy(() -> offer.accept(request, toAnother, ROOT)).hasMessageContaining("request: must be the digest of what was asked");
        Envelope kind = Envelope.sign(PayloadType.RECEIPT, good.payload(), People.key("compute-1"));
        assertThatThrownBy(() -> offer.accept(request, kind, ROOT)).hasMessageContaining("payloadType");
    }

    @Test
    void aCarrierThatPutsInKeysOfItsOwnGetsNowhere() {
        Envelope request = request("erin");
        TerminalRequest asked = TerminalRequest.parse(request.payload());
        TerminalRequest own = new TerminalOffer().request("shop", 1, "web-0", "compute-1", "erin", asked.purpose(), People.NOW);
        Envelope swapped = new Envelope(PayloadType.TERMINAL_REQUEST, own.toJson(), request.signatures());
        assertThatThrownBy(() -> TerminalAdmission.verify(swapped, ROOT, People.NOW)).hasMessageContaining("signatures");
        TerminalAnswer.Given middle = TerminalAnswer.to(request, asked, SESSION, People.key("mallory"));
        assertThatThrownBy(() -> offer.accept(request, middle.envelope(), ROOT)).hasMessageContaining("signatures: must be by the key of compute-1");
    }

    @Test
    void keysThatAreNoneAreRefused() {
        TerminalRequest asked = TerminalRequest.parse(request("erin").payload());
        TerminalRequest zero = new TerminalRequest("shop", 1, "web-0", "compute-1", "erin", "to look", asked.created(), asked.expires(), new byte[32], asked.lattice(), asked.nonce());
        Envelope signed = Envelope.sign(PayloadType.TERMINAL_REQUEST, zero.toJson(), People.key("erin"));
        assertThatThrownBy(() -> TerminalAnswer.to(signed, zero, SESSION, People.key("compute-1"))).isInstanceOf(ContractException.class).hasMessageContaining("impossible key");
    }

    @Test
    void aFrameThatWasChangedRepeatedLeftOutOrSentBackEndsTheChannel() {
        for (String attack : List.of("changed", "repeated", "gap", "reflected", "short", "long")) {
            Envelope request = request("erin");
            TerminalAnswer.Given given = answer(request);
            TerminalChannel person = offer.accept(request, given.envelope(), ROOT);
            TerminalChannel node = given.channel();
            byte[] first = person.seal(new TerminalMessage.Input(new byte[] {'a'}));
            node.open(first);
            byte[] second = person.seal(new TerminalMessage.Input(new byte[] {'b'}));
            byte[] third = person.seal(new TerminalMessage.Input(new byte[] {'c'}));
            byte[] bad = switch (attack) {
                case "changed" -> flipped(second);
                case "repeated" -> first;
                case "gap" -> third;
                case "reflected" -> sealedTwice(node);
                case "short" -> Arrays.copyOf(second, 23);
                default -> new byte[TerminalChannel.MAX_FRAME + 1];
            };
            assertThatThrownBy(() -> node.open(bad)).as(attack).isInstanceOf(ContractException.class).hasMessageContaining("frame");
            assertThatThrownBy(() -> node.open(second)).as(attack).hasMessageContaining("follows one that was refused");
        }
    }

    @Property(tries = 300)
    void whateverAMessageIsItIsReadOrRefusedWithAReason(@ForAll byte[] bytes) {
        try {
            assertThat(TerminalMessage.of(bytes).toBytes()).hasSizeGreaterThanOrEqualTo(1);
        } catch (ContractException refused) {
            assertThat(refused.faults()).isNotEmpty();
        }
    }

    @Test
    void theDocumentSaysWhoMayAndADiffShowsIt() {
        Deployment without = People.document(1);
        Deployment with = withTerminal(without, Set.of("security"));
        assertThat(Deployment.parse(with.toJson())).isEqualTo(with);
        assertThat(DocumentDiff.between(without.toJson(), with.toJson()).toString()).contains("machines[web-0].terminal").contains("security");
        assertThat(new String(without.toJson(), StandardCharsets.UTF_8)).doesNotContain("terminal");
        assertThat(with.machines().getFirst().withoutTerminal()).isEqualTo(without.machines().getFirst());
        assertThat(without.machines().getFirst().toString()).doesNotContain("terminal").endsWith("ports=[8080]]");
        String yaml = new String(with.toJson(), StandardCharsets.UTF_8);
        assertThatThrownBy(() -> Deployment.fromYaml(yaml.replace("\"security\"", "\"Security!\""))).hasMessageContaining("machines[0].terminal: must be names of roles or approver groups");
        assertThatThrownBy(() -> Deployment.fromYaml(yaml.replace("\"security\"", "\"a\",\"a\""))).hasMessageContaining("terminal: must not contain the same name twice");
    }

    private Envelope request(String person) {
        TerminalRequest request = offer.request("shop", 1, "web-0", "compute-1", person, "to look", People.NOW);
        return Envelope.sign(PayloadType.TERMINAL_REQUEST, request.toJson(), People.key(person));
    }

    private static TerminalAnswer.Given answer(Envelope request) {
        return TerminalAnswer.to(request, TerminalRequest.parse(request.payload()), SESSION, People.key("compute-1"));
    }

    private void require(String person, TrustRoot root, Optional<Deployment> running) {
        TerminalAdmission.require(TerminalAdmission.verify(request(person), root, People.NOW), root, running);
    }

    private void refused(String why, String person, TrustRoot root, Optional<Deployment> running) {
        assertThatThrownBy(() -> require(person, root, running)).isInstanceOf(ContractException.class).hasMessageContaining(why);
    }

    private static Optional<Deployment> document(Set<String> groups) {
        return Optional.of(withTerminal(People.document(1), groups));
    }

    private static Deployment withTerminal(Deployment document, Set<String> groups) {
        return document.withMachines(document.machines().stream().map(each -> new Machine(each.name(), each.node(), each.image(), each.command(), each.environment(), each.cpuMillis(),
                each.memory(), each.ports(), groups)).toList());
    }

    private static byte[] flipped(byte[] frame) {
        byte[] other = frame.clone();
        other[frame.length - 1] ^= 1;
        return other;
    }

    /** What the node itself sealed, with the number that it expects from the person. */
    private static byte[] sealedTwice(TerminalChannel node) {
        node.seal(new TerminalMessage.Output(new byte[1]));
        return node.seal(new TerminalMessage.Output(new byte[1]));
    }
}
