package org.zosgrid.contract.audit;

import static org.zosgrid.contract.People.LEDGER;
import static org.zosgrid.contract.People.NOW;
import static org.zosgrid.contract.People.document;
import static org.zosgrid.contract.People.key;
import static org.zosgrid.contract.People.keys;
import static org.zosgrid.contract.People.role;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.zosgrid.contract.Digests;
import org.zosgrid.contract.People;
import org.zosgrid.contract.document.Decommission;
import org.zosgrid.contract.document.Deployment;
import org.zosgrid.contract.document.Environment;
import org.zosgrid.contract.document.Receipt;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.envelope.PayloadType;
import org.zosgrid.contract.ledger.Checkpoint;
import org.zosgrid.contract.ledger.LedgerEntry;
import org.zosgrid.contract.ledger.MerkleTree;
import org.zosgrid.contract.ledger.SealedContract;
import org.zosgrid.contract.ledger.Witnesses;
import org.zosgrid.contract.policy.Policy;
import org.zosgrid.contract.trust.Role;
import org.zosgrid.contract.trust.TrustRoot;

/**
 * A ledger and what was decided in it: a deployment with a policy of its own, an update after Dave lost his place to Erin, the removal; other deployments'
 * entries lie between. It is told step by step, so that a test can tell it differently.
 */
final class Story {
    static final Policy TWO = Policy.quorum("approver", 2);
    static final String SECURITY_TOO = "{name: own, require: {groups: {security: 1}}}";

    final MerkleTree tree = new MerkleTree();
    final List<Envelope> roots = new ArrayList<>();
    final List<Long> indexes = new ArrayList<>();
    final List<byte[]> entries = new ArrayList<>();
    final List<byte[]> contracts = new ArrayList<>();
    final List<Envelope> receipts = new ArrayList<>();
    Instant now = NOW;

    Story() {
        this(Set.of());
    }

    /** @param promoted environments that take promoted images only */
    Story(Set<Environment> promoted) {
        TrustRoot first = root(1, People.roles());
        roots.add(Envelope.sign(PayloadType.TRUST_ROOT, new TrustRoot(1, first.expires(), first.keys(), first.roles(), first.policy(), first.nodes(), first.ledger(), first.witnesses(), promoted).toJson(),
                keys("bob carol")));
    }

    static Story whole() {
        Story story = new Story();
        story.foreign();
        story.change(document(1, "production-exposed", 1, SECURITY_TOO), "alice bob carol erin", 1);
        story.foreign();
        story.rotate("2 bob carol erin", "bob carol");
        Deployment update = document(2, "production-exposed", 2, "");
        story.change(update, "alice bob carol erin", 2);
        Decommission removal = new Decommission("shop", 3, "alice", NOW, NOW.plusSeconds(900), "the shop is closed");
        story.log("submitted", 3, "x", "alice");
        story.seal(Envelope.sign(PayloadType.DECOMMISSION, removal.toJson(), keys("alice bob carol")), LedgerEntry.SEALED, "shop", 3);
        story.receipt(3, Receipt.Outcome.ACCEPTED, 2);
        story.foreign();
        return story;
    }

    static TrustRoot root(long version, Map<String, Role> roles) {
        return People.root(version, NOW.plusSeconds(3600L * version), roles, TWO, Witnesses.NONE);
    }

    void change(Deployment document, String signers, long rootVersion) {
        Envelope envelope = Envelope.sign(PayloadType.DEPLOYMENT, document.toJson(), keys(signers));
        log("submitted", document.version(), envelope.digest(), "alice");
        for (String approver : signers.split(" ")) {
            log("approved", document.version(), envelope.digest(), approver);
        }
        seal(envelope, LedgerEntry.SEALED, "shop", document.version());
        receipt(document.version(), Receipt.Outcome.ACCEPTED, rootVersion);
    }

    void rotate(String holders, String signers) {
        Map<String, Role> roles = new TreeMap<>(People.roles());
        roles.put("root", role(holders));
        long version = roots.size() + 1;
        Envelope envelope = Envelope.sign(PayloadType.TRUST_ROOT, root(version, roles).toJson(), keys(signers));
        roots.add(envelope);
        seal(envelope, LedgerEntry.ROOT_ROTATED, LedgerEntry.TRUST_ROOT, version);
    }

    void foreign() {
        tree.append(("somebody else's " + tree.size()).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    void log(String kind, long version, String digest, String detail) {
        keep(new LedgerEntry(kind, "shop", version, digest, now, detail).toJson());
    }

    void seal(Envelope envelope, String kind, String name, long version) {
        byte[] entry = new LedgerEntry(kind, name, version, envelope.digest(), now, envelope.signatures().size() + " signatures").toJson();
        long index = keep(entry);
        contracts.add(SealedContract.of(envelope, entry, index, tree, LEDGER, now, List.of()).toJson());
    }

    void receipt(long version, Receipt.Outcome outcome, long rootVersion) {
        Receipt receipt = new Receipt("compute-1", "shop", version, Digests.sha256Hex(contracts.getLast()), outcome, "", "", List.of(), now, rootVersion, tree.size());
        receipts.add(Envelope.sign(PayloadType.RECEIPT, receipt.toJson(), key("compute-1")));
    }

    private long keep(byte[] entry) {
        now = now.plusSeconds(1);
        long index = tree.append(entry);
        indexes.add(index);
        entries.add(entry);
        return index;
    }

    AuditBundle bundle() {
        List<ProvedEntry> proved = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            proved.add(ProvedEntry.of(tree, indexes.get(i), entries.get(i)));
        }
        return new AuditBundle("shop", now, roots, new Checkpoint(LEDGER.origin(), tree.size(), tree.root()).sign(LEDGER, now), proved, contracts, receipts);
    }
}
