package org.zosgrid.contract.admission;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.admission.Decision.Accept;
import org.zosgrid.contract.admission.Decision.AcceptRepair;
import org.zosgrid.contract.admission.Decision.AcceptTrustRoot;
import org.zosgrid.contract.admission.Decision.AcceptWithdrawal;
import org.zosgrid.contract.admission.Decision.Reason;
import org.zosgrid.contract.admission.Decision.Refuse;
import org.zosgrid.contract.document.ChangeDocument;
import org.zosgrid.contract.document.Decommission;
import org.zosgrid.contract.document.Deployment;
import org.zosgrid.contract.document.Emergency;
import org.zosgrid.contract.document.EmergencyReview;
import org.zosgrid.contract.document.GatewayRoute;
import org.zosgrid.contract.document.ImagePromotion;
import org.zosgrid.contract.document.Machine;
import org.zosgrid.contract.document.Model;
import org.zosgrid.contract.document.NodeAdmission;
import org.zosgrid.contract.document.NodeRetirement;
import org.zosgrid.contract.document.Pause;
import org.zosgrid.contract.document.Resume;
import org.zosgrid.contract.document.Skip;
import org.zosgrid.contract.document.Withdrawal;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.envelope.PayloadType;
import org.zosgrid.contract.key.KeyId;
import org.zosgrid.contract.ledger.Checkpoint;
import org.zosgrid.contract.ledger.Consistency;
import org.zosgrid.contract.ledger.LedgerEntry;
import org.zosgrid.contract.ledger.SealedContract;
import org.zosgrid.contract.ledger.TlogProof;
import org.zosgrid.contract.ledger.Witnesses;
import org.zosgrid.contract.policy.Approvals;
import org.zosgrid.contract.policy.Policy;
import org.zosgrid.contract.trust.EmergencyRule;
import org.zosgrid.contract.trust.TrustRoot;

/**
 * Decides whether a node does what a sealed contract says. Pure and total: the same input gives the same answer, and every input gives one; what no
 * rule lets pass is refused. Nothing in the request chooses how strict the rules are: the floor comes from the trust root, and a document's own policy only
 * adds to it and binds what comes after.
 */
public final class Admission {
    /** How far a document's {@code created} may lie in a node's future: clocks differ. */
    public static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    private final TrustRoot root;
    private final NodeView view;

    private Admission(TrustRoot root, NodeView view) {
        this.root = root;
        this.view = view;
    }

    /**
     * A change that the people concerned approved.
     *
     * @param digest of the envelope
     * @param approvers everybody whose approval counted
     * @param requirements the rules it satisfied
     */
    public record Approved(ChangeDocument document, String digest, Set<String> approvers, Requirements requirements) {}

    /** What {@link #approve} says. */
    public sealed interface Verdict {
        /** Every rule about people and times holds. */
        record Yes(Approved approved) implements Verdict {}

        /** One does not. */
        record No(Reason reason, String message) implements Verdict {}
    }

    /** Decides about the bytes of one record of the node's {@code contracts} log. */
    public static Decision decide(byte[] sealedContract, TrustRoot root, NodeView view) {
        Admission admission = new Admission(root, view);
        Subject subject = new Subject(Optional.empty(), 0);
        try {
            SealedContract sealed = SealedContract.parse(sealedContract);
            Envelope envelope = Envelope.parse(sealed.envelope());
            return switch (envelope.payloadType()) {
                case PayloadType.DEPLOYMENT, PayloadType.PAUSE, PayloadType.RESUME, PayloadType.DECOMMISSION -> {
                    ChangeDocument document = ChangeDocument.parse(envelope.payloadType(), envelope.payload());
                    subject = new Subject(Optional.of(document.name()), document.version());
                    yield admission.change(sealed, envelope, document);
                }
                case PayloadType.PROMOTION -> {
                    ImagePromotion promotion = ImagePromotion.parse(envelope.payload());
                    subject = new Subject(Optional.of(promotion.name()), promotion.version());
                    yield admission.revocation(sealed, envelope, promotion);
                }
                case PayloadType.WITHDRAWAL -> {
                    Withdrawal withdrawal = Withdrawal.parse(envelope.payload());
                    subject = new Subject(Optional.of(withdrawal.name()), withdrawal.version());
                    yield admission.withdrawal(sealed, envelope, withdrawal);
                }
                case PayloadType.TRUST_ROOT -> {
                    subject = new Subject(Optional.of(LedgerEntry.TRUST_ROOT), 0);
                    yield admission.trustRoot(sealed, envelope);
                }
                default -> throw new Refusal(Reason.UNKNOWN_KIND, "a node knows no documents of the kind '" + envelope.payloadType() + "'");
            };
        } catch (Refusal refusal) {
            return subject.refuse(refusal.reason, refusal.getMessage());
        } catch (ContractException unreadable) {
            return subject.refuse(Reason.UNREADABLE, String.valueOf(unreadable.getMessage()));
        }
    }

    /**
     * The part of the decision that needs neither ledger nor node: whether the people concerned approved a change, at this moment, as the change that follows
     * what was accepted last. The control plane asks this before it seals, an auditor afterwards.
     */
    public static Verdict approve(Envelope envelope, TrustRoot root, Optional<Accepted> last, Instant now) {
        Admission admission = new Admission(root, new NodeView("", now, name -> last, Optional.empty()));
        try {
            return new Verdict.Yes(admission.approved(envelope, ChangeDocument.parse(envelope.payloadType(), envelope.payload()), now));
        } catch (Refusal refusal) {
            return new Verdict.No(refusal.reason, String.valueOf(refusal.getMessage()));
        } catch (ContractException unreadable) {
            return new Verdict.No(Reason.UNREADABLE, String.valueOf(unreadable.getMessage()));
        }
    }

    /**
     * Why a sealed promotion does not let an image run where it shall; empty if it does. The same for a node that has the promotion with a contract, for the control plane before it
     * seals, and for an auditor; whether the ledger knows the promotion is asked elsewhere.
     *
     * @param sealed when it was, as its entry of the ledger says: its approvals are judged at that moment, by the trust root in force now
     * @param last what was accepted last under the promotion's name: a revocation, if anything
     */
    public static Optional<String> objection(Envelope promotion, Instant sealed, NeededPromotion needed, TrustRoot root, Optional<Accepted> last, Instant now) {
        try {
            ImagePromotion document = ImagePromotion.parse(promotion.payload());
            if (!document.image().equals(needed.image()) || document.environment() != needed.environment()) {
                return Optional.of("it is about " + document.image() + " in " + document.environment());
            }
            if (document.until().filter(now::isBefore).isEmpty()) {
                return Optional.of(document.until().map(end -> "it counted until " + end + ", now it is " + now).orElse("version " + document.version() + " revokes it"));
            }
            if (sealed.isAfter(now.plus(CLOCK_SKEW))) {
                return Optional.of("it says it was sealed at " + sealed + ", and now it is " + now);
            }
            return switch (approve(promotion, root, last, sealed)) {
                case Verdict.Yes yes -> Optional.empty();
                case Verdict.No no -> Optional.of(no.message());
            };
        } catch (ContractException unreadable) {
            return Optional.of(String.valueOf(unreadable.getMessage()));
        }
    }

    /**
     * What a contract lacks of the promotions that its deployment needs, by a trust root at a moment; empty if nothing. For auditors: revocations are not looked at, since they are not
     * about the same name.
     */
    public static Optional<String> lackingPromotion(SealedContract sealed, Deployment deployment, TrustRoot root, Instant now) {
        try {
            new Admission(root, new NodeView("", now, name -> Optional.empty(), Optional.empty())).arePromoted(sealed, deployment);
            return Optional.empty();
        } catch (ContractException lacking) {
            return Optional.of(String.valueOf(lacking.getMessage()));
        }
    }

    /** Judged at the moment when it was sealed: also a node that was away, or comes later, must hear of it. */
    private Decision revocation(SealedContract sealed, Envelope envelope, ImagePromotion promotion) {
        require(promotion.isRevocation(), Reason.UNKNOWN_KIND, () -> "a promotion comes with the deployment that needs it; by itself a node takes revocations alone");
        Checkpoint checkpoint = isSealed(sealed, envelope.digest(), LedgerEntry.SEALED, promotion.name(), promotion.version());
        Approved approved = approved(envelope, promotion, LedgerEntry.parse(sealed.entry()).at());
        return new Accept(promotion, approved.digest(), approved.approvers(), checkpoint);
    }

    private Decision change(SealedContract sealed, Envelope envelope, ChangeDocument document) {
        Optional<Accepted> last = view.last(document.name());
        if (last.filter(before -> isRepair(document, envelope.digest(), before)).isPresent()) {
            return repair(sealed, envelope, document, last);
        }
        Approved approved = approved(envelope, document, view.now());
        Checkpoint checkpoint = isSealed(sealed, approved.digest(), LedgerEntry.SEALED, document.name(), document.version());
        switch (document) {
            case Deployment deployment -> {
                isExecutable(deployment, last);
                arePromoted(sealed, deployment);
            }
            case Pause pause -> require(last.filter(Accepted::runs).isPresent(), Reason.NOT_RUNNING, () -> "nothing of '" + pause.name() + "' runs here");
            case Resume resume -> {
                require(last.filter(Accepted::paused).isPresent(), Reason.NOT_PAUSED, () -> "nothing of '" + resume.name() + "' stands still here");
                isExecutable(last.get().current().orElseThrow(), last);
                arePromoted(sealed, last.get().current().orElseThrow());
            }
            case ImagePromotion promotion -> throw new Refusal(Reason.UNKNOWN_KIND, "promotions are decided on elsewhere");
            case Model model -> throw new Refusal(Reason.UNKNOWN_KIND, "models are for the control plane; no node takes one");
            case Skip skip -> throw new Refusal(Reason.UNKNOWN_KIND, "skips are for the control plane; no node takes one");
            case EmergencyReview review -> throw new Refusal(Reason.UNKNOWN_KIND, "reviews are for the control plane and for auditors; no node takes one");
            case NodeAdmission admission -> throw new Refusal(Reason.UNKNOWN_KIND, "which nodes there are, a trust root says; no node takes an admission");
            case NodeRetirement retirement -> throw new Refusal(Reason.UNKNOWN_KIND, "which nodes there are, a trust root says; no node takes a retirement");
            case Decommission removal -> require(last.isPresent() && !last.get().removed(), Reason.NOTHING_TO_REMOVE,
                    () -> "nothing of '" + removal.name() + "' is here");
        }
        return new Accept(document, approved.digest(), approved.approvers(), checkpoint);
    }

    /** The version in force comes once more, and this node has said that it drifted. Of what is well, the same record is a replay. */
    private boolean isRepair(ChangeDocument document, String digest, Accepted last) {
        return document.version() == last.version() && digest.equals(last.digest()) && last.runs() && view.drifted().test(document.name());
    }

    /**
     * Nobody is asked again: these bytes were approved, and this node has accepted them. That their time to be accepted is over by now is what one expects
     * of something that has run for a while.
     */
    private AcceptRepair repair(SealedContract sealed, Envelope envelope, ChangeDocument document, Optional<Accepted> last) {
        rootIsValid();
        Checkpoint checkpoint = isSealed(sealed, envelope.digest(), LedgerEntry.SEALED, document.name(), document.version());
        isExecutable(last.flatMap(Accepted::current).orElseThrow(), last);
        return new AcceptRepair(document, envelope.digest(), checkpoint);
    }

    private Approved approved(Envelope envelope, ChangeDocument document, Instant at) {
        rootIsValid();
        Set<KeyId> verified = envelope.verifiedBy(root::key);
        requesterSigned(document, verified);
        Optional<Accepted> last = view.last(document.name());
        Requirements requirements = Requirements.of(root, document, last);
        if (document instanceof Deployment deployment && deployment.emergency().isPresent()) {
            isAllowed(deployment, last, at);
        }
        isTimely(document, requirements, at);
        Approvals approvals = quorumReached(document, requirements, verified, at);
        isNext(document, last);
        return new Approved(document, envelope.digest(), approvals.people(), requirements);
    }

    /** Only the ledger's keys are asked for: a withdrawal can stop a version and nothing else. */
    private Decision withdrawal(SealedContract sealed, Envelope envelope, Withdrawal withdrawal) {
        rootIsValid();
        Checkpoint checkpoint = isSealed(sealed, envelope.digest(), LedgerEntry.WITHDRAWN, withdrawal.name(), withdrawal.version());
        Optional<Accepted> last = view.last(withdrawal.name());
        require(last.isPresent() && last.get().version() == withdrawal.version() && last.get().runs(), Reason.NOTHING_TO_REMOVE,
                () -> "version " + withdrawal.version() + " of '" + withdrawal.name() + "' does not run here");
        return new AcceptWithdrawal(withdrawal, checkpoint);
    }

    /** The one kind of document that an expired trust root still judges: the way out. In a chain, only the last must not have expired, when it is used. */
    private Decision trustRoot(SealedContract sealed, Envelope envelope) {
        TrustRoot next;
        try {
            next = root.successor(envelope);
        } catch (ContractException refused) {
            throw new Refusal(Reason.TRUST_ROOT_REFUSED, String.valueOf(refused.getMessage()));
        }
        // By the new root's keys: a rotation may be there to replace the ledger's.
        Checkpoint checkpoint = new Admission(next, view).isSealed(sealed, envelope.digest(), LedgerEntry.ROOT_ROTATED, LedgerEntry.TRUST_ROOT, next.version());
        return new AcceptTrustRoot(next, envelope, checkpoint);
    }

    private void rootIsValid() {
        require(!root.expired(view.now()), Reason.TRUST_ROOT_EXPIRED, () -> "the trust root in force was valid until " + root.expires() + ", now it is " + view.now());
    }

    private void requesterSigned(ChangeDocument document, Set<KeyId> verified) {
        require(root.people(TrustRoot.REQUESTER, verified).contains(document.requester()), Reason.REQUESTER_NOT_VERIFIED,
                () -> "no valid signature by '" + document.requester() + "' with the role requester; valid signatures are by " + named(verified));
    }

    /** Fewer people decide, so less is allowed. */
    private void isAllowed(Deployment deployment, Optional<Accepted> last, Instant at) {
        emergencyFault(root, deployment, last, at).ifPresent(fault -> {
            throw new Refusal(Reason.EMERGENCY_NOT_ALLOWED, fault);
        });
    }

    /** Why an emergency change is none that may be, whoever approves it: it may have a short life only, and no other rules for what comes after it. Empty if nothing stands against it. */
    public static Optional<String> emergencyFault(TrustRoot root, Deployment deployment, Optional<Accepted> last, Instant at) {
        Emergency emergency = deployment.emergency().orElseThrow();
        if (root.emergency().isEmpty()) {
            return Optional.of("the trust root in force has no rule for emergency changes");
        }
        EmergencyRule rule = root.emergency().get();
        if (Duration.between(deployment.created(), emergency.until()).compareTo(rule.longest()) > 0) {
            return Optional.of("an emergency may last " + rule.longest() + " from " + deployment.created() + ", when it was created, and this one lasts until " + emergency.until());
        }
        if (emergency.over(at)) {
            return Optional.of("the emergency ended at " + emergency.until() + ", now it is " + at);
        }
        Policy binding = last.flatMap(Accepted::current).map(Deployment::approval).orElse(Policy.NONE);
        return deployment.approval().equals(binding) ? Optional.empty()
                : Optional.of("an emergency change must leave the field approval as it is in the version before it" + (last.isPresent() ? "" : ", here without rules, since there is none"));
    }

    /** Approvals carry no time of their own, but none is older than the document: so the document's age is bounded. */
    private void isTimely(ChangeDocument document, Requirements requirements, Instant now) {
        require(!document.created().isAfter(now.plus(CLOCK_SKEW)), Reason.NOT_YET_VALID,
                () -> "it was created at " + document.created() + ", which is later than now, " + now + ", by more than " + CLOCK_SKEW.toMinutes() + " minutes");
        require(now.isBefore(document.expires()), Reason.EXPIRED, () -> "it could be accepted until " + document.expires() + ", now it is " + now);
        requirements.validity().ifPresent(validity -> require(Duration.between(document.created(), now).compareTo(validity) <= 0, Reason.EXPIRED,
                () -> "approvals are valid for " + validity + " from " + document.created() + ", when it was created; now it is " + now));
        requirements.closedAt(now).ifPresent(closed -> {
            throw new Refusal(Reason.OUTSIDE_WINDOW, closed + " allows it only " + closed.rule().require().windows() + "; now it is " + now);
        });
    }

    /** People are counted, each once; the requester never counts. */
    private Approvals quorumReached(ChangeDocument document, Requirements requirements, Set<KeyId> verified, Instant at) {
        require(requirements.arePossible(), Reason.NO_RULE, () -> "no rule of the trust root that demands approvals matches this class of change");
        Approvals approvals = root.approvals(verified, document, at);
        List<String> missing = requirements.missing(approvals);
        require(missing.isEmpty(), Reason.QUORUM_NOT_REACHED,
                () -> String.join("; ", missing) + "; valid approvals of exactly these bytes are by " + (approvals.people().isEmpty() ? "nobody" : String.join(", ", approvals.people())));
        return approvals;
    }

    /**
     * A node that never heard of a name may begin with any version: it may have joined the deployment later. So may one on which nothing of it is left: it does not
     * hear of versions that leave it out.
     */
    private static void isNext(ChangeDocument document, Optional<Accepted> last) {
        long newest = last.map(Accepted::version).orElse(0L);
        require(document.version() > newest, Reason.REPLAYED,
                () -> "version " + document.version() + " of '" + document.name() + "' is not above " + newest + ", the newest this node has accepted");
        require(document.version() == newest + 1 || last.isEmpty() || last.get().removed(), Reason.VERSION_GAP,
                () -> "version " + document.version() + " of '" + document.name() + "' must be " + (newest + 1) + ", exactly one above the newest this node has accepted");
    }

    /** The ledger holds an entry of the right kind about exactly these bytes, in a history that this node and enough witnesses know. */
    private Checkpoint isSealed(SealedContract sealed, String digest, String kind, String name, long version) {
        Entered entered = entered(sealed, digest, kind, name, version);
        Checkpoint checkpoint = entered.checkpoint();
        Witnesses witnesses = root.witnesses();
        if (witnesses.threshold() > 0) {
            Set<String> cosigners = witnesses.cosigners(entered.proof().checkpoint(), checkpoint);
            require(cosigners.size() >= witnesses.threshold(), Reason.NOT_WITNESSED,
                    () -> witnesses.threshold() + " of the witnesses " + String.join(", ", witnesses.keys().keySet()) + " must have cosigned the checkpoint; valid are "
                            + (cosigners.isEmpty() ? "none" : String.join(", ", cosigners)));
        }
        view.seen().filter(seen -> seen.origin().equals(checkpoint.origin())).ifPresent(seen -> isOfOneHistory(sealed, checkpoint, seen));
        return checkpoint;
    }

    /** Where an entry stands, and in what. */
    private record Entered(LedgerEntry entry, TlogProof proof, Checkpoint checkpoint) {}

    private Entered entered(SealedContract sealed, String digest, String kind, String name, long version) {
        try {
            LedgerEntry entry = LedgerEntry.parse(sealed.entry());
            require(entry.kind().equals(kind) && entry.digest().equals(digest) && entry.name().equals(name) && entry.version() == version,
                    Reason.NOT_SEALED, () -> "the ledger entry is '" + entry.kind() + "' of " + entry.name() + " version " + entry.version() + ", digest " + entry.digest()
                            + "; it must be '" + kind + "' of " + name + " version " + version + ", digest " + digest);
            TlogProof proof = TlogProof.parse(sealed.proof());
            return new Entered(entry, proof, proof.verify(sealed.entry(), root.ledger()));
        } catch (Refusal refusal) {
            throw refusal;
        } catch (ContractException broken) {
            throw new Refusal(Reason.NOT_SEALED, String.valueOf(broken.getMessage()));
        }
    }

    /** The larger of two checkpoints contains the smaller; contracts may come in another order than the one in which they were sealed. */
    private static void isOfOneHistory(SealedContract sealed, Checkpoint checkpoint, Checkpoint seen) {
        Optional<List<byte[]>> proof = checkpoint.size() == seen.size()
                ? Optional.of(List.of())
                : sealed.consistency().stream().filter(each -> each.size() == seen.size()).findFirst().map(Consistency::hashes);
        String sizes = "the checkpoint is of size " + checkpoint.size() + ", the last one this node has accepted of size " + seen.size();
        require(proof.isPresent() || checkpoint.size() > seen.size(), Reason.LEDGER_TRUNCATED, () -> sizes + ", and no proof says that the one is part of the other");
        require(proof.isPresent(), Reason.CONSISTENCY_MISSING, () -> sizes + "; a consistency proof from there must come along");
        require(checkpoint.isConsistentWith(seen, proof.get()), Reason.LEDGER_FORKED, () -> sizes + ", and they are not of one history");
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
        List<String> lacking = Resources.of(deployment, view.node()).lacking(view.free().apply(deployment.name()));
        require(lacking.isEmpty(), Reason.NO_CAPACITY, () -> view.node() + " has no room for it: " + String.join("; ", lacking));
    }

    /** Each promotion that is needed came along, stands in the checkpoint that was looked at already, and lets the image run there. */
    private void arePromoted(SealedContract sealed, Deployment deployment) {
        for (NeededPromotion needed : NeededPromotion.of(root, deployment)) {
            Optional<SealedContract> promotion = sealed.promotions().stream().filter(each -> LedgerEntry.parse(each.entry()).name().equals(needed.name())).findFirst();
            String lack = promotion.map(each -> lack(each, needed, sealed)).orElse("none came along");
            require(lack.isEmpty(), Reason.IMAGE_NOT_PROMOTED, () -> needed.lacks(lack));
        }
    }

    private String lack(SealedContract promotion, NeededPromotion needed, SealedContract of) {
        try {
            Envelope envelope = Envelope.parse(promotion.envelope());
            Entered entered = entered(promotion, envelope.digest(), LedgerEntry.SEALED, needed.name(), ImagePromotion.parse(envelope.payload()).version());
            if (!entered.proof().checkpoint().equals(TlogProof.parse(of.proof()).checkpoint())) {
                return "it is proved by another checkpoint than the contract";
            }
            return objection(envelope, entered.entry().at(), needed, root, view.last(needed.name()), view.now()).orElse("");
        } catch (ContractException unreadable) {
            return String.valueOf(unreadable.getMessage());
        }
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
