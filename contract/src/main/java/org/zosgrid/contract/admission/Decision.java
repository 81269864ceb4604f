package org.zosgrid.contract.admission;

import java.util.Optional;
import java.util.Set;
import org.zosgrid.contract.document.ChangeDocument;
import org.zosgrid.contract.document.Withdrawal;

/** What a node does with a sealed contract. */
public sealed interface Decision {

    /** Do it. */
    record Accept(ChangeDocument document, String digest, Set<String> approvers) implements Decision {}

    /** Stop this version; it was withdrawn by the control plane that sealed it. */
    record AcceptWithdrawal(Withdrawal withdrawal) implements Decision {}

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
        EXPIRED,
        QUORUM_NOT_REACHED,
        REPLAYED,
        VERSION_GAP,
        NOTHING_TO_REMOVE,
        NOT_SEALED,
        IMAGE_NOT_PINNED,
        UNKNOWN_NODE,
        NOT_FOR_THIS_NODE;

        /** Lower case with hyphens, as it stands in receipts. */
        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }
}
