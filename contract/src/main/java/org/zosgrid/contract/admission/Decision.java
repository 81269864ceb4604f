package org.zosgrid.contract.admission;

import java.util.Optional;
import java.util.Set;
import org.zosgrid.contract.document.ChangeDocument;
import org.zosgrid.contract.document.Withdrawal;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.ledger.Checkpoint;
import org.zosgrid.contract.trust.TrustRoot;

/** What a node does with a sealed contract. */
public sealed interface Decision {

    /**
     * Do it.
     *
     * @param digest of the envelope
     * @param checkpoint in which it was sealed; once it is the largest, the last one seen
     */
    record Accept(ChangeDocument document, String digest, Set<String> approvers, Checkpoint checkpoint) implements Decision {}

    /** Stop this version; it was withdrawn by the control plane that sealed it. */
    record AcceptWithdrawal(Withdrawal withdrawal, Checkpoint checkpoint) implements Decision {}

    /**
     * Make the version that is accepted already as it was meant to be: it has drifted, and the same sealed document came once more.
     *
     * @param digest of the envelope, as it was when it was accepted
     */
    record AcceptRepair(ChangeDocument document, String digest, Checkpoint checkpoint) implements Decision {}

    /** Decide by this trust root from now on. */
    record AcceptTrustRoot(TrustRoot root, Envelope envelope, Checkpoint checkpoint) implements Decision {}

    /**
     * Do nothing.
     *
     * @param reason a word for programs
     * @param message a sentence for people: what was found and what is required
     * @param name the deployment, as far as the contract could be read
     * @param version its version, 0 if it could not be read
     */
    record Refuse(Reason reason, String message, Optional<String> name, long version) implements Decision {}

    /** Why a contract is refused. */
    enum Reason {
        UNREADABLE,
        TRUST_ROOT_EXPIRED,
        UNKNOWN_KIND,
        REQUESTER_NOT_VERIFIED,
        /** It says it was created later than the node's clock allows. */
        NOT_YET_VALID,
        EXPIRED,
        OUTSIDE_WINDOW,
        /** An emergency change where the trust root knows none, of longer life than it allows, over already, or with rules of its own for what comes after. */
        EMERGENCY_NOT_ALLOWED,
        /** No rule of the trust root that demands approvals matches. */
        NO_RULE,
        QUORUM_NOT_REACHED,
        REPLAYED,
        VERSION_GAP,
        NOTHING_TO_REMOVE,
        /** There is nothing that could be paused. */
        NOT_RUNNING,
        /** There is nothing that could be resumed. */
        NOT_PAUSED,
        NOT_SEALED,
        /** Too few witnesses cosigned the checkpoint. */
        NOT_WITNESSED,
        /** The ledger has another history than the one the node has seen. */
        LEDGER_FORKED,
        /** The checkpoint is smaller than one the node has seen, and nothing shows that it is a part of that one. */
        LEDGER_TRUNCATED,
        /** No proof comes along from the size at which the node stands; sealed again with one, the contract may be accepted. */
        CONSISTENCY_MISSING,
        /** Not a trust root that replaces the one in force. */
        TRUST_ROOT_REFUSED,
        IMAGE_NOT_PINNED,
        /** The trust root lets only promoted images run in this environment, and no valid promotion of one came along. */
        IMAGE_NOT_PROMOTED,
        UNKNOWN_NODE,
        NOT_FOR_THIS_NODE,
        /** More is asked for than this node has left. */
        NO_CAPACITY;

        /** Lower case with hyphens, as it stands in receipts. */
        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }
}
