package org.zosgrid.contract.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.zosgrid.contract.People.NOW;
import static org.zosgrid.contract.People.keys;
import static org.zosgrid.contract.People.role;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.People;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.envelope.PayloadType;
import org.zosgrid.contract.ledger.Witnesses;
import org.zosgrid.contract.policy.Policy;

/** Rotation: never a version skipped, never back, and both the old holders and the new ones must want it. */
class TrustRootChainTest {
    private static final Instant LATER = NOW.plusSeconds(3600);
    static final Envelope FIRST = signed(1, LATER, "2 bob bob-too carol dave", "bob carol");
    /** Erin takes Dave's place. */
    static final Envelope SECOND = signed(2, NOW.minusSeconds(10), "2 bob carol erin", "bob carol");
    static final Envelope THIRD = signed(3, LATER, "2 carol erin frank", "carol erin");

    @TempDir
    Path directory;

    @Test
    void aChainIsFollowedAndOnlyItsLastMustNotHaveExpired() {
        assertThat(TrustRoot.follow(List.of(FIRST, SECOND, THIRD), NOW).version()).isEqualTo(3);
        assertThat(TrustRoot.follow(List.of(FIRST), NOW).version()).isEqualTo(1);
        refused(() -> TrustRoot.follow(List.of(FIRST, SECOND), NOW), "expires: lies in the past");
        refused(() -> TrustRoot.follow(List.of(), NOW), "must begin with the pinned");
    }

    @Test
    void noVersionIsSkippedRepeatedOrTakenBack() {
        refused(() -> TrustRoot.follow(List.of(FIRST, THIRD), NOW), "version: must be 2, exactly one above");
        refused(() -> TrustRoot.follow(List.of(FIRST, SECOND, SECOND), NOW), "must be 3");
        refused(() -> TrustRoot.follow(List.of(FIRST, SECOND, FIRST), NOW), "must be 3");
    }

    @Test
    void theOldHoldersMustWantIt() {
        refused(() -> TrustRoot.follow(List.of(FIRST, signed(2, LATER, "2 erin frank", "erin frank")), NOW), "role root in version 1 (is: by nobody of them)");
        refused(() -> TrustRoot.follow(List.of(FIRST, signed(2, LATER, "2 erin frank", "erin frank carol")), NOW), "role root in version 1 (is: by carol)");
    }

    @Test
    void theNewHoldersMustWantIt() {
        refused(() -> TrustRoot.follow(List.of(FIRST, signed(2, LATER, "2 erin frank", "bob carol erin")), NOW), "role root in version 2 (is: by erin)");
        assertThat(TrustRoot.follow(List.of(FIRST, signed(2, LATER, "2 erin frank", "bob carol erin frank")), NOW).version()).isEqualTo(2);
    }

    @Test
    void twoKeysOfOnePersonAreOneRootHolder() {
        refused(() -> TrustRoot.follow(List.of(FIRST, signed(2, LATER, "1 bob", "bob bob-too")), NOW), "role root in version 1 (is: by bob)");
    }

    @Test
    void aSignatureOfAnotherRoleOrOverAnotherKindDoesNotCount() {
        refused(() -> TrustRoot.follow(List.of(FIRST, signed(2, LATER, "2 bob carol", "bob erin frank")), NOW), "role root in version 1");
        Envelope wrong = Envelope.sign(PayloadType.RELEASE, SECOND.payload(), keys("bob carol"));
        refused(() -> TrustRoot.follow(List.of(FIRST, wrong), NOW), "payloadType");
    }

    @Test
    void aStoreKeepsEveryVersionAcrossRestarts() {
        TrustRootStore store = TrustRootStore.open(directory, FIRST);
        store.advance(SECOND);
        store.advance(THIRD);
        TrustRootStore again = TrustRootStore.open(directory, FIRST);
        assertThat(again.current(NOW, 3).version()).isEqualTo(3);
        assertThat(again.chain()).containsExactly(FIRST, SECOND, THIRD);
        assertThat(again.version(2)).isEqualTo(TrustRoot.parse(SECOND.payload()));
        refused(() -> again.version(4), "must be one of the versions 1 to 3");
        refused(() -> again.advance(THIRD), "must be 4");
        assertThat(TrustRootStore.open(directory, SECOND).newest().version()).isEqualTo(3);
    }

    @Test
    void aRotationThatIsInterruptedAtAnyStepLeavesTheLastGoodVersion() throws IOException {
        Path whole = directory.resolve("whole");
        TrustRootStore store = TrustRootStore.open(whole, FIRST);
        refused(() -> store.advance(THIRD), "must be 2");
        refused(() -> store.advance(signed(2, LATER, "2 erin frank", "erin frank")), "version 1");
        assertThat(TrustRootStore.open(whole, FIRST).newest().version()).isEqualTo(1);
        // A temporary file that was never renamed, however much of it was written, is as if nothing had happened.
        byte[] second = SECOND.toJson();
        for (int written : new int[] {0, 1, second.length / 2, second.length}) {
            Files.write(whole.resolve(".root" + written), java.util.Arrays.copyOf(second, written));
            assertThat(TrustRootStore.open(whole, FIRST).newest().version()).isEqualTo(1);
        }
        TrustRootStore.open(whole, FIRST).advance(SECOND);
        assertThat(TrustRootStore.open(whole, FIRST).newest().version()).isEqualTo(2);
    }

    @Test
    void aRestoredBackupIsFoundOut() throws IOException {
        TrustRootStore.open(directory, FIRST).advance(SECOND);
        Files.delete(directory.resolve("2.root.json"));
        TrustRootStore restored = TrustRootStore.open(directory, FIRST);
        refused(() -> restored.newest(2), "went back: version 2 was in use");
        assertThat(restored.newest(1).version()).isEqualTo(1);
    }

    @Test
    void anotherDocumentUnderThePinnedVersionIsRefused() {
        TrustRootStore.open(directory, FIRST);
        refused(() -> TrustRootStore.open(directory, signed(1, LATER, "1 erin", "erin")), "is not the pinned one");
        refused(() -> TrustRootStore.open(directory, SECOND), "is pinned to version 2, which the store does not hold");
    }

    @Test
    void aChangedFileIsRefused() throws IOException {
        TrustRootStore.open(directory, FIRST).advance(SECOND);
        Files.write(directory.resolve("2.root.json"), signed(2, LATER, "2 erin frank", "erin frank").toJson());
        refused(() -> TrustRootStore.open(directory, FIRST), "role root in version 1");
    }

    @Property(tries = 300)
    void aChangedByteNeverMakesAnotherRoot(@ForAll int place, @ForAll byte change) {
        byte[] json = SECOND.toJson();
        json[Math.floorMod(place, json.length)] ^= change == 0 ? 1 : change;
        try {
            // Bits of base64 without meaning, and one of three signatures fewer, may leave it the same document.
            assertThat(TrustRoot.parse(FIRST.payload()).successor(Envelope.parse(json))).isEqualTo(TrustRoot.parse(SECOND.payload()));
        } catch (ContractException refused) {
            assertThat(refused.faults()).isNotEmpty();
        }
    }

    private static Envelope signed(long version, Instant expires, String holders, String signers) {
        Map<String, Role> roles = People.roles();
        roles.put("root", role(holders));
        return Envelope.sign(PayloadType.TRUST_ROOT, People.root(version, expires, roles, Policy.quorum("approver", 2), Witnesses.NONE).toJson(), keys(signers));
    }

    private static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(ContractException.class).hasMessageContaining(message);
    }
}
