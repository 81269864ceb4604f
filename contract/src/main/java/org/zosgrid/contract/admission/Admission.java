package org.zosgrid.contract.admission;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.admission.Decision.Accept;
import org.zosgrid.contract.admission.Decision.AcceptWithdrawal;
import org.zosgrid.contract.admission.Decision.Reason;
import org.zosgrid.contract.admission.Decision.Refuse;
import org.zosgrid.contract.document.ChangeDocument;
import org.zosgrid.contract.document.Decommission;
import org.zosgrid.contract.document.Deployment;
import org.zosgrid.contract.document.GatewayRoute;
import org.zosgrid.contract.document.Machine;
import org.zosgrid.contract.document.Withdrawal;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.envelope.PayloadType;
import org.zosgrid.contract.key.KeyId;
import org.zosgrid.contract.ledger.LedgerEntry;
import org.zosgrid.contract.ledger.SealedContract;
import org.zosgrid.contract.ledger.TlogProof;
import org.zosgrid.contract.trust.TrustRoot;

/**
 * Decides whether a node does what a sealed contract says. Pure and total: the same input gives the same answer, and every input gives one; what no
 * rule lets pass is refused. Nothing in the request chooses how strict the rules are: thresholds and floors come from the trust root alone.
 */
public final class Admission {
    private final TrustRoot root;
    private final NodeView view;

    private Admission(TrustRoot root, NodeView view) {
        this.root = root;
        this.view = view;
    }

    /** Decides about the bytes of one record of the node's {@code contracts} log. */
    public static Decision decide(byte[] sealedContract, TrustRoot root, NodeView view) {
        Admission admission = new Admission(root, view);
        Subject subject = new Subject(Optional.empty(), 0);
        try {
            SealedContract sealed = SealedContract.parse(sealedContract);
            Envelope envelope = Envelope.parse(sealed.envelope());
            return switch (envelope.payloadType()) {
                case PayloadType.DEPLOYMENT, PayloadType.DECOMMISSION -> {
                    ChangeDocument document = ChangeDocument.parse(envelope.payloadType(), envelope.payload());
                    subject = new Subject(Optional.of(document.name()), document.version());
                    yield admission.change(sealed, envelope, document);
                }
                case PayloadType.WITHDRAWAL -> {
                    Withdrawal withdrawal = Withdrawal.parse(envelope.payload());
                    subject = new Subject(Optional.of(withdrawal.name()), withdrawal.version());
                    yield admission.withdrawal(sealed, envelope, withdrawal);
                }
                default -> throw new Refusal(Reason.UNKNOWN_KIND, "a node knows no documents of the kind '" + envelope.payloadType() + "'");
            };
        } catch (Refusal refusal) {
            return subject.refuse(refusal.reason, refusal.getMessage());
        } catch (ContractException unreadable) {
            return subject.refuse(Reason.UNREADABLE, String.valueOf(unreadable.getMessage()));
        }
    }

    private Decision change(SealedContract sealed, Envelope envelope, ChangeDocument document) {
        rootIsValid();
        Set<KeyId> verified = envelope.verifiedBy(root::key);
        requesterSigned(document, verified);
        require(view.now().isBefore(document.expires()), Reason.EXPIRED, () -> "it could be accepted until " + document.expires() + ", now it is " + view.now());
        Optional<Accepted> last = view.accepted().apply(document.name());
        Set<String> approvers = quorumReached(document, last, verified);
        isNext(document, last);
        isSealed(sealed, envelope.digest(), LedgerEntry.SEALED, document.name(), document.version());
        switch (document) {
            case Deployment deployment -> isExecutable(deployment, last);
            case Decommission removal -> require(last.isPresent() && !last.get().removed(), Reason.NOTHING_TO_REMOVE,
                    () -> "nothing of '" + removal.name() + "' runs here");
        }
        return new Accept(document, envelope.digest(), approvers);
    }

    /** Only the ledger's keys are asked for: a withdrawal can stop a version and nothing else. */
    private Decision withdrawal(SealedContract sealed, Envelope envelope, Withdrawal withdrawal) {
        rootIsValid();
        isSealed(sealed, envelope.digest(), LedgerEntry.WITHDRAWN, withdrawal.name(), withdrawal.version());
        Optional<Accepted> last = view.accepted().apply(withdrawal.name());
        require(last.isPresent() && last.get().version() == withdrawal.version() && !last.get().removed(), Reason.NOTHING_TO_REMOVE,
                () -> "version " + withdrawal.version() + " of '" + withdrawal.name() + "' does not run here");
        return new AcceptWithdrawal(withdrawal);
    }

    private void rootIsValid() {
        require(!root.expired(view.now()), Reason.TRUST_ROOT_EXPIRED, () -> "the pinned trust root was valid until " + root.expires() + ", now it is " + view.now());
    }

    private void requesterSigned(ChangeDocument document, Set<KeyId> verified) {
        require(root.people(TrustRoot.REQUESTER, verified).contains(document.requester()), Reason.REQUESTER_NOT_VERIFIED,
                () -> "no valid signature by '" + document.requester() + "' with the role requester; valid signatures are by " + named(verified));
    }

    /** People are counted, each once; the requester never counts. */
    private Set<String> quorumReached(ChangeDocument document, Optional<Accepted> last, Set<KeyId> verified) {
        Set<String> approvers = new TreeSet<>(root.people(TrustRoot.APPROVER, verified));
        approvers.remove(document.requester());
        int needed = Math.max(root.roles().get(TrustRoot.APPROVER).threshold(), floor(document, last));
        require(approvers.size() >= needed, Reason.QUORUM_NOT_REACHED,
                () -> needed + " approvers must have signed exactly these bytes; valid approvals are by " + (approvers.isEmpty() ? "nobody" : String.join(", ", approvers)));
        return approvers;
    }

    private int floor(ChangeDocument document, Optional<Accepted> last) {
        return switch (document) {
            case Decommission removal -> root.floors().decommission();
            case Deployment deployment -> last.isPresent() && !last.get().removed() ? root.floors().change() : root.floors().create();
        };
    }

    /** A node that never heard of a name may begin with any version: it may have joined the deployment later. */
    private static void isNext(ChangeDocument document, Optional<Accepted> last) {
        long newest = last.map(Accepted::version).orElse(0L);
        require(document.version() > newest, Reason.REPLAYED,
                () -> "version " + document.version() + " of '" + document.name() + "' is not above " + newest + ", the newest this node has accepted");
        require(document.version() == newest + 1 || newest == 0, Reason.VERSION_GAP,
                () -> "version " + document.version() + " of '" + document.name() + "' must be " + (newest + 1) + ", exactly one above the newest this node has accepted");
    }

    /** The ledger holds an entry of the right kind about exactly these bytes. */
    private void isSealed(SealedContract sealed, String digest, String kind, String name, long version) {
        try {
            LedgerEntry entry = LedgerEntry.parse(sealed.entry());
            require(entry.kind().equals(kind) && entry.digest().equals(digest) && entry.name().equals(name) && entry.version() == version,
                    Reason.NOT_SEALED, () -> "the ledger entry is '" + entry.kind() + "' of " + entry.name() + " version " + entry.version() + ", digest " + entry.digest()
                            + "; it must be '" + kind + "' of " + name + " version " + version + ", digest " + digest);
            TlogProof.parse(sealed.proof()).verify(sealed.entry(), root.ledger());
        } catch (ContractException broken) {
            if (broken instanceof Refusal refusal) {
                throw refusal;
            }
            throw new Refusal(Reason.NOT_SEALED, String.valueOf(broken.getMessage()));
        }
    }

    private void isExecutable(Deployment deployment, Optional<Accepted> last) {
        for (Machine machine : deployment.machines()) {
            require(machine.image().fingerprint().isPresent(), Reason.IMAGE_NOT_PINNED,
                    () -> "the image of machine '" + machine.name() + "' must be pinned to a fingerprint (is: " + machine.image() + ")");
            isNode(machine.node(), "compute");
        }
        for (GatewayRoute route : deployment.gateways()) {
            isNode(route.node(), "gateway");
        }
        // A node that runs an earlier version must hear of one that leaves it out, to stop what it runs.
        boolean runsHere = last.isPresent() && !last.get().removed();
        require(runsHere || deployment.nodes().contains(view.node()), Reason.NOT_FOR_THIS_NODE,
                () -> "it concerns " + String.join(", ", deployment.nodes()) + "; this is " + view.node());
    }

    private void isNode(String name, String capability) {
        require(root.nodes().containsKey(name) && root.nodes().get(name).capabilities().contains(capability), Reason.UNKNOWN_NODE,
                () -> "the trust root knows no node '" + name + "' for " + capability);
    }

    private String named(Set<KeyId> signers) {
        Set<String> people = new TreeSet<>();
        signers.forEach(key -> root.person(key).ifPresent(people::add));
        return people.isEmpty() ? "nobody it knows" : String.join(", ", people);
    }

    private static void require(boolean holds, Reason reason, java.util.function.Supplier<String> otherwise) {
        if (!holds) {
            throw new Refusal(reason, otherwise.get());
        }
    }

    /** What a contract is about, as far as it could be read. */
    private record Subject(Optional<String> name, long version) {
        Refuse refuse(Reason reason, String message) {
            return new Refuse(reason, message, name, version);
        }
    }

    /** A rule that does not hold; never leaves this class. */
    private static final class Refusal extends ContractException {
        private static final long serialVersionUID = 1;

        private final Reason reason;

        Refusal(Reason reason, String message) {
            super("", message);
            this.reason = reason;
        }
    }
}
