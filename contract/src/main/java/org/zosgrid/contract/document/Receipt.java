package org.zosgrid.contract.document;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.JsonObject;
import org.zosgrid.contract.StrictJson;

/**
 * A node's signed word about a contract: what it decided, or what became of it.
 *
 * @param contract the deployment's name; empty if the contract could not be read so far
 * @param version the contract's version, 0 if it could not be read so far
 * @param contractDigest SHA-256 of the sealed contract as it stood in the node's log, in hex
 * @param reason a word for programs when the outcome is a refusal or failure ({@code quorum-not-reached}), otherwise empty
 * @param message a sentence for people
 * @param at the moment of the decision, or of writing
 * @param rootVersion the version of the trust root by which the node decided
 * @param ledgerSize size of the largest checkpoint the node has accepted, after this decision; 0 before the first. The next contract needs a consistency
 *     proof from there
 */
public record Receipt(
        String node,
        String contract,
        long version,
        String contractDigest,
        Outcome outcome,
        String reason,
        String message,
        List<WorkloadStatus> workloads,
        Instant at,
        long rootVersion,
        long ledgerSize) {
    /** Reason of a {@code REMOVED} receipt: the time of an emergency change was over, and nobody had to say so. */
    public static final String EMERGENCY_OVER = "emergency-over";

    /** What the receipt says. */
    public enum Outcome {
        /** Every signature verified; the node will do it. */
        ACCEPTED,
        /** The node will not do it, and says why. */
        REFUSED,
        /** Everything the contract asks of this node runs and answers. */
        RUNNING,
        /** Its machines stand still, and what they wrote is kept. */
        PAUSED,
        /** Something could not be started after several attempts. */
        FAILED,
        /** What had run and ended was started again by the node itself, within the contract. */
        REPAIRED,
        /** What had run is not as the contract says, and the node does not mend it by itself; {@code reason} says what became of it. */
        DRIFTED,
        /** Nothing of it is left on this node. */
        REMOVED;

        static Outcome parse(String text) {
            return Arrays.stream(values())
                    .filter(each -> each.toString().equals(text))
                    .findFirst()
                    .orElseThrow(() -> new ContractException("outcome",
                            "must be one of " + Arrays.stream(values()).map(Outcome::toString).collect(Collectors.joining(", ")), text));
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Receipt {
        workloads = List.copyOf(workloads);
    }

    public static Receipt parse(byte[] payload) {
        JsonObject object = JsonObject.of(payload, "receipt");
        Receipt receipt = new Receipt(
                object.text("node", Names.MAX, Names.NAME, Names.FORM),
                object.text("contract", Names.MAX),
                object.number("version", 0, Long.MAX_VALUE),
                object.text("contractDigest", 64, Names.FINGERPRINT, Names.FINGERPRINT_FORM),
                object.value("outcome", 20, Outcome::parse, Outcome.REFUSED),
                object.text("reason", 100),
                object.text("message", 4000),
                object.objects("workloads", 256, each -> new WorkloadStatus(
                        each.text("name", Names.MAX), each.text("state", 20), each.text("address", 60), each.text("message", 4000))),
                object.instant("at"),
                object.number("rootVersion", 1, Long.MAX_VALUE),
                object.number("ledgerSize", 0, Long.MAX_VALUE));
        object.end();
        return receipt;
    }

    public byte[] toJson() {
        ObjectNode object = StrictJson.object()
                .put("node", node)
                .put("contract", contract)
                .put("version", version)
                .put("contractDigest", contractDigest)
                .put("outcome", outcome.toString())
                .put("reason", reason)
                .put("message", message);
        object.withArray("workloads");
        for (WorkloadStatus each : workloads) {
            object.withArray("workloads").addObject()
                    .put("name", each.name()).put("state", each.state()).put("address", each.address()).put("message", each.message());
        }
        return StrictJson.bytes(object.put("at", at.toString()).put("rootVersion", rootVersion).put("ledgerSize", ledgerSize));
    }
}
