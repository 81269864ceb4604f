package org.zosgrid.node.api;

import java.util.List;

/**
 * Asks a witness for its signatures, with the semantics of C2SP tlog-witness.
 *
 * @param checkpoint a note that the ledger signed
 * @param size of the checkpoint that the witness signed last, as far as the asker knows; 0 if none
 * @param consistency that the ledger of that size is a prefix of the checkpoint's: hashes of 32 bytes; empty where there is nothing to prove
 */
public record CheckpointRequest(String checkpoint, long size, List<byte[]> consistency) {
    public CheckpointRequest {
        consistency = List.copyOf(consistency);
    }
}
