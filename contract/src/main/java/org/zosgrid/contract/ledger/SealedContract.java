package org.zosgrid.contract.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import org.zosgrid.contract.JsonObject;
import org.zosgrid.contract.StrictJson;
import org.zosgrid.contract.envelope.Envelope;

/**
 * What is appended to a node's {@code contracts} log: the approved envelope and the proof that the ledger knows it.
 *
 * <p>A node takes no checkpoint that is not of one history with the last one it accepted. Who seals knows where a node may stand: at the size of its last
 * receipt, or at that of a contract that was appended to its log since. A proof for each of these sizes comes along; the node uses the one it needs.
 *
 * @param envelope the DSSE envelope's JSON
 * @param entry the ledger entry's bytes, as they were appended
 * @param proof the .tlog-proof text
 * @param consistency for every size at which the node may stand
 * @param promotions of the images, each with the proof that it stands in this very checkpoint; they carry no consistency and no promotions themselves
 */
public record SealedContract(byte[] envelope, byte[] entry, String proof, List<Consistency> consistency, List<SealedContract> promotions) {
    /** Most sizes that one contract can prove consistency with. */
    public static final int MAX_CONSISTENCY = 64;

    /** Most promotions that can come along: of each machine, to each environment. */
    public static final int MAX_PROMOTIONS = 192;

    private static final int MAX_ENVELOPE = 4 << 20;
    private static final int MAX_ENTRY = 16 << 10;
    private static final int MAX_PROOF = 64 << 10;

    public SealedContract {
        envelope = envelope.clone();
        entry = entry.clone();
        consistency = List.copyOf(consistency);
        promotions = List.copyOf(promotions);
    }

    /** Without promotions. */
    public SealedContract(byte[] envelope, byte[] entry, String proof, List<Consistency> consistency) {
        this(envelope, entry, proof, consistency, List.of());
    }

    /** For a node that has not accepted any checkpoint yet. */
    public SealedContract(byte[] envelope, byte[] entry, String proof) {
        this(envelope, entry, proof, List.of());
    }

    /**
     * Seals an entry of the ledger in a checkpoint of the whole tree, signed now.
     *
     * @param sizes at which the node may stand; none above the tree's
     */
    public static SealedContract of(Envelope envelope, byte[] entry, long index, LedgerTree tree, LedgerKey key, Instant now, Collection<Long> sizes) {
        return of(envelope, entry, index, tree, Checkpoint.of(tree, key).sign(key, now), sizes);
    }

    /**
     * Seals an entry of the ledger in a checkpoint that was signed before, and may carry witnesses' lines.
     *
     * @param checkpoint signed note of exactly this tree
     * @param sizes at which the node may stand; none above the tree's
     */
    public static SealedContract of(Envelope envelope, byte[] entry, long index, LedgerTree tree, String checkpoint, Collection<Long> sizes) {
        return new SealedContract(envelope.toJson(), entry, new TlogProof(index, tree.inclusionProof(index), checkpoint).toText(),
                sizes.stream().filter(size -> size > 0 && size != tree.size()).sorted().distinct().map(size -> Consistency.between(tree, size, tree.size())).toList());
    }

    /** The same with promotions, which are sealed in the same checkpoint. */
    public SealedContract with(List<SealedContract> others) {
        return new SealedContract(envelope, entry, proof, consistency, others);
    }

    @Override
    public byte[] envelope() {
        return envelope.clone();
    }

    @Override
    public byte[] entry() {
        return entry.clone();
    }

    public static SealedContract parse(byte[] json) {
        JsonObject object = JsonObject.of(json, "sealed contract");
        SealedContract sealed = read(object);
        List<SealedContract> promotions = object.objects("promotions", MAX_PROMOTIONS, SealedContract::read);
        object.end();
        return sealed.with(promotions);
    }

    private static SealedContract read(JsonObject object) {
        byte[] envelope = object.base64("envelope", MAX_ENVELOPE);
        byte[] entry = object.base64("entry", MAX_ENTRY);
        String proof = object.text("proof", MAX_PROOF);
        List<Consistency> consistency = object.objects("consistency", MAX_CONSISTENCY, Consistency::read);
        return new SealedContract(envelope, entry, proof, consistency);
    }

    public byte[] toJson() {
        ObjectNode object = object();
        promotions.forEach(each -> object.withArray("promotions").add(each.object()));
        return StrictJson.bytes(object);
    }

    private ObjectNode object() {
        ObjectNode object = StrictJson.object()
                .put("envelope", Base64.getEncoder().encodeToString(envelope))
                .put("entry", Base64.getEncoder().encodeToString(entry))
                .put("proof", proof);
        consistency.forEach(each -> object.withArray("consistency").add(each.toJson()));
        return object;
    }
}
