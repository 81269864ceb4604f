package org.zosgrid.workloads;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.zosgrid.bpmn.UnavailableException;
import org.zosgrid.contract.Fault;
import org.zosgrid.contract.StrictJson;
import org.zosgrid.contract.audit.AuditBundle;
import org.zosgrid.contract.audit.ProvedEntry;
import org.zosgrid.contract.document.EmergencyReview;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.ledger.LedgerEntry;
import org.zosgrid.contract.ledger.SealedContract;
import org.zosgrid.contract.trust.TrustRoot;
import org.zosgrid.model.Change;
import org.zosgrid.model.ChangeKind;
import org.zosgrid.model.Changes;
import org.zosgrid.model.Dispatch;
import org.zosgrid.model.Ledger;
import org.zosgrid.model.LedgerRecord;
import org.zosgrid.model.NodeReceipts;
import org.zosgrid.workloads.RefusedException.Kind;
import org.zosgrid.workloads.ledger.TiledLedger;
import org.zosgrid.workloads.step.SignedLedger;
import org.zosgrid.workloads.trust.Trust;

/**
 * Puts everything that is known of a name into one file that proves itself ({@code docs/formats/audit-bundle.md}). Nothing here is believed by whoever verifies
 * it: what this side leaves out or invents is found by them.
 *
 * <p>Other transactions go on meanwhile, so the order matters: first the entries, then what they demand, and the tree, which has only grown, last.
 */
@Stateless
public class ExportAudit {
    @Inject private Ledger ledger;
    @Inject private Changes changes;
    @Inject private NodeReceipts receipts;
    @Inject private Trust trust;
    @Inject private SignedLedger signedLedger;
    @Inject private TiledLedger tiles;

    /**
     * The bundle's JSON.
     *
     * @throws RefusedException NOT_FOUND, CONFLICT if the history is too large for one bundle, UNAVAILABLE if too few witnesses sign or the ledger's store is away
     */
    public byte[] export(String name) {
        if (changes.newest(name).isEmpty()) {
            throw new RefusedException(Kind.NOT_FOUND, "There is no such deployment", new Fault("name", "was never submitted", name));
        }
        List<String> names = names(name);
        List<LedgerRecord> entries = ledger.aboutOr(names, LedgerEntry.ROOT_ROTATED, AuditBundle.MAX_ENTRIES + 1);
        fits("entries", AuditBundle.MAX_ENTRIES, entries.size());
        List<Envelope> roots = roots(entries);
        List<byte[]> contracts = new ArrayList<>();
        List<Envelope> said = new ArrayList<>();
        SignedLedger.Signed signed = cosigned();
        for (Change change : names.stream().flatMap(each -> changes.sealed(each).stream()).toList()) {
            contracts(change, signed, TrustRoot.parse(roots.getLast().payload()).version(), contracts, said);
        }
        byte[] json = new AuditBundle(name, Instant.now(), roots, signed.checkpoint(),
                proved(entries, signed), contracts, said).toJson();
        fits("bytes", StrictJson.MAX_BYTES, json.length);
        return json;
    }

    /** The deployment's, and that of the reviews of its emergencies. */
    private List<String> names(String name) {
        String reviews = EmergencyReview.name(name);
        return changes.newest(reviews).filter(change -> change.kind() == ChangeKind.REVIEW).isPresent() ? List.of(name, reviews) : List.of(name);
    }

    private List<ProvedEntry> proved(List<LedgerRecord> entries, SignedLedger.Signed signed) {
        return orUnavailable(() -> tiles.read(signed.at(), tree -> entries.stream().map(each -> ProvedEntry.of(tree, each.index(), each.bytes())).toList()));
    }

    /** The ledger as it is now, with as many witnesses' signatures as the trust root demands of it. */
    private SignedLedger.Signed cosigned() {
        return orUnavailable(signedLedger::sign);
    }

    private static <T> T orUnavailable(Supplier<T> work) {
        try {
            return work.get();
        } catch (UnavailableException away) {
            throw new RefusedException(Kind.UNAVAILABLE, "The ledger cannot be signed now", new Fault("checkpoint", String.valueOf(away.getMessage()), ""));
        }
    }

    /**
     * What was appended because of a change, and what nodes signed about it, as far as it can be verified by the bundle's trust roots. What no node has been
     * sent yet is sealed as it would be.
     */
    private void contracts(Change change, SignedLedger.Signed signed, long rootVersion, List<byte[]> contracts, List<Envelope> said) {
        boolean sent = false;
        for (Dispatch dispatch : changes.dispatches(change.id())) {
            if (dispatch.record().isPresent()) {
                sent |= dispatch.purpose().equals(Dispatch.CONTRACT);
                contracts.add(dispatch.record().get());
                receipts.of(dispatch.node(), dispatch.digest()).stream().filter(receipt -> receipt.rootVersion() <= rootVersion).forEach(receipt -> said.add(Envelope.parse(receipt.envelope())));
            }
        }
        if (!sent) {
            long index = change.sealedIndex().orElseThrow();
            Envelope envelope = Envelope.parse(change.sealed().orElseThrow());
            byte[] entry = ledger.get(index).bytes();
            contracts.add(orUnavailable(() -> tiles.read(signed.at(), tree -> SealedContract.of(envelope, entry, index, tree, signed.checkpoint(), List.of()))).toJson());
        }
    }

    /** As far as the entries go: a rotation that was sealed after they were read is left to the next export. */
    private List<Envelope> roots(List<LedgerRecord> entries) {
        List<Envelope> chain = trust.chain();
        long last = entries.stream().map(LedgerRecord::entry).filter(entry -> entry.kind().equals(LedgerEntry.ROOT_ROTATED)).mapToLong(LedgerEntry::version)
                .reduce(TrustRoot.parse(chain.getFirst().payload()).version(), Math::max);
        return chain.stream().filter(each -> TrustRoot.parse(each.payload()).version() <= last).toList();
    }

    private static void fits(String what, int limit, int found) {
        if (found > limit) {
            throw new RefusedException(Kind.CONFLICT, "The history is too large for one bundle", new Fault(what, "must be at most " + limit, Integer.toString(found)));
        }
    }
}
