package org.zosgrid.node.core0;

import java.util.Locale;

/**
 * How one machine that ran is not any more what the contract says.
 *
 * @param machine its name in the document
 * @param message a sentence for people
 */
record Drift(String machine, Kind kind, String message) {

    /** What became of it. */
    enum Kind {
        /** Its process is over: it is started again on what it wrote. */
        ENDED,
        /** Container or files are not there any more: started again it would have lost what it wrote, and nobody would have been asked. */
        GONE,
        /** What it is made of was changed by somebody else than this node. */
        ALTERED;

        /** Lower case, as it stands in receipts. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether people must say what is to be done. */
    boolean isBeyondRepair() {
        return kind != Kind.ENDED;
    }
}
