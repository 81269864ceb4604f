package org.zosgrid.model;

import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What one node said of one version: that it is not any more as its contract has it, and that the node does not mend it by itself. */
@Entity
@Table(name = "drift")
@Access(AccessType.FIELD)
public class Drift {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private long id;

    @Column(name = "change_id")
    private long changeId;

    private String node = "";
    private long sequence;
    private String reason = "";
    private String message = "";

    @Column(name = "opened_at")
    private Instant openedAt = Instant.EPOCH;

    @Column(name = "process_instance")
    private @Nullable String processInstance;

    @Column(name = "repair_id")
    private @Nullable Long repairId;

    @Column(name = "ended_at")
    private @Nullable Instant endedAt;

    protected Drift() {}

    /** As a receipt said it, which stands at {@code sequence} in the node's log. */
    public Drift(long changeId, String node, long sequence, String reason, String message, Instant openedAt) {
        this.changeId = changeId;
        this.node = node;
        this.sequence = sequence;
        this.reason = reason;
        this.message = message;
        this.openedAt = openedAt;
    }

    public long id() {
        return id;
    }

    public long changeId() {
        return changeId;
    }

    public String node() {
        return node;
    }

    /** The place in the node's log of the receipt that said so last. */
    public long sequence() {
        return sequence;
    }

    /** A word for programs, such as {@code gone}. */
    public String reason() {
        return reason;
    }

    /** A sentence for people. */
    public String message() {
        return message;
    }

    /** Node, reason and message in one line. */
    public String shown() {
        return node + ": " + reason + ": " + message;
    }

    public Instant openedAt() {
        return openedAt;
    }

    public Optional<String> processInstance() {
        return Optional.ofNullable(processInstance);
    }

    public void startedAs(String instance) {
        this.processInstance = instance;
    }

    /** The dispatch by which the contract was sent again last; empty if nobody has chosen that. */
    public OptionalLong repairId() {
        return repairId == null ? OptionalLong.empty() : OptionalLong.of(repairId);
    }

    public void repairBy(long dispatch) {
        this.repairId = dispatch;
    }

    /** The node said of it again, and something else. */
    public void saidAgain(long place, String why, String how) {
        this.sequence = place;
        this.reason = why;
        this.message = how;
    }

    public boolean open() {
        return endedAt == null;
    }

    public void end(Instant at) {
        this.endedAt = at;
    }
}
