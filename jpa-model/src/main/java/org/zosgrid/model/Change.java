package org.zosgrid.model;

import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One submitted version of a deployment, or a removal: the envelope as its requester signed it, and how far the workflow has come. */
@Entity
@Table(name = "change")
@Access(AccessType.FIELD)
public class Change {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private long id;

    private String name = "";
    private long version;
    private String kind = "";
    private String requester = "";
    private String digest = "";
    private byte[] envelope = {};
    private String state = "";
    private String message = "";

    @Column(name = "submitted_at")
    private Instant submittedAt = Instant.EPOCH;

    @Column(name = "expires_at")
    private Instant expiresAt = Instant.EPOCH;

    @Column(name = "approval_due_at")
    private @Nullable Instant approvalDueAt;

    private @Nullable Integer quorum;

    @Column(name = "demanded_groups")
    private String demandedGroups = "";

    @Column(name = "idempotency_key")
    private String idempotencyKey = "";

    @Column(name = "process_instance")
    private @Nullable String processInstance;

    private byte @Nullable [] sealed;

    @Column(name = "sealed_index")
    private @Nullable Long sealedIndex;

    private byte @Nullable [] withdrawal;

    @Column(name = "withdrawal_index")
    private @Nullable Long withdrawalIndex;

    protected Change() {}

    /**
     * A change as it comes in.
     *
     * @param envelope the DSSE envelope's JSON, signed by the requester
     * @param digest names the signed bytes ({@code Envelope.digest})
     * @param idempotencyKey the requester's own name for this request
     */
    public Change(String name, long version, ChangeKind kind, String requester, String digest, byte[] envelope, Instant submittedAt, Instant expiresAt, String idempotencyKey) {
        this.name = name;
        this.version = version;
        this.kind = kind.toString();
        this.requester = requester;
        this.digest = digest;
        this.envelope = envelope.clone();
        this.state = ChangeState.VERIFYING.toString();
        this.submittedAt = submittedAt;
        this.expiresAt = expiresAt;
        this.idempotencyKey = idempotencyKey;
    }

    public long id() {
        return id;
    }

    public String name() {
        return name;
    }

    public long version() {
        return version;
    }

    public ChangeKind kind() {
        return ChangeKind.of(kind);
    }

    public String requester() {
        return requester;
    }

    public String digest() {
        return digest;
    }

    /** As submitted: with the requester's signature alone. */
    public byte[] envelope() {
        return envelope.clone();
    }

    public ChangeState state() {
        return ChangeState.of(state);
    }

    /** Why it is in this state, for people. */
    public String message() {
        return message;
    }

    public Instant submittedAt() {
        return submittedAt;
    }

    public Instant expiresAt() {
        return expiresAt;
    }

    /** When a quarter of its time for approvals is left: from then on those who answer for it are told. Empty unless it waits for approvals. */
    public Optional<Instant> escalatesAt() {
        return state() == ChangeState.APPROVAL ? approvalDueAt().map(due -> due.minus(Duration.between(submittedAt(), due).dividedBy(4))) : Optional.empty();
    }

    /** Until when it may be approved; empty before approval has opened. */
    public Optional<Instant> approvalDueAt() {
        return Optional.ofNullable(approvalDueAt);
    }

    /** How many people must approve; empty before approval has opened. */
    public Optional<Integer> quorum() {
        return Optional.ofNullable(quorum);
    }

    public String idempotencyKey() {
        return idempotencyKey;
    }

    public Optional<String> processInstance() {
        return Optional.ofNullable(processInstance);
    }

    /** The envelope with every signature, as it was sealed; empty before. */
    public Optional<byte[]> sealed() {
        return Optional.ofNullable(sealed).map(byte[]::clone);
    }

    /** Where the ledger says that it was sealed. */
    public OptionalLong sealedIndex() {
        return sealedIndex == null ? OptionalLong.empty() : OptionalLong.of(sealedIndex);
    }

    /** The envelope of the order to stop it again; empty unless it was given. */
    public Optional<byte[]> withdrawal() {
        return Optional.ofNullable(withdrawal).map(byte[]::clone);
    }

    /** Where the ledger says that it was withdrawn. */
    public OptionalLong withdrawalIndex() {
        return withdrawalIndex == null ? OptionalLong.empty() : OptionalLong.of(withdrawalIndex);
    }

    public void withdraw(byte[] order, long index) {
        this.withdrawal = order.clone();
        this.withdrawalIndex = index;
    }

    public void enter(ChangeState next, String why) {
        this.state = next.toString();
        this.message = why;
    }

    /** Tells people how it stands, without a new state. */
    public void say(String how) {
        this.message = how;
    }

    /** Groups of each of which somebody must approve, because a decision table says so; what rules say is another matter. */
    public SortedSet<String> demandedGroups() {
        return demandedGroups.isEmpty() ? new TreeSet<>() : new TreeSet<>(Set.of(demandedGroups.split(",")));
    }

    /** @param groups of each of which somebody must approve, whatever the rules say */
    public void openApproval(int people, Set<String> groups, Instant until) {
        this.quorum = people;
        this.demandedGroups = String.join(",", new TreeSet<>(groups));
        this.approvalDueAt = until;
        enter(ChangeState.APPROVAL, "");
    }

    public void seal(byte[] approved, long index, ChangeState next) {
        this.sealed = approved.clone();
        this.sealedIndex = index;
        enter(next, "");
    }

    public void startedAs(String instance) {
        this.processInstance = instance;
    }
}
