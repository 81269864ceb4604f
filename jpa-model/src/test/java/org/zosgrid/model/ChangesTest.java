package org.zosgrid.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.zosgrid.model.Changes.Places;

/** Changes, and what was said of them and sent because of them, in a real PostgreSQL. */
class ChangesTest {
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00.123456Z");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final TestDatabase database = TestDatabase.create();

    @Test
    void aChangeIsReadAsItWasWritten() {
        long id = add(change("shop", 1, "k1"));
        database.run(entities -> {
            Change fresh = new Changes(entities).get(id);
            assertThat(fresh.state()).isEqualTo(ChangeState.VERIFYING);
            assertThat(fresh.message()).isEmpty();
            assertThat(fresh.quorum()).isEmpty();
            assertThat(fresh.approvalDueAt()).isEmpty();
            assertThat(fresh.processInstance()).isEmpty();
            assertThat(fresh.sealed()).isEmpty();
            fresh.startedAs("p-1");
            fresh.openApproval(2, java.util.Set.of(), NOW.plusSeconds(60));
            fresh.seal(new byte[] {4, 5}, 3, ChangeState.PROVISIONING);
            fresh.enter(ChangeState.RUNNING, "it runs");
        });
        database.run(entities -> {
            Change read = new Changes(entities).get(id);
            assertThat(read.id()).isEqualTo(id);
            assertThat(read.name()).isEqualTo("shop");
            assertThat(read.version()).isEqualTo(1);
            assertThat(read.kind()).isEqualTo(ChangeKind.DEPLOYMENT);
            assertThat(read.requester()).isEqualTo("alice");
            assertThat(read.digest()).isEqualTo("digest-k1");
            assertThat(read.envelope()).containsExactly(1, 2, 3);
            assertThat(read.submittedAt()).isEqualTo(NOW);
            assertThat(read.expiresAt()).isEqualTo(NOW.plusSeconds(3600));
            assertThat(read.idempotencyKey()).isEqualTo("k1");
            assertThat(read.processInstance()).hasValue("p-1");
            assertThat(read.quorum()).hasValue(2);
            assertThat(read.approvalDueAt()).hasValue(NOW.plusSeconds(60));
            assertThat(read.sealed().orElseThrow()).containsExactly(4, 5);
            assertThat(read.state()).isEqualTo(ChangeState.RUNNING);
            assertThat(read.message()).isEqualTo("it runs");
        });
        assertThatThrownBy(() -> database.run(entities -> new Changes(entities).get(id + 1))).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void aRemovalIsReadAsOne() {
        long id = add(new Change("shop", 2, ChangeKind.DECOMMISSION, "alice", "d", new byte[0], NOW, NOW, "k"));
        assertThat(database.<ChangeKind>ask(entities -> new Changes(entities).get(id).kind())).isEqualTo(ChangeKind.DECOMMISSION);
    }

    @Test
    void whatPeopleSaidIsKeptInItsOrderAndOnceEach() {
        long id = add(change("shop", 1, "k1"));
        database.run(entities -> {
            Changes changes = new Changes(entities);
            changes.add(new Approval(id, "carol", "key-c", new byte[] {9}, NOW.plusSeconds(1)));
            changes.add(new Approval(id, "bob", "key-b", new byte[] {8}, NOW));
            changes.add(new Rejection(id, "dave", "not today", NOW));
        });
        database.run(entities -> {
            Changes changes = new Changes(entities);
            assertThat(changes.approvals(id)).extracting(Approval::person).containsExactly("bob", "carol");
            Approval bobs = changes.approvals(id).getFirst();
            assertThat(bobs.keyId()).isEqualTo("key-b");
            assertThat(bobs.signature()).containsExactly(8);
            assertThat(bobs.at()).isEqualTo(NOW);
            assertThat(changes.rejections(id)).singleElement().satisfies(no -> {
                assertThat(no.person()).isEqualTo("dave");
                assertThat(no.reason()).isEqualTo("not today");
                assertThat(no.at()).isEqualTo(NOW);
            });
            assertThat(changes.approvals(id + 1)).isEmpty();
            assertThat(changes.approvers(List.of(id, id + 1))).isEqualTo(Map.of(id, List.of("bob", "carol")));
            assertThat(changes.approvers(List.of())).isEmpty();
        });
        assertThatThrownBy(() -> database.run(entities -> new Changes(entities).add(new Approval(id, "bob", "key-2", new byte[] {7}, NOW)))).isInstanceOf(PersistenceException.class);
        assertThatThrownBy(() -> database.run(entities -> new Changes(entities).add(new Rejection(id + 1, "bob", "of nothing", NOW)))).isInstanceOf(PersistenceException.class);
    }

    @Test
    void whatIsSentToNodesIsKept() {
        long id = add(change("shop", 1, "k1"));
        database.run(entities -> {
            Changes changes = new Changes(entities);
            changes.add(new Dispatch(id, "compute-1", Dispatch.CONTRACT));
            changes.add(new Dispatch(id, "compute-1", Dispatch.WITHDRAWAL));
            changes.add(new Dispatch(id, "a-gateway", Dispatch.CONTRACT));
        });
        database.run(entities -> {
            Changes changes = new Changes(entities);
            assertThat(changes.unknownPlaces("compute-1", 0)).containsExactly(new Places(0, Long.MAX_VALUE));
            Dispatch contract = changes.dispatch(id, "compute-1", Dispatch.CONTRACT).orElseThrow();
            assertThat(contract.sequence()).isEmpty();
            assertThat(contract.record()).isEmpty();
            contract.appended(new byte[] {1}, "d1", 12, 7);
        });
        database.run(entities -> {
            Changes changes = new Changes(entities);
            assertThat(changes.dispatches(id)).extracting(each -> each.node() + " " + each.purpose())
                    .containsExactly("a-gateway contract", "compute-1 contract", "compute-1 withdrawal");
            Dispatch contract = changes.dispatch("compute-1", "d1").orElseThrow();
            assertThat(contract.changeId()).contains(id);
            assertThat(contract.sequence()).hasValue(7);
            assertThat(contract.ledgerSize()).hasValue(12);
            assertThat(contract.record().orElseThrow()).containsExactly(1);
            assertThat(changes.dispatch("compute-1", "d3")).isEmpty();
            assertThat(changes.unknownPlaces("compute-1", 3)).containsExactly(new Places(3, 7), new Places(8, Long.MAX_VALUE));
            assertThat(changes.unknownPlaces("compute-1", 7)).containsExactly(new Places(8, Long.MAX_VALUE));
            assertThat(changes.unknownPlaces("a-gateway", 0)).containsExactly(new Places(0, Long.MAX_VALUE));
            changes.add(new Dispatch(id, "compute-1", Dispatch.REPAIR));
            assertThat(changes.dispatch(id, "compute-1", Dispatch.REPAIR).orElseThrow().notBefore()).isEqualTo(8);
            assertThat(changes.notBefore(id, "compute-1")).as("of all that this change has sent there").isZero();
            contract.sendAgain();
        });
        database.run(entities -> {
            Changes changes = new Changes(entities);
            assertThat(changes.dispatch("compute-1", "d1")).isEmpty();
            assertThat(changes.unknownPlaces("compute-1", 0)).containsExactly(new Places(0, Long.MAX_VALUE));
        });
        assertThatThrownBy(() -> database.run(entities -> new Changes(entities).add(new Dispatch(id, "compute-1", Dispatch.CONTRACT)))).isInstanceOf(PersistenceException.class);
        assertThatThrownBy(() -> database.run(entities -> new Changes(entities).add(new Dispatch(id, "compute-2", "gossip")))).isInstanceOf(PersistenceException.class);
    }

    @Test
    void whereANodeMayStandIsKnownFromWhatItHasNotDecidedOn() {
        long id = add(change("shop", 1, "k1"));
        database.run(entities -> {
            Changes changes = new Changes(entities);
            changes.lockNode("compute-1");
            for (String purpose : List.of(Dispatch.CONTRACT, Dispatch.WITHDRAWAL)) {
                Dispatch sent = new Dispatch(id, "compute-1", purpose);
                changes.add(sent);
                sent.appended(new byte[] {1}, purpose, purpose.equals(Dispatch.CONTRACT) ? 12 : 15, 0);
            }
            changes.add(new Dispatch(id, "gateway-1", Dispatch.CONTRACT));
        });
        database.run(entities -> assertThat(new Changes(entities).undecidedSizes("compute-1")).containsExactlyInAnyOrder(12L, 15L));
        database.run(entities -> assertThat(new NodeReceipts(entities).ledgerSize("compute-1")).isZero());
        database.run(entities -> new NodeReceipts(entities).add(new NodeReceipt("compute-1", 0, "shop", 1, Dispatch.CONTRACT, "accepted", "", "", new byte[] {1}, NOW, 12, 1)));
        database.run(entities -> {
            assertThat(new Changes(entities).undecidedSizes("compute-1")).containsExactly(15L);
            assertThat(new Changes(entities).undecidedSizes("gateway-1")).isEmpty();
            assertThat(new NodeReceipts(entities).ledgerSize("compute-1")).isEqualTo(12);
            assertThat(new NodeReceipts(entities).ledgerSize("gateway-1")).isZero();
        });
    }

    @Test
    void theOrderToStopAVersionIsKept() {
        long id = add(change("shop", 1, "k1"));
        run(id, change -> {
            assertThat(change.withdrawal()).isEmpty();
            assertThat(change.sealedIndex()).isEmpty();
            change.seal(new byte[] {1}, 4, ChangeState.PROVISIONING);
            change.withdraw(new byte[] {2}, 9);
        });
        database.run(entities -> {
            Change read = new Changes(entities).get(id);
            assertThat(read.sealedIndex()).hasValue(4);
            assertThat(read.withdrawal().orElseThrow()).containsExactly(2);
            assertThat(read.withdrawalIndex()).hasValue(9);
        });
    }

    @Test
    void oneChangeOfANameIsOpenAtATime() {
        long first = add(change("shop", 1, "k1"));
        for (ChangeState state : ChangeState.values()) {
            enter(first, state);
            if (state.open() && state != ChangeState.RETIRING) {
                assertThatThrownBy(() -> add(change("shop", 1, "k-" + state))).as(state.toString()).isInstanceOf(PersistenceException.class);
                add(change("other-" + state, 1, "k-other-" + state));
            } else {
                // and one that is not open lets another in
                enter(add(change("shop", 1, "k-" + state)), ChangeState.INVALID);
            }
        }
    }

    @Test
    void whileANodeRetiresAnotherChangeOfItMayBeOpenAndNoOtherRetirement() {
        long first = add(change("compute-7", 1, "k1"));
        enter(first, ChangeState.RETIRING);
        long second = add(change("compute-7", 2, "k2"));
        assertThatThrownBy(() -> add(change("compute-7", 2, "k3"))).as("a third").isInstanceOf(PersistenceException.class);
        assertThatThrownBy(() -> enter(second, ChangeState.RETIRING)).as("two that retire").isInstanceOf(PersistenceException.class);
        database.run(entities -> {
            assertThat(new Changes(entities).open("compute-7")).map(Change::version).contains(2L);
        });
    }

    @Test
    void aVersionThatWasSealedIsNeverSealedAgain() {
        long first = add(change("shop", 1, "k1"));
        run(first, change -> change.seal(new byte[] {1}, 3, ChangeState.PROVISIONING));
        enter(first, ChangeState.COMPENSATED);
        long again = add(change("shop", 1, "k2"));
        assertThatThrownBy(() -> run(again, change -> change.seal(new byte[] {2}, 3, ChangeState.PROVISIONING))).isInstanceOf(PersistenceException.class);
        enter(again, ChangeState.INVALID);
        long next = add(change("shop", 2, "k3"));
        run(next, change -> change.seal(new byte[] {3}, 3, ChangeState.RUNNING));
        database.run(entities -> {
            Changes changes = new Changes(entities);
            assertThat(changes.lastSealed("shop").orElseThrow().id()).isEqualTo(next);
            assertThat(changes.sealed("shop")).extracting(Change::version).containsExactly(2L, 1L);
            assertThat(changes.lastSealed("blog")).isEmpty();
        });
    }

    @Test
    void aKeyNamesOneRequestOfOnePerson() {
        long id = add(change("shop", 1, "k1"));
        assertThatThrownBy(() -> add(change("blog", 1, "k1"))).isInstanceOf(PersistenceException.class);
        add(new Change("blog", 1, ChangeKind.DEPLOYMENT, "bob", "d", new byte[0], NOW, NOW, "k1"));
        database.run(entities -> {
            assertThat(new Changes(entities).byIdempotencyKey("alice", "k1").orElseThrow().id()).isEqualTo(id);
            assertThat(new Changes(entities).byIdempotencyKey("alice", "k2")).isEmpty();
        });
    }

    @Test
    void namesAreFoundByAPartOfThemByTheirStateAndByWhomTheyWaitFor() {
        enter(add(change("shop-1", 1, "a")), ChangeState.REJECTED);
        enter(add(change("shop-1", 2, "b")), ChangeState.APPROVAL);
        enter(add(change("shop-2", 1, "c")), ChangeState.RUNNING);
        enter(add(change("blog", 1, "d")), ChangeState.APPROVAL);
        database.run(entities -> {
            Changes changes = new Changes(entities);
            changes.newest("blog").orElseThrow().startedAs("instance-1");
            entities.flush();
            assertThat(names(changes, new Changes.Wanted("shop", Optional.empty(), Optional.empty()))).containsExactly("shop-1", "shop-2");
            assertThat(names(changes, new Changes.Wanted("shop", Optional.of(ChangeState.APPROVAL), Optional.empty()))).containsExactly("shop-1");
            assertThat(names(changes, new Changes.Wanted("", Optional.of(ChangeState.REJECTED), Optional.empty()))).as("only the newest version counts").isEmpty();
            assertThat(names(changes, new Changes.Wanted("", Optional.empty(), Optional.of(List.of("instance-1"))))).containsExactly("blog");
            assertThat(names(changes, new Changes.Wanted("", Optional.empty(), Optional.of(List.of())))).isEmpty();
            assertThat(names(changes, new Changes.Wanted("%", Optional.empty(), Optional.empty()))).isEmpty();
            List<Change> waiting = changes.waitingForApproval(0, 10, Optional.empty());
            assertThat(waiting).extracting(Change::name).containsExactly("shop-1", "blog");
            assertThat(changes.waitingForApproval(waiting.getFirst().id(), 10, Optional.empty())).extracting(Change::name).containsExactly("blog");
            assertThat(changes.waitingForApproval(0, 10, Optional.of(List.of("instance-1", "instance-2")))).extracting(Change::name).containsExactly("blog");
        });
    }

    private static List<String> names(Changes changes, Changes.Wanted wanted) {
        return changes.newestByName("", 10, wanted).stream().map(Change::name).toList();
    }

    @Test
    void namesComePageByPageWithTheirNewestSubmission() {
        for (String name : List.of("e", "a-2", "c", "a", "d", "b")) {
            enter(add(change(name, 1, name + "-1")), ChangeState.REJECTED);
            add(change(name, 1, name + "-2"));
        }
        database.run(entities -> {
            Changes changes = new Changes(entities);
            List<String> names = new java.util.ArrayList<>();
            String cursor = "";
            for (List<Change> page = changes.newestByName(cursor, 2, Changes.Wanted.ALL); !page.isEmpty(); page = changes.newestByName(cursor, 2, Changes.Wanted.ALL)) {
                assertThat(page).hasSizeLessThanOrEqualTo(2).allSatisfy(each -> assertThat(each.idempotencyKey()).endsWith("-2"));
                page.forEach(each -> names.add(each.name()));
                cursor = page.getLast().name();
            }
            assertThat(names).containsExactlyInAnyOrder("a", "a-2", "b", "c", "d", "e").doesNotHaveDuplicates();
            assertThat(changes.newestByName("e", 10, Changes.Wanted.ALL)).isEmpty();
        });
    }

    @Test
    void aChangeIsFoundByWhereItIs() {
        long running = add(change("shop", 1, "k1"));
        run(running, change -> change.seal(new byte[] {1}, 3, ChangeState.RUNNING));
        long open = add(change("shop", 2, "k2"));
        enter(open, ChangeState.PROVISIONING);
        enter(add(change("blog", 1, "k3")), ChangeState.EXPOSING);
        enter(add(change("gone", 1, "k4")), ChangeState.REMOVED);
        database.run(entities -> {
            Changes changes = new Changes(entities);
            assertThat(changes.current("shop").orElseThrow().id()).isEqualTo(running);
            assertThat(changes.current("blog")).isEmpty();
            assertThat(changes.open("shop").orElseThrow().id()).isEqualTo(open);
            assertThat(changes.open("gone")).isEmpty();
            assertThat(changes.newest("shop").orElseThrow().id()).isEqualTo(open);
            assertThat(changes.newest("nobody")).isEmpty();
            assertThat(changes.find("shop", 1).orElseThrow().id()).isEqualTo(running);
            assertThat(changes.find("shop", 3)).isEmpty();
            assertThat(changes.waitingForNodes()).containsExactly(open);
        });
    }

    @Test
    void aLockedChangeIsAsOthersLeftIt() {
        long id = add(change("shop", 1, "k1"));
        database.run(entities -> {
            Changes changes = new Changes(entities);
            assertThat(changes.get(id).state()).isEqualTo(ChangeState.VERIFYING);
            enter(id, ChangeState.APPROVAL); // somebody else, committed
            assertThat(changes.get(id).state()).isEqualTo(ChangeState.VERIFYING);
            assertThat(changes.lock(id).state()).isEqualTo(ChangeState.APPROVAL);
        });
    }

    @Test
    void whoLocksWaitsForWhoLockedBefore() throws Exception {
        long id = add(change("shop", 1, "k1"));
        CountDownLatch locked = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        CompletableFuture<Void> first = CompletableFuture.runAsync(() -> database.run(entities -> {
            Change change = new Changes(entities).lock(id);
            locked.countDown();
            await(go);
            change.enter(ChangeState.APPROVAL, "by the first");
        }));
        await(locked);
        CompletableFuture<String> second = CompletableFuture.supplyAsync(() -> database.ask(entities -> new Changes(entities).lock(id).message()));
        assertThatThrownBy(() -> second.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        go.countDown();
        first.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(second.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo("by the first");
    }

    private long add(Change change) {
        return database.ask(entities -> {
            new Changes(entities).add(change);
            return change.id();
        });
    }

    private void enter(long id, ChangeState state) {
        run(id, change -> change.enter(state, ""));
    }

    private void run(long id, java.util.function.Consumer<Change> work) {
        database.run((EntityManager entities) -> work.accept(new Changes(entities).get(id)));
    }

    private static Change change(String name, long version, String key) {
        return new Change(name, version, ChangeKind.DEPLOYMENT, "alice", "digest-" + key, new byte[] {1, 2, 3}, NOW, NOW.plusSeconds(3600), key);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
