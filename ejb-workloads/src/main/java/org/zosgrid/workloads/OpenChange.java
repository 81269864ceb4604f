package org.zosgrid.workloads;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.zosgrid.contract.Fault;
import org.zosgrid.model.Change;
import org.zosgrid.model.ChangeState;
import org.zosgrid.model.Changes;
import org.zosgrid.workloads.RefusedException.Kind;
import org.zosgrid.workloads.trust.Trust;

/** A change that waits for people to say yes or no, locked for the one who says it. */
@ApplicationScoped
public class OpenChange {
    private static final int MAX_REASON = 1000;

    @Inject private Changes changes;
    @Inject private Trust trust;

    /** @throws RefusedException NOT_FOUND, or CONFLICT if approval is not open */
    Change lock(String name, long version) {
        return lock(name, version, EnumSet.of(ChangeState.APPROVAL));
    }

    /** Also one that is still verified. @throws RefusedException NOT_FOUND, or CONFLICT if it is neither verified nor open for approval */
    Change lockUnsealed(String name, long version) {
        return lock(name, version, EnumSet.of(ChangeState.VERIFYING, ChangeState.APPROVAL));
    }

    private Change lock(String name, long version, Set<ChangeState> states) {
        Change change = changes.lock(changes.find(name, version)
                .orElseThrow(() -> new RefusedException(Kind.NOT_FOUND, "There is no such version", new Fault("name", "has no version " + version, name))).id());
        if (!states.contains(change.state())) {
            throw new RefusedException(Kind.CONFLICT, "It does not wait for approvals", new Fault("state", "must be " + states.stream().map(ChangeState::toString).collect(Collectors.joining(" or ")), change.state().toString()));
        }
        return change;
    }

    /** @throws RefusedException FORBIDDEN if the caller may not decide about this change, CONFLICT if they are a deputy alone and their time has not come */
    void mayDecide(Caller caller, Change change) {
        if (change.requester().equals(caller.person())) {
            throw new RefusedException(Kind.FORBIDDEN, "Nobody decides about a change of their own", new Fault("person", "must be another than the requester", caller.person()));
        }
        if (Documents.document(change).parties().contains(caller.person())) {
            throw new RefusedException(Kind.FORBIDDEN, "Nobody decides about what they asked for", new Fault("person", "must be another than who asked for the emergency", caller.person()));
        }
        if (trust.root().approvers().contains(caller.person())) {
            return;
        }
        Set<String> groups = trust.root().standsInFor(caller.person());
        if (groups.isEmpty()) {
            throw new RefusedException(Kind.FORBIDDEN, "The caller is no approver",
                    new Fault("person", "must be in an approver group, as " + String.join(", ", trust.root().approvers()), caller.person()));
        }
        Instant from = Documents.document(change).deputiesFrom();
        if (Instant.now().isBefore(from)) {
            throw new RefusedException(Kind.CONFLICT, "The deputies' time has not come", new Fault("person", "stands in for " + String.join(", ", groups) + " from " + from + " on", caller.person()));
        }
    }

    /** @throws RefusedException INVALID without a reason, or with one that is too long */
    static void isReason(String reason) {
        if (reason.isBlank() || reason.length() > MAX_REASON) {
            throw new RefusedException(Kind.INVALID, "A reason is needed", new Fault("reason", "must have 1 to " + MAX_REASON + " characters", reason));
        }
    }
}
