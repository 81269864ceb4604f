package org.zosgrid.contract.audit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.JsonObject;
import org.zosgrid.contract.StrictJson;
import org.zosgrid.contract.envelope.Envelope;

/**
 * The history of one deployment in one file; {@code docs/formats/audit-bundle.md} describes it for whoever writes another verifier.
 *
 * @param name the deployment
 * @param exported when the file was made; nothing depends on it
 * @param roots every version of the trust root from the first on, in order
 * @param checkpoint the signed note of the ledger in which all entries stand
 * @param entries everything the ledger says of the deployment, and every rotation of the trust root; by ascending index
 * @param contracts the sealed contracts as they were appended to nodes' logs
 * @param receipts what nodes signed about them
 */
public record AuditBundle(
        String name, Instant exported, List<Envelope> roots, String checkpoint, List<ProvedEntry> entries, List<byte[]> contracts, List<Envelope> receipts) {
    /** Most entries, contracts and receipts that one bundle holds, of each. */
    public static final int MAX_ENTRIES = 10_000;

    static final String FORMAT = "zosgrid-audit-v1";

    private static final int MAX_ROOTS = 1000;
    private static final int MAX_CONTRACT = 8 << 20;
    private static final int MAX_NOTE = 1 << 20;

    public AuditBundle {
        roots = List.copyOf(roots);
        entries = List.copyOf(entries);
        contracts = contracts.stream().map(byte[]::clone).toList();
        receipts = List.copyOf(receipts);
    }

    public static AuditBundle parse(byte[] json) {
        JsonObject object = JsonObject.of(json, "audit bundle");
        String format = object.text("format", 40);
        if (!format.equals(FORMAT)) {
            object.fault("format", "must be " + FORMAT, format);
        }
        String name = object.text("name", 36);
        Instant exported = object.instant("exported");
        List<Envelope> roots = envelopes(object, "roots", MAX_ROOTS);
        String checkpoint = object.text("checkpoint", MAX_NOTE);
        List<ProvedEntry> entries = object.objects("entries", MAX_ENTRIES, ProvedEntry::read);
        List<byte[]> contracts = object.texts("contracts", MAX_ENTRIES, MAX_CONTRACT).stream().map(text -> decode("contracts", text)).toList();
        List<Envelope> receipts = envelopes(object, "receipts", MAX_ENTRIES);
        object.end();
        return new AuditBundle(name, exported, roots, checkpoint, entries, contracts, receipts);
    }

    private static List<Envelope> envelopes(JsonObject object, String field, int max) {
        return object.texts(field, max, MAX_CONTRACT).stream().map(text -> Envelope.parse(decode(field, text))).toList();
    }

    private static byte[] decode(String field, String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException broken) {
            throw new ContractException(field, "must be base64", text);
        }
    }

    public byte[] toJson() {
        ObjectNode object = StrictJson.object().put("format", FORMAT).put("name", name).put("exported", exported.toString());
        ArrayNode rootList = object.putArray("roots");
        roots.forEach(root -> rootList.add(Base64.getEncoder().encodeToString(root.toJson())));
        object.put("checkpoint", checkpoint);
        ArrayNode entryList = object.putArray("entries");
        entries.forEach(entry -> entryList.add(entry.toJson()));
        ArrayNode contractList = object.putArray("contracts");
        contracts.forEach(contract -> contractList.add(Base64.getEncoder().encodeToString(contract)));
        ArrayNode receiptList = object.putArray("receipts");
        receipts.forEach(receipt -> receiptList.add(Base64.getEncoder().encodeToString(receipt.toJson())));
        return StrictJson.bytes(object);
    }

    /**
     * Verifies a bundle.
     *
     * @param pinned a signed trust root that the reader has from elsewhere; the bundle's chain must go through it, and nothing before it is believed
     * @param atLeast a version of the trust root that the reader knows to exist, 0 for none: a bundle that stops before it hides a rotation
     * @throws ContractException saying what does not hold
     */
    public static AuditReport verify(byte[] json, Envelope pinned, long atLeast) {
        return new AuditVerification(parse(json), pinned).run(atLeast);
    }
}
