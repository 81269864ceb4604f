package org.zosgrid.contract.policy;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.zosgrid.contract.ContractException;

/** What a change does to a name. One document can be of several kinds: an update that alters the document's own policy is also a policy change. */
public enum Kind {
    /** Nothing of that name is there. */
    CREATE,
    /** An earlier version is there. */
    CHANGE,
    /** What is there shall stand still. */
    PAUSE,
    /** What stands still shall run again. */
    RESUME,
    /** Nothing shall be there any more. */
    DECOMMISSION,
    /** The document's own policy is not that of the version that is there. */
    POLICY_CHANGE,
    /** A process or a decision table of the customer's own comes into force; it belongs to no environment, so rules for any of them match. */
    MODEL,
    /** A stuck step of a process is passed over; it belongs to no environment, so rules for any of them match. */
    SKIP,
    /** A node comes to the system; of no environment, as a model. */
    ADMISSION,
    /** A node leaves the system; of no environment, as a model. */
    RETIREMENT,
    /** An image may run in an environment, which is the one that rules are asked about. */
    PROMOTION,
    /** It may run there no more; of that environment too. */
    REVOCATION,
    /** What was found of an emergency change; of the emergency's environment. */
    REVIEW;

    static Kind parse(String text) {
        return Arrays.stream(values())
                .filter(each -> each.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> new ContractException("", "must be one of " + Arrays.stream(values()).map(Kind::toString).collect(Collectors.joining(", ")), text));
    }

    /** As it stands in policies: lower case with hyphens. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
