package org.zosgrid.node.api;

/** The problem that a 409 to {@code POST /v1/checkpoints} carries: like any other, and {@code size}, where the witness stands. */
record CosigningConflict(int status, String detail, long size) {
    static CosigningConflict of(Cosigning.StandsAt answer) {
        return new CosigningConflict(409, "the consistency proof must begin at size " + answer.size() + ", which this witness signed last", answer.size());
    }

    Cosigning.StandsAt standsAt() {
        return new Cosigning.StandsAt(size);
    }
}
