package org.zosgrid.node.zdb;

/**
 * How far a copy of a log reaches, and what it ends with: enough to see whether another log goes on from there.
 *
 * @param end where its next entry will stand
 * @param epoch of the file in which that is
 * @param last location of its newest entry; 0 if it has none
 * @param checksum of that entry
 */
record LogPosition(long end, int epoch, long last, int checksum) {

    boolean empty() {
        return last == 0;
    }
}
