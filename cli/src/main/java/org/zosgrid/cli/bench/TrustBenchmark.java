package org.zosgrid.cli.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import org.zosgrid.cli.CliException;
import org.zosgrid.cli.demo.Documents;
import org.zosgrid.cli.stage.Installation;
import org.zosgrid.cli.terminal.Steps;
import org.zosgrid.contract.admission.Admission;
import org.zosgrid.contract.admission.Decision;
import org.zosgrid.contract.admission.NodeView;
import org.zosgrid.contract.document.Deployment;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.envelope.PayloadType;
import org.zosgrid.contract.key.KeyId;
import org.zosgrid.contract.key.SigningKey;
import org.zosgrid.contract.ledger.Checkpoint;
import org.zosgrid.contract.ledger.LedgerEntry;
import org.zosgrid.contract.ledger.LedgerKey;
import org.zosgrid.contract.ledger.MerkleTree;
import org.zosgrid.contract.ledger.SealedContract;
import org.zosgrid.contract.ledger.TlogProof;
import org.zosgrid.contract.policy.Policy;
import org.zosgrid.contract.trust.Role;
import org.zosgrid.contract.trust.TrustRoot;
import org.zosgrid.contract.trust.TrustedKey;
import org.zosgrid.contract.trust.TrustedNode;

/**
 * What trust costs: on one core and in this process, envelopes verified, a node's whole decision, and proofs in a ledger of ten million entries; on a disk, entries
 * appended to a ledger in tiles. Ours and the peer take turns, so that a slow moment of the machine meets both; the median of the turns counts.
 */
public final class TrustBenchmark {
    private static final int TURNS = 9;
    private static final int LARGE = 10_000_000;
    private static final int APPENDERS = 256;
    private static final double GOAL_APPENDS = 5_000;
    private static final double GOAL_DECISION_MS = 2.0;
    /** Bytes of an Ed25519 and an ML-DSA-44 signature. */
    private static final int RAW_SIGNATURES = 64 + 2420;
    private static final String ALGORITHM = "MLDSA65-Ed25519-SHA512";

    private final Installation installation;
    private final Steps steps;
    private final Duration turn;
    private final SigningKey alice = SigningKey.generate();
    private final SigningKey bob = SigningKey.generate();
    private final SigningKey carol = SigningKey.generate();
    private final SigningKey node = SigningKey.generate();
    private final LedgerKey ledger = LedgerKey.generate("bench.example/ledger");
    private final TrustRoot root = root();

    /** @param turn how long each turn of ours and of the peer's takes */
    public TrustBenchmark(Installation installation, Steps steps, Duration turn) {
        this.installation = installation;
        this.steps = steps;
        this.turn = turn;
    }

    public List<Figure> run() throws Exception {
        List<Figure> figures = new ArrayList<>();
        figures.add(steps.step("Envelopes read and verified, against the composite verification alone", this::envelopes));
        figures.add(steps.step("A node's decision about a contract with three signatures", this::decision));
        figures.add(steps.step("Entries appended by many at once, each told when its tiles are on the disk and under a signed checkpoint", this::appends));
        figures.addAll(steps.step("A ledger of ten million entries: proofs", this::proofs));
        return figures;
    }

    private Figure envelopes() throws GeneralSecurityException {
        Envelope signed = Envelope.sign(PayloadType.DEPLOYMENT, document().toJson(), alice);
        byte[] json = signed.toJson();
        byte[] message = Envelope.preAuthenticationEncoding(signed.payloadType(), signed.payload());
        byte[] signature = signed.signatures().getFirst().bytes();
        PublicKey key = KeyFactory.getInstance(ALGORITHM, "BC").generatePublic(new java.security.spec.X509EncodedKeySpec(alice.verificationKey().spki()));
        java.security.Signature verifier = java.security.Signature.getInstance(ALGORITHM, "BC");
        BooleanSupplier ours = () -> Envelope.parse(json).verifiedBy(root::key).contains(alice.id());
        BooleanSupplier peer = () -> verified(verifier, key, message, signature);
        double[] rates = inTurns(ours, peer);
        return new Figure("trust: verified envelopes on one core", "1/s", rates[0], rates[1], "BouncyCastle's composite verification alone", true);
    }

    private static boolean verified(java.security.Signature verifier, PublicKey key, byte[] message, byte[] signature) {
        try {
            verifier.initVerify(key);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (GeneralSecurityException broken) {
            throw new CliException("the peer failed: " + broken.getMessage(), broken);
        }
    }

    private Figure decision() {
        Envelope approved = Envelope.sign(PayloadType.DEPLOYMENT, document().toJson(), alice, bob, carol);
        byte[] entry = new LedgerEntry(LedgerEntry.SEALED, "bench", 1, approved.digest(), Instant.now(), "").toJson();
        MerkleTree tree = tree(1000);
        Checkpoint seen = new Checkpoint(ledger.origin(), tree.size(), tree.root());
        byte[] contract = SealedContract.of(approved, entry, tree.append(entry), tree, ledger, Instant.now(), List.of(seen.size())).toJson();
        NodeView view = new NodeView("compute-1", Instant.now(), name -> Optional.empty(), Optional.of(seen));
        BooleanSupplier decide = () -> Admission.decide(contract, root, view) instanceof Decision.Accept;
        rate(decide);
        double[] rates = new double[TURNS];
        Arrays.setAll(rates, i -> rate(decide));
        return new Figure("trust: a node's decision about a 3-signature contract", "ms", 1000 / median(rates), GOAL_DECISION_MS, "goal", false);
    }

    /** Through the store's process and its disk; what PostgreSQL takes for the decision itself is not in it. */
    private Figure appends() throws IOException, InterruptedException {
        try (DurableLedger ledgerOnDisk = new DurableLedger(installation, ledger)) {
            appendFor(ledgerOnDisk, turn);
            int before = ledgerOnDisk.batches();
            long begun = System.nanoTime();
            long appended = appendFor(ledgerOnDisk, turn.multipliedBy(TURNS));
            double seconds = (System.nanoTime() - begun) / 1e9;
            steps.note(String.format(java.util.Locale.ROOT, "%d entries in %d batches, each with its checkpoint", appended, ledgerOnDisk.batches() - before));
            byte[] last = "the entry that is read back".getBytes(StandardCharsets.UTF_8);
            ledgerOnDisk.verify(ledgerOnDisk.append(last), last);
            return new Figure("trust: durable ledger appends, " + APPENDERS + " at once", "1/s", appended / seconds, GOAL_APPENDS, "goal", true);
        }
    }

    /** Every appender waits for its entry before it appends the next; returns how many entries all of them appended. */
    private static long appendFor(DurableLedger target, Duration time) throws InterruptedException {
        LongAdder appended = new LongAdder();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        long end = System.nanoTime() + time.toNanos();
        List<Thread> appenders = new ArrayList<>();
        for (int i = 0; i < APPENDERS; i++) {
            String name = "bench-" + i;
            appenders.add(Thread.ofVirtual().start(() -> {
                try {
                    for (long version = 1; System.nanoTime() < end; version++) {
                        target.append(new LedgerEntry("approved", name, version, "a".repeat(64), Instant.now(), "bob").toJson());
                        appended.increment();
                    }
                } catch (RuntimeException failed) {
                    failure.set(failed);
                }
            }));
        }
        for (Thread each : appenders) {
            each.join();
        }
        if (failure.get() != null) {
            throw new CliException("an append failed: " + failure.get().getMessage(), failure.get());
        }
        return appended.sum();
    }

    private List<Figure> proofs() {
        long begun = System.nanoTime();
        MerkleTree tree = tree(LARGE - 1);
        double seconds = (System.nanoTime() - begun) / 1e9;
        byte[] entry = "the entry that is proved".getBytes(StandardCharsets.UTF_8);
        long index = tree.append(entry);
        steps.note(String.format(java.util.Locale.ROOT, "built in memory at %.0f entries/s", LARGE / seconds));
        String text = TlogProof.of(tree, index / 3, ledger, Instant.now()).toText();
        String own = TlogProof.of(tree, index, ledger, Instant.now()).toText();
        int path = TlogProof.parse(text).path().size();
        BooleanSupplier verify = () -> TlogProof.parse(own).verify(entry, ledger.verifiers()).size() == LARGE;
        rate(verify);
        double[] rates = new double[TURNS];
        Arrays.setAll(rates, i -> rate(verify));
        List<byte[]> consistency = tree.consistencyProof(LARGE / 3);
        steps.note(path + " hashes of inclusion, " + consistency.size() + " of consistency from a third of the size");
        return List.of(
                new Figure("trust: proof file at 10 million entries", "bytes", text.length(), path * 32.0 + RAW_SIGNATURES, "its hashes and signatures in binary", false),
                new Figure("trust: proof verified at 10 million entries, with both signatures", "ms", 1000 / median(rates), GOAL_DECISION_MS, "goal of the whole decision", false));
    }

    /** Operations per second of both, by turns. */
    private double[] inTurns(BooleanSupplier ours, BooleanSupplier peer) {
        rate(ours);
        rate(peer);
        double[] our = new double[TURNS];
        double[] their = new double[TURNS];
        for (int i = 0; i < TURNS; i++) {
            our[i] = rate(ours);
            their[i] = rate(peer);
        }
        return new double[] {median(our), median(their)};
    }

    private double rate(BooleanSupplier operation) {
        long begun = System.nanoTime();
        long end = begun + turn.toNanos();
        long times = 0;
        long now;
        do {
            if (!operation.getAsBoolean()) {
                throw new CliException("what is measured does not work");
            }
            times++;
            now = System.nanoTime();
        } while (now < end);
        return times * 1e9 / (now - begun);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static MerkleTree tree(int size) {
        MerkleTree tree = new MerkleTree();
        for (int i = 0; i < size; i++) {
            tree.append(ByteBuffer.allocate(8).putLong(i).array());
        }
        return tree;
    }

    private static Deployment document() {
        return Documents.deployment("bench", 1, "demo/web:1.0@sha256:" + "a".repeat(64), "bench.example", "10.41.1.0/24");
    }

    private TrustRoot root() {
        Map<KeyId, TrustedKey> keys = new TreeMap<>();
        Map.of("alice", alice, "bob", bob, "carol", carol, "compute-1", node).forEach((name, key) -> keys.put(key.id(), new TrustedKey(name, key.verificationKey())));
        Role approver = new Role(Set.of(bob.id(), carol.id()), 2);
        return new TrustRoot(1, Instant.now().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.SECONDS), keys,
                Map.of(TrustRoot.ROOT, approver, TrustRoot.APPROVER, approver, TrustRoot.REQUESTER, new Role(Set.of(alice.id()), 1)), Policy.quorum(TrustRoot.APPROVER, 2),
                Map.of("compute-1", new TrustedNode(node.id(), Set.of("compute")), "gateway-1", new TrustedNode(node.id(), Set.of("gateway"))), ledger.verifiers());
    }
}
