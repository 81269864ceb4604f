package org.zosgrid.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.PersistenceException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.zosgrid.model.TrustRoots.Progress;

/** Which versions of the trust root are to be sent to whom, in a real PostgreSQL. */
class TrustRootsTest {
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final Set<String> HEALED_BY_A_PROOF = Set.of("consistency-missing");

    private final TestDatabase database = TestDatabase.create();
    private final Set<String> attempts = new HashSet<>();
    private long place;
    private long told;

    @Test
    void versionsAreReadAsTheyWereWritten() {
        database.run(entities -> assertThat(new TrustRoots(entities).newestDigest()).isEmpty());
        rotate(2, "compute-1");
        rotate(3, "compute-1");
        database.run(entities -> {
            TrustRoots roots = new TrustRoots(entities);
            assertThat(roots.newestDigest()).contains("digest-3");
            assertThat(roots.all()).extracting(TrustRootVersion::version).containsExactly(2L, 3L);
            assertThat(roots.find(2)).hasValueSatisfying(root -> {
                assertThat(root.envelope()).containsExactly(1, 2);
                assertThat(root.submitter()).isEqualTo("bob");
                assertThat(root.sealedIndex()).isEqualTo(12);
                assertThat(root.at()).isEqualTo(NOW);
            });
            assertThat(roots.nodes()).containsExactly("compute-1");
        });
        assertThatThrownBy(() -> rotate(3, "compute-1")).isInstanceOf(PersistenceException.class);
        assertThatThrownBy(() -> rotate(1, "compute-1")).isInstanceOf(PersistenceException.class);
    }

    @Test
    void aNodeIsSentEveryVersionInOrderAndEachOnce() {
        rotate(2, "compute-1");
        rotate(3, "compute-1");
        assertThat(due("compute-1")).containsExactly(2L, 3L);
        assertThat(progress(2)).isEqualTo(Progress.WAITING);
        append("compute-1", 2);
        assertThat(due("compute-1")).containsExactly(3L);
        assertThat(progress(2)).isEqualTo(Progress.SENT);
        append("compute-1", 3);
        assertThat(due("compute-1")).isEmpty();
        say("compute-1", "digest-of-2", "accepted", "", 1);
        assertThat(progress(2)).isEqualTo(Progress.IN_FORCE);
        assertThat(progress(3)).isEqualTo(Progress.SENT);
        say("compute-1", "digest-of-3", "accepted", "", 2);
        assertThat(progress(3)).isEqualTo(Progress.IN_FORCE);
        assertThat(due("compute-1")).isEmpty();
    }

    @Test
    void aRefusalForWantOfAProofIsHealedAndARealOneStandsAndStopsWhatFollows() {
        rotate(2, "compute-1");
        append("compute-1", 2);
        say("compute-1", "digest-of-2", "refused", "consistency-missing", 1);
        assertThat(due("compute-1")).containsExactly(2L);
        append("compute-1", 2);
        assertThat(due("compute-1")).isEmpty();
        say("compute-1", "digest-of-2-again", "refused", "trust-root-refused", 1);
        rotate(3, "compute-1");
        assertThat(due("compute-1")).isEmpty();
        assertThat(progress(2)).isEqualTo(Progress.REFUSED);
        assertThat(progress(3)).isEqualTo(Progress.WAITING);
    }

    @Test
    void aVersionThatCameTooEarlyIsSentAgainBehindTheOneThatWasMissing() {
        rotate(2, "compute-1");
        rotate(3, "compute-1");
        append("compute-1", 2);
        append("compute-1", 3);
        say("compute-1", "digest-of-2", "refused", "consistency-missing", 1);
        say("compute-1", "digest-of-3", "refused", "trust-root-refused", 1);
        assertThat(due("compute-1")).containsExactly(2L, 3L);
    }

    @Test
    void aNodeThatComesLaterIsBroughtForwardFromWhereItStands() {
        rotate(2, "compute-1");
        rotate(3, "compute-1", "new-1");
        assertThat(due("new-1")).as("nobody knows where it stands").containsExactly(3L);
        append("new-1", 3);
        say("new-1", "digest-of-3", "refused", "trust-root-refused", 1);
        assertThat(due("new-1")).as("it said that it stands at version 1").containsExactly(2L, 3L);
        rotate(4, "new-2");
        append("new-2", 4);
        say("new-2", "digest-of-4", "refused", "trust-root-refused", 4);
        assertThat(due("new-2")).as("it was set up with the newest version").isEmpty();
        database.run(entities -> assertThat(new TrustRoots(entities).standing(4)).singleElement().satisfies(each -> assertThat(each.progress()).isEqualTo(Progress.IN_FORCE)));
    }

    @Test
    void aNodeThatFollowedByHandIsNotSentWhatItHas() {
        rotate(2, "compute-1");
        say("compute-1", "of a contract", "running", "", 2);
        assertThat(due("compute-1")).isEmpty();
        assertThat(progress(2)).isEqualTo(Progress.IN_FORCE);
    }

    private void rotate(long version, String... nodes) {
        database.run(entities -> new TrustRoots(entities).add(new TrustRootVersion(version, "digest-" + version, new byte[] {1, 2}, 10 + version, "bob", NOW), List.of(nodes)));
    }

    private List<Long> due(String node) {
        return database.ask(entities -> new TrustRoots(entities).due(node, HEALED_BY_A_PROOF).stream().map(each -> each.rootVersion().orElseThrow()).toList());
    }

    /** As far as the first node goes. */
    private Progress progress(long version) {
        return database.ask(entities -> new TrustRoots(entities).standing(version).getFirst().progress());
    }

    /** A record is known by its digest: a second attempt has another one. */
    private void append(String node, long version) {
        database.run(entities -> new TrustRoots(entities).due(node, HEALED_BY_A_PROOF).stream().filter(each -> each.rootVersion().orElseThrow() == version).findFirst().orElseThrow()
                .appended(new byte[] {1}, "digest-of-" + version + (attempts.add(node + version) ? "" : "-again"), 20, place++));
    }

    private void say(String node, String digest, String outcome, String reason, long rootVersion) {
        database.run(entities -> new NodeReceipts(entities).add(new NodeReceipt(node, told++, "trust-root", 0, digest, outcome, reason, "", new byte[] {1}, NOW, 20, rootVersion)));
    }
}
