package org.zosgrid.workloads.step;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.resource.ResourceException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.zosgrid.bpmn.Delivery;
import org.zosgrid.bpmn.UnavailableException;
import org.zosgrid.connector.zdb.ZdbConnection;
import org.zosgrid.connector.zdb.ZdbConnectionFactory;
import org.zosgrid.contract.Digests;
import org.zosgrid.contract.document.Receipt;
import org.zosgrid.contract.document.Withdrawal;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.envelope.PayloadType;
import org.zosgrid.contract.ledger.LedgerEntry;
import org.zosgrid.contract.ledger.SealedContract;
import org.zosgrid.model.Change;
import org.zosgrid.model.Changes;
import org.zosgrid.model.Dispatch;
import org.zosgrid.model.NodeReceipts;
import org.zosgrid.workloads.DecisionLog;

/**
 * Appends to nodes' {@code contracts} logs. A log knows no transaction: if ours is rolled back after the append, the next attempt finds the record in
 * the log and does not append it again.
 */
@ApplicationScoped
public class NodeDelivery implements Delivery {
    private static final String CONTRACTS = "contracts";
    private static final int PAGE = 64;

    @Resource(lookup = "zos/zdb")
    private ZdbConnectionFactory stores;

    @Inject private Changes changes;
    @Inject private NodeReceipts receipts;
    @Inject private DecisionLog decisions;

    @Override
    public void send(long id, String node) {
        changes.lock(id);
        append(changes.dispatch(id, node, Dispatch.CONTRACT).orElseThrow(() -> new IllegalStateException("change " + id + " has nothing for " + node)));
    }

    /**
     * A node that was away gets the contract too, and the order to stop it right behind: it must know the version to stop what it ran before, and so that
     * the next one is the next one for it.
     */
    @Override
    public boolean withdraw(long id, String node) {
        Change change = changes.lock(id);
        Dispatch contract = changes.dispatch(id, node, Dispatch.CONTRACT).orElseThrow(() -> new IllegalStateException("change " + id + " has nothing for " + node));
        if (refused(contract)) {
            return false;
        }
        append(contract);
        Dispatch withdrawal = changes.dispatch(id, node, Dispatch.WITHDRAWAL).orElseGet(() -> withdrawal(change, node));
        append(withdrawal);
        return receipts.of(node, withdrawal.digest()).stream().allMatch(receipt -> receipt.outcome().equals(Receipt.Outcome.ACCEPTED.toString()));
    }

    private boolean refused(Dispatch dispatch) {
        return receipts.of(dispatch.node(), dispatch.digest()).stream().anyMatch(receipt -> receipt.outcome().equals(Receipt.Outcome.REFUSED.toString()));
    }

    /** One withdrawal serves every node: each gets the same bytes. */
    private Dispatch withdrawal(Change change, String node) {
        byte[] record = changes.dispatches(change.id()).stream().filter(each -> each.purpose().equals(Dispatch.WITHDRAWAL)).map(Dispatch::record).findFirst()
                .orElseGet(() -> sealWithdrawal(change));
        Dispatch dispatch = new Dispatch(change.id(), node, Dispatch.WITHDRAWAL, Digests.sha256Hex(record), record);
        changes.add(dispatch);
        return dispatch;
    }

    private byte[] sealWithdrawal(Change change) {
        String reason = change.message().isEmpty() ? "it failed on another node" : change.message();
        Withdrawal withdrawal = new Withdrawal(change.name(), change.version(), reason.length() > 1000 ? reason.substring(0, 1000) : reason, Instant.now());
        Envelope envelope = new Envelope(PayloadType.WITHDRAWAL, withdrawal.toJson(), List.of());
        long index = decisions.append(LedgerEntry.WITHDRAWN, change.name(), change.version(), envelope.digest(), reason);
        return new SealedContract(envelope.toJson(), decisions.entry(index), decisions.proof(index)).toJson();
    }

    private void append(Dispatch dispatch) {
        if (dispatch.sequence().isPresent()) {
            return;
        }
        try (ZdbConnection store = stores.getConnection(dispatch.node())) {
            OptionalLong place = find(store, changes.firstUnknownPlace(dispatch.node()), dispatch.record());
            dispatch.appendedAt(place.isPresent() ? place.getAsLong() : store.append(CONTRACTS, dispatch.record()));
        } catch (ResourceException away) {
            throw new UnavailableException(String.valueOf(away.getMessage()));
        }
    }

    private static OptionalLong find(ZdbConnection store, long from, byte[] record) throws ResourceException {
        for (List<byte[]> page = store.read(CONTRACTS, from, PAGE); !page.isEmpty(); page = store.read(CONTRACTS, from, PAGE)) {
            for (byte[] each : page) {
                if (Arrays.equals(each, record)) {
                    return OptionalLong.of(from);
                }
                from++;
            }
        }
        return OptionalLong.empty();
    }
}
