package org.zosgrid.node.core0;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zosgrid.contract.admission.Resources;
import org.zosgrid.contract.document.ChangeDocument;
import org.zosgrid.contract.document.Deployment;
import org.zosgrid.contract.document.Emergency;
import org.zosgrid.contract.document.Environment;
import org.zosgrid.contract.document.ImagePromotion;
import org.zosgrid.contract.document.ImageReference;
import org.zosgrid.contract.document.Pause;
import org.zosgrid.contract.document.Receipt;
import org.zosgrid.contract.document.Resume;
import org.zosgrid.contract.document.Withdrawal;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.envelope.PayloadType;
import org.zosgrid.contract.key.KeyId;
import org.zosgrid.contract.key.SigningKey;
import org.zosgrid.contract.ledger.Checkpoint;
import org.zosgrid.contract.ledger.LedgerEntry;
import org.zosgrid.contract.ledger.LedgerKey;
import org.zosgrid.contract.ledger.MerkleTree;
import org.zosgrid.contract.ledger.SealedContract;
import org.zosgrid.contract.ledger.Witnesses;
import org.zosgrid.contract.policy.Policy;
import org.zosgrid.contract.policy.Requirement;
import org.zosgrid.contract.trust.EmergencyRule;
import org.zosgrid.contract.trust.Role;
import org.zosgrid.contract.trust.TrustRoot;
import org.zosgrid.contract.trust.TrustRootStore;
import org.zosgrid.contract.trust.TrustedKey;
import org.zosgrid.contract.trust.TrustedNode;
import org.zosgrid.node.zdb.Mode;
import org.zosgrid.node.zdb.Namespace;
import org.zosgrid.node.zdb.ZdbConfig;
import org.zosgrid.node.zdb.ZdbServer;

/** A node's decisions on a real store, across restarts: it forgets nothing, goes back on nothing, and judges the past by the trust root of its time. */
class ContractsTest {
    private static final Map<String, SigningKey> KEYS = new HashMap<>();
    private static final LedgerKey LEDGER = LedgerKey.generate("ledger.example");

    static {
        for (String name : List.of("alice", "bob", "carol", "dave", "compute-1")) {
            KEYS.put(name, SigningKey.generate());
        }
    }

    private static final Envelope FIRST = root(1, Set.of("bob", "carol"));
    /** Dave approves instead of Bob. */
    private static final Envelope SECOND = root(2, Set.of("carol", "dave"));

    @TempDir
    Path directory;

    /** What the time is where it is asked whether an emergency is over; decisions are made by the real one. */
    private Instant clock = Instant.now();
    private long capacityMemory = 1 << 30;
    private final MerkleTree ledger = new MerkleTree();
    private ZdbServer store;
    private Contracts contracts;
    private DesiredState desired;
    private Receipts receipts;

    @BeforeEach
    void start() {
        store = ZdbServer.start(new ZdbConfig(directory.resolve("zdb"), List.of(), Optional.empty()));
        receipts = new Receipts(namespace("receipts"), KEYS.get("compute-1"), "compute-1");
        desired = new DesiredState(() -> clock);
        contracts = new Contracts(namespace("contracts"), receipts, TrustRootStore.open(directory.resolve("trust-roots"), FIRST), "compute-1", desired, new Capacity(new Resources(2000, capacityMemory)));
        contracts.recover();
    }

    @AfterEach
    void stop() {
        store.close();
    }

    @Test
    void anOldVersionIsRefusedAlsoAfterARestart() {
        byte[] first = sealed(1, "alice bob carol");
        assertThat(decided(first)).isEqualTo("accepted");
        assertThat(decided(sealed(2, "alice bob carol"))).isEqualTo("accepted");
        restart();
        assertThat(desired.accepted("shop").orElseThrow().version()).isEqualTo(2);
        assertThat(decided(first)).isEqualTo("replayed");
    }

    @Test
    void theSameContractComesAgainOnceWhereItDriftedAlsoAfterARestart() {
        byte[] first = sealed(1, "alice bob carol");
        assertThat(decided(first)).isEqualTo("accepted");
        assertThat(decided(first)).isEqualTo("replayed");
        String before = desired.of("shop").orElseThrow().contract();
        receipts.write("shop", 1, before, Receipt.Outcome.DRIFTED, "gone", "the files of web are not there any more", List.of());
        restart();
        assertThat(desired.drifted("shop")).isTrue();
        assertThat(decided(first)).isEqualTo("accepted");
        assertThat(receipts.all().getLast().message()).contains("the same contract again");
        restart();
        receipts.write("shop", 1, before, Receipt.Outcome.RUNNING, "", "", List.of());
        restart();
        assertThat(decided(first)).isEqualTo("replayed");
        assertThat(contracts.lost("shop")).isFalse();
    }

    @Test
    void aNewTrustRootCountsAtOnceAndAfterARestartAndThePastStays() {
        assertThat(decided(sealed(1, "alice bob carol"))).isEqualTo("accepted");
        assertThat(decided(rotation(SECOND, 2))).isEqualTo("accepted");
        assertThat(contracts.root().version()).isEqualTo(2);
        assertThat(decided(sealed(2, "alice bob carol"))).isEqualTo("quorum-not-reached");
        restart();
        assertThat(contracts.root().version()).isEqualTo(2);
        assertThat(desired.accepted("shop").orElseThrow().version()).isEqualTo(1);
        assertThat(decided(sealed(2, "alice carol dave"))).isEqualTo("accepted");
        assertThat(receipts.all()).extracting(Receipt::rootVersion).containsExactly(1L, 1L, 2L, 2L);
        restart();
    }

    @Test
    void aCrashBetweenTheReceiptAndTheStoreIsMadeGood() throws IOException {
        assertThat(decided(rotation(SECOND, 2))).isEqualTo("accepted");
        Files.delete(directory.resolve("trust-roots/2.root.json"));
        restart();
        assertThat(contracts.root().version()).isEqualTo(2);
        assertThat(directory.resolve("trust-roots/2.root.json")).exists();
    }

    @Test
    void aTrustRootThatWentBackBehindItsReceiptsStopsTheNode() throws IOException {
        TrustRootStore.open(directory.resolve("trust-roots"), FIRST).advance(SECOND);
        restart();
        assertThat(decided(sealed(1, "alice carol dave"))).isEqualTo("accepted");
        Files.delete(directory.resolve("trust-roots/2.root.json"));
        assertThatThrownBy(this::restart).hasMessageContaining("must be one of the versions 1 to 1");
    }

    @Test
    void theLedgerMayNotForkAlsoAfterARestart() {
        assertThat(decided(sealed(1, "alice bob carol"))).isEqualTo("accepted");
        assertThat(receipts.all().getLast().ledgerSize()).isEqualTo(1);
        restart();
        MerkleTree fork = new MerkleTree();
        fork.append(new byte[] {1});
        Envelope approved = envelope("shop", 2, "alice bob carol");
        byte[] entry = entry(LedgerEntry.SEALED, "shop", 2, approved);
        assertThat(decided(SealedContract.of(approved, entry, fork.append(entry), fork, LEDGER, Instant.now(), List.of(1L)).toJson())).isEqualTo("ledger-forked");
        assertThat(decided(sealed(2, "alice bob carol"))).isEqualTo("accepted");
        assertThat(receipts.all().getLast().ledgerSize()).isEqualTo(2);
    }

    @Test
    void whatDoesNotFitIsRefusedAndWhatWasAcceptedStaysWhenTheNodeBecomesSmaller() {
        capacityMemory = 64 << 20;
        restart();
        assertThat(decided(sealed(1, "alice bob carol"))).isEqualTo("accepted");
        assertThat(decided(sealed("blog", 1, "alice bob carol"))).isEqualTo("no-capacity");
        assertThat(receipts.all().getLast().message()).isEqualTo("compute-1 has no room for it: memory: 64 MiB are asked for, 0 MiB are free");
        assertThat(decided(sealed(2, "alice bob carol"))).as("in the place of its predecessor").isEqualTo("accepted");
        capacityMemory = 32 << 20;
        restart();
        assertThat(desired.accepted("shop").orElseThrow().version()).isEqualTo(2);
        assertThat(decided(sealed(3, "alice bob carol"))).isEqualTo("no-capacity");
    }

    @Test
    void aPausedDeploymentIsKeptAndDoesNotRunAlsoAfterARestart() {
        assertThat(decided(sealed(1, "alice bob carol"))).isEqualTo("accepted");
        assertThat(decided(ordered(new Pause("shop", 2, "alice", now(), now().plusSeconds(600), "audit"), "alice bob"))).isEqualTo("quorum-not-reached");
        assertThat(decided(ordered(new Pause("shop", 2, "alice", now(), now().plusSeconds(600), "audit"), "alice bob carol"))).isEqualTo("accepted");
        restart();
        assertThat(desired.deployments()).isEmpty();
        assertThat(desired.kept()).extracting(Deployment::version).containsExactly(1L);
        assertThat(decided(ordered(new Resume("shop", 3, "alice", now(), now().plusSeconds(600), "audited"), "alice bob carol"))).isEqualTo("accepted");
        restart();
        assertThat(desired.deployments()).extracting(Deployment::version).containsExactly(1L);
        assertThat(desired.accepted("shop").orElseThrow().version()).isEqualTo(3);
    }

    @Test
    void aWithdrawalOfAResumptionLeavesTheDeploymentStandingStill() {
        assertThat(decided(sealed(1, "alice bob carol"))).isEqualTo("accepted");
        assertThat(decided(ordered(new Pause("shop", 2, "alice", now(), now().plusSeconds(600), "audit"), "alice bob carol"))).isEqualTo("accepted");
        assertThat(decided(ordered(new Resume("shop", 3, "alice", now(), now().plusSeconds(600), "audited"), "alice bob carol"))).isEqualTo("accepted");
        Envelope stop = new Envelope(PayloadType.WITHDRAWAL, new Withdrawal("shop", 3, "it failed elsewhere", now()).toJson(), List.of());
        assertThat(decided(seal(stop, entry(LedgerEntry.WITHDRAWN, "shop", 3, stop)))).isEqualTo("accepted");
        assertThat(desired.deployments()).isEmpty();
        assertThat(desired.kept()).hasSize(1);
        assertThat(decided(seal(stop, entry(LedgerEntry.WITHDRAWN, "shop", 3, stop)))).isEqualTo("nothing-to-remove");
    }

    @Test
    void onlyPromotedImagesRunWhereTheTrustRootSaysSoAndARevocationIsNotForgotten() {
        assertThat(decided(sealed(1, "alice bob carol"))).isEqualTo("accepted");
        assertThat(decided(rotation(root(2, Set.of("bob", "carol"), Set.of(Environment.PRODUCTION)), 2))).isEqualTo("accepted");
        assertThat(decided(sealed(2, "alice bob carol"))).isEqualTo("image-not-promoted");
        Promoted first = promoted(1, Optional.of(now().plusSeconds(3600)), "alice bob carol");
        assertThat(decided(with(first, 2))).isEqualTo("accepted");
        restart();
        assertThat(desired.accepted("shop").orElseThrow().version()).isEqualTo(2);
        assertThat(decided(seal(first.envelope(), first.entry()))).as("a promotion alone").isEqualTo("unknown-kind");

        Promoted revocation = promoted(2, Optional.empty(), "alice bob carol");
        assertThat(decided(seal(revocation.envelope(), revocation.entry()))).isEqualTo("accepted");
        restart();
        assertThat(decided(with(first, 3))).as("a control plane that keeps the revocation to itself").isEqualTo("image-not-promoted");
        assertThat(receipts.all().getLast().message()).contains("is not above 2");
        assertThat(desired.deployments()).extracting(Deployment::version).as("what runs goes on").containsExactly(2L);
        assertThat(decided(with(promoted(3, Optional.of(now().plusSeconds(3600)), "alice bob carol"), 3))).isEqualTo("accepted");
        restart();
    }

    @Test
    void anEmergencyNeedsFewerPeopleAndEndsByTheNodesClockAlsoAfterARestart() {
        Instant until = now().plusSeconds(600);
        assertThat(decided(urgent(1, until, "alice carol"))).as("the trust root knows no emergencies").isEqualTo("emergency-not-allowed");
        assertThat(decided(rotation(withEmergencies(2), 2))).isEqualTo("accepted");
        assertThat(decided(urgent(1, now().plusSeconds(3700), "alice carol"))).as("sealed by whoever does not know the rule").isEqualTo("emergency-not-allowed");
        assertThat(decided(sealed(1, "alice carol"))).as("the usual way").isEqualTo("quorum-not-reached");
        assertThat(decided(urgent(1, until, "alice carol"))).isEqualTo("accepted");
        assertThat(desired.deployments()).hasSize(1);
        assertThat(desired.nextEnd()).contains(until);

        clock = until.minusMillis(1);
        assertThat(desired.deployments()).hasSize(1);
        clock = until;
        assertThat(desired.deployments()).isEmpty();
        assertThat(desired.kept()).isEmpty();
        assertThat(desired.nextEnd()).isEmpty();
        DesiredState.Desired ended = desired.of("shop").orElseThrow();
        assertThat(ended.accepted().removed()).isTrue();
        assertThat(desired.over(ended)).contains(until);
        clock = until.minusSeconds(60);
        assertThat(desired.deployments()).as("a clock that goes back makes nothing run again").isEmpty();

        receipts.write("shop", 1, ended.contract(), Receipt.Outcome.REMOVED, Receipt.EMERGENCY_OVER, "the emergency ended", List.of());
        restart();
        assertThat(desired.deployments()).as("nor after a restart").isEmpty();
        assertThat(desired.accepted("shop").orElseThrow().removed()).isTrue();
        assertThat(decided(ordered(new Pause("shop", 2, "alice", now(), now().plusSeconds(600), "audit"), "alice bob carol"))).isEqualTo("not-running");
        assertThat(decided(sealed(2, "alice bob carol"))).as("the usual way goes on behind it").isEqualTo("accepted");
        assertThat(desired.deployments()).extracting(Deployment::version).containsExactly(2L);
    }

    @Test
    void whatEndedWhileTheNodeWasDownIsOverWhenItComesBack() {
        assertThat(decided(rotation(withEmergencies(2), 2))).isEqualTo("accepted");
        Instant until = now().plusSeconds(600);
        assertThat(decided(urgent(1, until, "alice carol"))).isEqualTo("accepted");
        clock = until.plusSeconds(1);
        restart();
        assertThat(desired.deployments()).isEmpty();
        assertThat(desired.over(desired.of("shop").orElseThrow())).contains(until);
    }

    @Test
    void whatWasApprovedInTheUsualWayTakesAnEmergencysPlaceAndStays() {
        assertThat(decided(rotation(withEmergencies(2), 2))).isEqualTo("accepted");
        Instant until = now().plusSeconds(600);
        assertThat(decided(urgent(1, until, "alice carol"))).isEqualTo("accepted");
        assertThat(decided(sealed(2, "alice bob carol"))).isEqualTo("accepted");
        clock = until.plusSeconds(1);
        assertThat(desired.deployments()).extracting(Deployment::version).containsExactly(2L);
        assertThat(desired.over(desired.of("shop").orElseThrow())).isEmpty();
        restart();
        assertThat(desired.deployments()).hasSize(1);
    }

    @Test
    void aPausedEmergencyEndsToo() {
        assertThat(decided(rotation(withEmergencies(2), 2))).isEqualTo("accepted");
        Instant until = now().plusSeconds(600);
        assertThat(decided(urgent(1, until, "alice carol"))).isEqualTo("accepted");
        assertThat(decided(ordered(new Pause("shop", 2, "alice", now(), now().plusSeconds(600), "audit"), "alice bob carol"))).isEqualTo("accepted");
        assertThat(desired.kept()).hasSize(1);
        clock = until;
        assertThat(desired.kept()).isEmpty();
    }

    private byte[] urgent(long version, Instant until, String signers) {
        Deployment document = Deployment.parse(envelope("shop", version, "alice").payload()).withEmergency(Optional.of(new Emergency("the shop is down", until)));
        Envelope envelope = Envelope.sign(PayloadType.DEPLOYMENT, document.toJson(), java.util.Arrays.stream(signers.split(" ")).map(KEYS::get).toArray(SigningKey[]::new));
        return seal(envelope, entry(LedgerEntry.SEALED, "shop", version, envelope));
    }

    /** One approver is enough for an hour. */
    private static Envelope withEmergencies(long version) {
        return root(version, Set.of("bob", "carol"), Set.of(), Optional.of(new EmergencyRule(Requirement.people(TrustRoot.APPROVER, 1), Duration.ofHours(1))));
    }

    /** A promotion, or the revocation of one, and its entry of the ledger at this place. */
    private record Promoted(Envelope envelope, byte[] entry, long index) {}

    private Promoted promoted(long version, Optional<Instant> until, String signers) {
        ImageReference image = ImageReference.parse("demo/web:1.0@sha256:" + "a".repeat(64));
        ImagePromotion document = new ImagePromotion(ImagePromotion.name(image, Environment.PRODUCTION), version, "alice", now(), now().plusSeconds(600), "tried", image, Environment.PRODUCTION, until);
        Envelope envelope = Envelope.sign(document.payloadType(), document.toJson(), java.util.Arrays.stream(signers.split(" ")).map(KEYS::get).toArray(SigningKey[]::new));
        byte[] entry = entry(LedgerEntry.SEALED, document.name(), version, envelope);
        return new Promoted(envelope, entry, ledger.append(entry));
    }

    private byte[] with(Promoted promotion, long version) {
        Envelope envelope = envelope("shop", version, "alice bob carol");
        byte[] entry = entry(LedgerEntry.SEALED, "shop", version, envelope);
        long index = ledger.append(entry);
        String checkpoint = Checkpoint.of(ledger, LEDGER).sign(LEDGER, Instant.now());
        return SealedContract.of(envelope, entry, index, ledger, checkpoint, java.util.stream.LongStream.range(1, ledger.size()).boxed().toList())
                .with(List.of(SealedContract.of(promotion.envelope(), promotion.entry(), promotion.index(), ledger, checkpoint, List.of()))).toJson();
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }

    private byte[] ordered(ChangeDocument order, String signers) {
        Envelope envelope = Envelope.sign(order.payloadType(), order.toJson(), java.util.Arrays.stream(signers.split(" ")).map(KEYS::get).toArray(SigningKey[]::new));
        return seal(envelope, entry(LedgerEntry.SEALED, "shop", order.version(), envelope));
    }

    private void restart() {
        store.close();
        start();
    }

    private Namespace namespace(String name) {
        return store.store().createIfAbsent(name, Mode.SEQUENTIAL);
    }

    /** Appends a contract and has it decided; "accepted", or the reason of the refusal. */
    private String decided(byte[] contract) {
        namespace("contracts").append(contract);
        contracts.decideNew();
        Receipt last = receipts.all().getLast();
        return last.outcome() == Receipt.Outcome.ACCEPTED ? "accepted" : last.reason();
    }

    private byte[] sealed(long version, String signers) {
        return sealed("shop", version, signers);
    }

    private byte[] sealed(String name, long version, String signers) {
        Envelope envelope = envelope(name, version, signers);
        return seal(envelope, entry(LedgerEntry.SEALED, name, version, envelope));
    }

    private byte[] rotation(Envelope root, long version) {
        return seal(root, entry(LedgerEntry.ROOT_ROTATED, LedgerEntry.TRUST_ROOT, version, root));
    }

    /** With a proof from every size that the ledger ever had. */
    private byte[] seal(Envelope envelope, byte[] entry) {
        long index = ledger.append(entry);
        return SealedContract.of(envelope, entry, index, ledger, LEDGER, Instant.now(), java.util.stream.LongStream.range(1, ledger.size()).boxed().toList()).toJson();
    }

    private static byte[] entry(String kind, String name, long version, Envelope envelope) {
        return new LedgerEntry(kind, name, version, envelope.digest(), Instant.now(), "").toJson();
    }

    private static Envelope envelope(String name, long version, String signers) {
        Deployment document = Deployment.fromYaml("""
                name: %s
                version: %d
                requester: alice
                environment: production
                expires: %s
                network: {name: shop-net, subnet: 10.40.0.0/24}
                machines:
                  - {name: web, node: compute-1, image: "demo/web:1.0@sha256:%s", cpuMillis: 500, memory: 64MiB}
                """.formatted(name, version, Instant.now().plusSeconds(600).truncatedTo(ChronoUnit.SECONDS), "a".repeat(64)));
        return Envelope.sign(PayloadType.DEPLOYMENT, document.toJson(), java.util.Arrays.stream(signers.split(" ")).map(KEYS::get).toArray(SigningKey[]::new));
    }

    private static Envelope root(long version, Set<String> approvers) {
        return root(version, approvers, Set.of());
    }

    private static Envelope root(long version, Set<String> approvers, Set<Environment> promoted) {
        return root(version, approvers, promoted, Optional.empty());
    }

    private static Envelope root(long version, Set<String> approvers, Set<Environment> promoted, Optional<EmergencyRule> emergency) {
        Map<KeyId, TrustedKey> keys = new HashMap<>();
        KEYS.forEach((name, key) -> keys.put(key.id(), new TrustedKey(name, key.verificationKey())));
        TrustRoot root = new TrustRoot(version, Instant.now().plusSeconds(3600).truncatedTo(ChronoUnit.SECONDS), keys,
                Map.of(TrustRoot.ROOT, role(Set.of("bob", "carol", "dave"), 2), TrustRoot.REQUESTER, role(Set.of("alice"), 1), TrustRoot.APPROVER, role(approvers, 1)),
                Policy.quorum(TrustRoot.APPROVER, 2), Map.of("compute-1", new TrustedNode(KEYS.get("compute-1").id(), Set.of("compute"))), LEDGER.verifiers(), Witnesses.NONE, promoted, emergency);
        return Envelope.sign(PayloadType.TRUST_ROOT, root.toJson(), KEYS.get("bob"), KEYS.get("carol"));
    }

    private static Role role(Set<String> holders, int threshold) {
        return new Role(holders.stream().map(name -> KEYS.get(name).id()).collect(java.util.stream.Collectors.toSet()), threshold);
    }
}
