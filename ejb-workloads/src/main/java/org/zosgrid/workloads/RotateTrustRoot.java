package org.zosgrid.workloads;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.zosgrid.bpmn.RotationProcesses;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.Fault;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.ledger.LedgerEntry;
import org.zosgrid.contract.trust.TrustRoot;
import org.zosgrid.model.Ledger;
import org.zosgrid.model.TrustRootVersion;
import org.zosgrid.model.TrustRoots;
import org.zosgrid.workloads.RefusedException.Kind;
import org.zosgrid.workloads.organisation.KnownOrganisations;
import org.zosgrid.workloads.organisation.TakeKeys;
import org.zosgrid.workloads.trust.Trust;
import org.zosgrid.workloads.view.TrustRootView;

/**
 * Takes the next trust root: signed by the thresholds of the version in force and of itself, whoever hands it in. It counts here as soon as it stands in the
 * ledger; nodes get it through their logs ({@link org.zosgrid.workloads.rotation.DeliverTrustRoots}), and a process waits until all have answered.
 */
@Stateless
public class RotateTrustRoot {
    @Inject private Trust trust;
    @Inject private TrustRoots roots;
    @Inject private Ledger ledger;
    @Inject private DecisionLog decisions;
    @Inject private RotationProcesses processes;
    @Inject private TrustRootViews views;
    @Inject private KnownOrganisations organisations;
    @Inject private TakeKeys keys;

    /**
     * Puts the next version in force. The version that is in force already is answered with how far it has come.
     *
     * @param json the DSSE envelope's JSON
     * @throws RefusedException FORBIDDEN, INVALID, or CONFLICT if the private key of the ledger that it names is not here
     */
    public TrustRootView rotate(Caller caller, byte[] json) {
        ledger.lock();
        TrustRoot root = trust.root();
        if (!root.holders(TrustRoot.ROOT).contains(caller.person())) {
            throw new RefusedException(Kind.FORBIDDEN, "The caller holds no root key",
                    new Fault("person", "must hold the role root, as " + String.join(", ", root.holders(TrustRoot.ROOT)), caller.person()));
        }
        try {
            Envelope envelope = Envelope.parse(json);
            if (envelope.digest().equals(trust.chain().getLast().digest())) {
                return views.of(trust.chain().getLast());
            }
            return seal(caller, root, root.successor(envelope), envelope);
        } catch (ContractException refused) {
            throw new RefusedException(Kind.INVALID, "It does not follow from the trust root in force", refused.faults());
        }
    }

    private TrustRootView seal(Caller caller, TrustRoot root, TrustRoot next, Envelope envelope) {
        Instant now = Instant.now();
        if (next.expired(now)) {
            throw new ContractException("expires", "lies in the past", next.expires().toString());
        }
        if (trust.ledger(next.ledger()).isEmpty()) {
            throw new RefusedException(Kind.CONFLICT, "The ledger's private key is not here: nodes verify the rotation by the new one",
                    new Fault("ledger", "must be a key that the control plane's zos.ledger-key names", next.ledger().origin()));
        }
        List<Fault> faults = organisations.faults(next);
        if (!faults.isEmpty()) {
            throw new ContractException(faults);
        }
        keys.take(next);
        Set<String> nodes = new TreeSet<>(root.nodes().keySet());
        nodes.addAll(next.nodes().keySet());
        long index = decisions.append(LedgerEntry.ROOT_ROTATED, LedgerEntry.TRUST_ROOT, next.version(), envelope.digest(),
                "signed by " + String.join(", ", new TreeSet<>(next.people(TrustRoot.ROOT, envelope.verifiedBy(next::key)))) + "; handed in by " + caller.person());
        TrustRootVersion version = new TrustRootVersion(next.version(), envelope.digest(), envelope.toJson(), index, caller.person(), now);
        roots.add(version, nodes);
        processes.start(next.version(), nodes);
        return views.of(envelope);
    }
}
