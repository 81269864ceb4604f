package org.zosgrid.contract.ledger;

import java.time.Instant;
import java.util.Set;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.JsonObject;
import org.zosgrid.contract.StrictJson;

/**
 * One decision in the ledger.
 *
 * @param kind what happened: {@code submitted}, {@code approved}, {@code rejected}, {@code sealed}, {@code provisioned}, {@code receipt}, {@code withdrawn},
 *     {@code paused}, {@code resumed}, {@code decommissioned}, {@code retried}, {@code skipped}, {@code undone}, {@code migrated}, {@code expired}, {@code failed}, {@code root-rotated}, {@code root-awaited},
 *     {@code root-followed}, {@code root-refused}, {@code root-overdue}, {@code drifted}, {@code drift-awaited}, {@code repair-chosen}, {@code repaired},
 *     {@code drift-replaced}, {@code admitted}, {@code retiring}, {@code retired}, {@code called-off}, {@code out-of-force},
 *     {@code promoted}, {@code revoked}, {@code emergency-half}, {@code emergency-over}, {@code review-due}, {@code reviewed},
 *     {@code terminal-opened} or {@code terminal-closed}
 * @param name the deployment
 * @param version its version
 * @param digest of the envelope that was decided on ({@link org.zosgrid.contract.envelope.Envelope#digest}), in hex
 * @param detail who, or why, for people
 */
public record LedgerEntry(String kind, String name, long version, String digest, Instant at, String detail) {
    public static final String SEALED = "sealed";
    public static final String WITHDRAWN = "withdrawn";

    /** A new trust root; the name is {@link #TRUST_ROOT}, the version the root's. */
    public static final String ROOT_ROTATED = "root-rotated";

    /** Nodes have not answered to it for a good while. */
    public static final String ROOT_AWAITED = "root-awaited";

    /** Every node decides by it. */
    public static final String ROOT_FOLLOWED = "root-followed";

    /** Every node has answered, and some refuse it. */
    public static final String ROOT_REFUSED = "root-refused";

    /** Some nodes have not answered in time. */
    public static final String ROOT_OVERDUE = "root-overdue";

    /** Somebody had a stuck step tried again. */
    public static final String RETRIED = "retried";

    /** A stuck step was passed over, as a quorum wanted it. */
    public static final String SKIPPED = "skipped";

    /** Somebody had everything taken back that was done after sealing. */
    public static final String UNDONE = "undone";

    /** Somebody had a change under way go on by another version of the customer's model that it goes through. */
    public static final String MIGRATED = "migrated";

    /** A node said that what runs is not as the contract has it, or says so still after a repair. */
    public static final String DRIFTED = "drifted";

    /** Nobody has chosen for a good while what is to become of a drift. */
    public static final String DRIFT_AWAITED = "drift-awaited";

    /** Somebody had the sealed contract sent to a node again. */
    public static final String REPAIR_CHOSEN = "repair-chosen";

    /** What drifted is as the contract has it again. */
    public static final String REPAIRED = "repaired";

    /** Another version took the place of what drifted, or it was removed. */
    public static final String DRIFT_REPLACED = "drift-replaced";

    /** The trust root in force names a node as its admission does; the name is the node's, as with the following two. */
    public static final String ADMITTED = "admitted";

    /** Something is still on a node that retires. */
    public static final String RETIRING = "retiring";

    /** A node is empty, in no trust root and in no inventory any more. */
    public static final String RETIRED = "retired";

    /** Kind of an entry: an admission that was sealed after a node's retirement called the retirement off. */
    public static final String CALLED_OFF = "called-off";

    /** A customer's model is in force no more, and none takes its place. */
    public static final String OUT_OF_FORCE = "out-of-force";

    /** An image may run in an environment; the name is that of its promotion. */
    public static final String PROMOTED = "promoted";

    /** It may run there no more. */
    public static final String REVOKED = "revoked";

    /** Somebody opened a terminal into a machine; the digest is that of the request that the node checked. */
    public static final String TERMINAL_OPENED = "terminal-opened";

    /** That terminal was closed by the one who opened it. */
    public static final String TERMINAL_CLOSED = "terminal-closed";

    /** Half of an emergency's life is over, and nothing has taken its place. */
    public static final String EMERGENCY_HALF = "emergency-half";

    /** The time of an emergency is over, and every node has said that nothing of it is left. */
    public static final String EMERGENCY_OVER = "emergency-over";

    /** An emergency has ended or was replaced, and nobody has reviewed it; once a day. */
    public static final String REVIEW_DUE = "review-due";

    /** An emergency was reviewed; the name is the deployment's, the version and the digest are the emergency's. */
    public static final String REVIEWED = "reviewed";

    public static final String TRUST_ROOT = "trust-root";

    private static final Set<String> KINDS = Set.of("submitted", "approved", "rejected", SEALED, "provisioned", "receipt", WITHDRAWN, "paused", "resumed", "decommissioned",
            "expired", "failed", "in-force", "called", RETRIED, SKIPPED, UNDONE, MIGRATED, ROOT_ROTATED, ROOT_AWAITED, ROOT_FOLLOWED, ROOT_REFUSED, ROOT_OVERDUE,
            DRIFTED, DRIFT_AWAITED, REPAIR_CHOSEN, REPAIRED, DRIFT_REPLACED, ADMITTED, RETIRING, RETIRED, CALLED_OFF, OUT_OF_FORCE, PROMOTED, REVOKED, EMERGENCY_HALF, EMERGENCY_OVER, REVIEW_DUE, REVIEWED,
            TERMINAL_OPENED, TERMINAL_CLOSED);

    public LedgerEntry {
        if (!KINDS.contains(kind)) {
            throw new ContractException("kind", "must be one of " + new java.util.TreeSet<>(KINDS), kind);
        }
    }

    public static LedgerEntry parse(byte[] json) {
        JsonObject object = JsonObject.of(json, "ledger entry");
        String kind = object.text("kind", 20);
        String name = object.text("name", 36);
        long version = object.number("version", 0, Long.MAX_VALUE);
        String digest = object.text("digest", 64);
        Instant at = object.instant("at");
        String detail = object.text("detail", 4000);
        object.end();
        return new LedgerEntry(kind, name, version, digest, at, detail);
    }

    public byte[] toJson() {
        return StrictJson.bytes(StrictJson.object()
                .put("kind", kind)
                .put("name", name)
                .put("version", version)
                .put("digest", digest)
                .put("at", at.toString())
                .put("detail", detail));
    }
}
