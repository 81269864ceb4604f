package org.zosgrid.workloads.step;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.resource.ResourceException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.zosgrid.bpmn.Delivery;
import org.zosgrid.bpmn.UnavailableException;
import org.zosgrid.connector.zdb.ZdbConnection;
import org.zosgrid.connector.zdb.ZdbConnectionFactory;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.Digests;
import org.zosgrid.contract.admission.Decision.Reason;
import org.zosgrid.contract.document.Receipt;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.ledger.LedgerKeys;
import org.zosgrid.contract.ledger.LedgerTree;
import org.zosgrid.contract.ledger.SealedContract;
import org.zosgrid.contract.ledger.TlogProof;
import org.zosgrid.contract.trust.TrustRoot;
import org.zosgrid.model.Change;
import org.zosgrid.model.Changes;
import org.zosgrid.model.Dispatch;
import org.zosgrid.model.Ledger;
import org.zosgrid.model.NodeReceipts;
import org.zosgrid.model.TrustRootVersion;
import org.zosgrid.model.TrustRoots;
import org.zosgrid.workloads.ledger.TiledLedger;
import org.zosgrid.workloads.trust.Trust;

/**
 * Appends to nodes' {@code contracts} logs, one record after the other for each node: every record proves that the ledger has grown from where the node
 * stands, or will stand when it reads it.
 *
 * <p>A log knows no transaction. If ours is rolled back after the append, the next attempt finds the record in the log, known by its envelope and entry, and
 * does not append another, also where others were appended behind it meanwhile. One that a disk wrote so late that it was not found is found when the node refuses
 * the next ({@link #tookEarlier}). What a checkpoint covers was committed before: nothing that stands in it can be rolled back.
 */
@ApplicationScoped
public class NodeDelivery implements Delivery {
    private static final String CONTRACTS = "contracts";
    private static final int PAGE = 64;
    /** Reasons of refusals that are healed by sealing once more, with the proofs that the node needs. */
    public static final Set<String> LACKS_PROOFS = Set.of(Reason.CONSISTENCY_MISSING.toString(), Reason.LEDGER_TRUNCATED.toString());

    @Resource(lookup = "zos/zdb")
    private ZdbConnectionFactory stores;

    @Inject private Changes changes;
    @Inject private NodeReceipts receipts;
    @Inject private Ledger ledger;
    @Inject private SignedLedger signedLedger;
    @Inject private TiledLedger tiles;
    @Inject private Trust trust;
    @Inject private TrustRoots roots;
    @Inject private ImagePromotions promotions;

    @Override
    public void send(long id, String node) {
        changes.lockNode(node);
        Change change = changes.lock(id);
        Dispatch dispatch = dispatch(id, node);
        if (isLost(dispatch)) {
            dispatch.sendAgain();
        }
        append(change, dispatch);
    }

    /** Whether a node that has not said a word about what it was sent does not have it any more. Told once more it would refuse what it has taken meanwhile. */
    private boolean isLost(Dispatch dispatch) {
        if (dispatch.sequence().isEmpty() || !receipts.of(dispatch.node(), dispatch.digest()).isEmpty()) {
            return false;
        }
        try (ZdbConnection store = stores.getConnection(dispatch.node())) {
            return store.read(CONTRACTS, dispatch.sequence().getAsLong(), 1).stream().noneMatch(record -> Digests.sha256Hex(record).equals(dispatch.digest()));
        } catch (ResourceException away) {
            throw new UnavailableException(String.valueOf(away.getMessage()));
        }
    }

    /**
     * A node that was away gets the contract too, and the order to stop it right behind: it must know the version to stop what it ran before, and so that
     * the next one is the next one for it.
     */
    @Override
    public boolean withdraw(long id, String node) {
        changes.lockNode(node);
        Change change = changes.lock(id);
        Dispatch contract = dispatch(id, node);
        if (receipts.of(node, contract.digest()).stream().anyMatch(receipt -> receipt.outcome().equals(Receipt.Outcome.REFUSED.toString()))) {
            return false;
        }
        append(change, contract);
        Dispatch order = changes.dispatch(id, node, Dispatch.WITHDRAWAL).orElseGet(() -> {
            Dispatch fresh = new Dispatch(id, node, Dispatch.WITHDRAWAL);
            changes.add(fresh);
            return fresh;
        });
        append(change, order);
        return receipts.of(node, order.digest()).stream().allMatch(receipt -> receipt.outcome().equals(Receipt.Outcome.ACCEPTED.toString()));
    }

    /** Appends a contract once more that has drifted on a node. The caller holds the locks of node and change. */
    public void repair(Change change, Dispatch dispatch) {
        append(change, dispatch);
    }

    /** Appends every trust root that the node must have before it decides anything that was sealed under the newest. The caller holds the node's lock. */
    public void bringForward(String node) {
        for (Dispatch due : roots.due(node, LACKS_PROOFS)) {
            TrustRootVersion version = roots.find(due.rootVersion().orElseThrow()).orElseThrow();
            append(due, new Sealed(version.envelope(), version.sealedIndex()), List.of());
        }
    }

    /** How far a version has come on a node, where REFUSED is the node's last word: what is only to be sent again is not refused. The caller holds the node's lock. */
    public TrustRoots.Progress standing(long version, String node) {
        roots.due(node, LACKS_PROOFS);
        return roots.standing(version).stream().filter(each -> each.node().equals(node)).map(TrustRoots.Standing::progress).findFirst().orElse(TrustRoots.Progress.WAITING);
    }

    /** Seals again for a node what it could not take with the proofs that came along, and appends it. The caller holds the locks of node and change. */
    public void sendAgain(Change change, Dispatch dispatch) {
        dispatch.sendAgain();
        append(change, dispatch);
    }

    /** Whether a node could not take a record for want of a proof: a record that is no use any more. */
    public boolean lacksProofs(String node, String digest) {
        return receipts.of(node, digest).stream().anyMatch(receipt -> LACKS_PROOFS.contains(receipt.reason()));
    }

    private Dispatch dispatch(long id, String node) {
        return changes.dispatch(id, node, Dispatch.CONTRACT).orElseThrow(() -> new IllegalStateException("change " + id + " has nothing for " + node));
    }

    private void append(Change change, Dispatch dispatch) {
        if (dispatch.sequence().isPresent()) {
            return;
        }
        bringForward(dispatch.node());
        append(dispatch, Sealed.of(change, dispatch), isOrder(dispatch) ? List.of() : promotions.along(change));
    }

    private static boolean isOrder(Dispatch dispatch) {
        return dispatch.purpose().equals(Dispatch.WITHDRAWAL);
    }

    /**
     * What is sent, and where its entry stands in the ledger.
     *
     * @param index of the entry
     */
    private record Sealed(byte[] envelope, long index) {
        static Sealed of(Change change, Dispatch dispatch) {
            return isOrder(dispatch) ? new Sealed(change.withdrawal().orElseThrow(), change.withdrawalIndex().orElseThrow())
                    : new Sealed(change.sealed().orElseThrow(), change.sealedIndex().orElseThrow());
        }
    }

    /**
     * Looks for the record of an attempt that was given up before the one that a node has refused now: a disk may hang for minutes and write it after all. The node has
     * taken that one then; it becomes the one that was sent, and what the node says of it is the answer. Returns whether there is one. The caller holds the locks of node
     * and change.
     */
    public boolean tookEarlier(Change change, Dispatch refused) {
        if (refused.sequence().isEmpty()) {
            return false;
        }
        Sealed sealed = Sealed.of(change, refused);
        try (ZdbConnection store = stores.getConnection(refused.node())) {
            Optional<Found> earlier = find(store, refused, sealed.envelope(), ledger.get(sealed.index()).bytes(), refused.sequence().getAsLong(), digest -> isAccepted(refused.node(), digest));
            earlier.ifPresent(found -> found.isWhatWasSent(refused));
            return earlier.isPresent();
        } catch (ResourceException away) {
            throw new UnavailableException(String.valueOf(away.getMessage()));
        }
    }

    private boolean isAccepted(String node, String digest) {
        return receipts.of(node, digest).stream().anyMatch(receipt -> receipt.outcome().equals(Receipt.Outcome.ACCEPTED.toString()));
    }

    /** @param along promotions of the images, which are proved by the same checkpoint */
    private void append(Dispatch dispatch, Sealed what, List<Change> along) {
        byte[] envelope = what.envelope();
        long index = what.index();
        byte[] entry = ledger.get(index).bytes();
        try (ZdbConnection store = stores.getConnection(dispatch.node())) {
            Optional<Found> found = find(store, dispatch, envelope, entry, Long.MAX_VALUE, digest -> !isOfNoUse(dispatch, digest));
            if (found.isPresent()) {
                found.get().isWhatWasSent(dispatch);
                return;
            }
            SignedLedger.Signed signed = signedLedger.sign();
            List<Long> sizes = sizes(dispatch.node());
            byte[] record = tiles.read(signed.at(), tree -> SealedContract.of(Envelope.parse(envelope), entry, index, tree, signed.checkpoint(), sizes)
                    .with(along.stream().map(each -> sealed(each, tree, signed.checkpoint())).toList())).toJson();
            dispatch.appended(record, Digests.sha256Hex(record), signed.at().size(), store.append(CONTRACTS, record));
        } catch (ResourceException away) {
            throw new UnavailableException(String.valueOf(away.getMessage()));
        }
    }

    private SealedContract sealed(Change promotion, LedgerTree tree, String checkpoint) {
        long index = promotion.sealedIndex().orElseThrow();
        return SealedContract.of(Envelope.parse(promotion.sealed().orElseThrow()), ledger.get(index).bytes(), index, tree, checkpoint, List.of());
    }

    /** Sends a node the revocation of a promotion, or again what it could not take with the proofs that came along. The caller holds the node's lock. */
    public void revoke(long id, String node) {
        Change change = changes.lock(id);
        Optional<Dispatch> before = changes.dispatch(id, node, Dispatch.CONTRACT);
        if (before.isPresent() && before.get().sequence().isPresent() && lacksProofs(node, before.get().digest())) {
            sendAgain(change, before.get());
            return;
        }
        append(change, before.orElseGet(() -> {
            Dispatch fresh = new Dispatch(id, node, Dispatch.CONTRACT);
            changes.add(fresh);
            return fresh;
        }));
    }

    /** Where the node may stand when it reads the record: at its last receipt, or at any contract that it has and has not decided on. */
    private List<Long> sizes(String node) {
        List<Long> sizes = new ArrayList<>(changes.undecidedSizes(node));
        sizes.add(receipts.ledgerSize(node));
        return sizes.stream().distinct().limit(SealedContract.MAX_CONSISTENCY).toList();
    }

    /** A record that an attempt before this one appended. */
    private record Found(long place, byte[] record, long ledgerSize) {
        void isWhatWasSent(Dispatch dispatch) {
            dispatch.appended(record, Digests.sha256Hex(record), ledgerSize, place);
        }
    }

    /** Looks where it may be, before the place {@code end}: others may have been appended behind it since. */
    private Optional<Found> find(ZdbConnection store, Dispatch dispatch, byte[] envelope, byte[] entry, long end, Predicate<String> wanted) throws ResourceException {
        long notBefore = dispatch.changeId().map(change -> changes.notBefore(change, dispatch.node())).orElse(0L);
        for (Changes.Places unknown : changes.unknownPlaces(dispatch.node(), notBefore)) {
            Optional<Found> found = find(store, new Changes.Places(unknown.first(), Math.min(unknown.end(), end)), envelope, entry, wanted);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private Optional<Found> find(ZdbConnection store, Changes.Places places, byte[] envelope, byte[] entry, Predicate<String> wanted) throws ResourceException {
        long at = places.first();
        while (at < places.end()) {
            List<byte[]> page = store.read(CONTRACTS, at, (int) Math.min(PAGE, places.end() - at));
            if (page.isEmpty()) {
                return Optional.empty();
            }
            for (byte[] record : page) {
                Optional<Long> size = sizeOfOwn(record, envelope, entry);
                if (size.isPresent() && wanted.test(Digests.sha256Hex(record))) {
                    return Optional.of(new Found(at, record, size.get()));
                }
                at++;
            }
        }
        return Optional.empty();
    }

    /** A trust root may have been refused because it came before its predecessor, any other because the node had taken the same before. */
    private boolean isOfNoUse(Dispatch dispatch, String digest) {
        return dispatch.purpose().equals(Dispatch.TRUST_ROOT)
                ? receipts.of(dispatch.node(), digest).stream().anyMatch(receipt -> receipt.outcome().equals(Receipt.Outcome.REFUSED.toString()))
                : receipts.of(dispatch.node(), digest).stream().anyMatch(receipt -> LACKS_PROOFS.contains(receipt.reason()) || receipt.reason().equals(Reason.REPLAYED.toString()));
    }

    /** The size of the ledger in a record's checkpoint, if the record holds this envelope and entry under this ledger's signature. */
    private Optional<Long> sizeOfOwn(byte[] record, byte[] envelope, byte[] entry) {
        try {
            SealedContract sealed = SealedContract.parse(record);
            if (!Arrays.equals(sealed.envelope(), envelope) || !Arrays.equals(sealed.entry(), entry)) {
                return Optional.empty();
            }
            TlogProof proof = TlogProof.parse(sealed.proof());
            // The ledger's keys may have been replaced since it was appended.
            return trust.roots().reversed().stream().map(TrustRoot::ledger).distinct().flatMap(keys -> size(proof, entry, keys).stream()).findFirst();
        } catch (ContractException somebodyElses) {
            return Optional.empty();
        }
    }

    private static Optional<Long> size(TlogProof proof, byte[] entry, LedgerKeys keys) {
        try {
            return Optional.of(proof.verify(entry, keys).size());
        } catch (ContractException ofOtherKeys) {
            return Optional.empty();
        }
    }
}
