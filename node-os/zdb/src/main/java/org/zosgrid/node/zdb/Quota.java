package org.zosgrid.node.zdb;

/**
 * What a namespace is promised and what it is held to.
 *
 * @param reserved bytes of its data files that no other namespace can take from it; 0 for none
 * @param connections how many clients may have it selected at the same time; 0 means no limit
 * @param rate keys read, written or deleted in a second, on average and at most at once; 0 means no limit
 */
record Quota(long reserved, int connections, int rate) {
    static final Quota NONE = new Quota(0, 0, 0);

    Quota withReserved(long other) {
        return new Quota(other, connections, rate);
    }

    Quota withConnections(int other) {
        return new Quota(reserved, other, rate);
    }

    Quota withRate(int other) {
        return new Quota(reserved, connections, other);
    }
}
