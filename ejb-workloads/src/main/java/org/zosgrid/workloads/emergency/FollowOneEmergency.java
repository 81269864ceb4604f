package org.zosgrid.workloads.emergency;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.zosgrid.contract.ledger.LedgerEntry;
import org.zosgrid.contract.trust.TrustRoot;
import org.zosgrid.model.Approval;
import org.zosgrid.model.Change;
import org.zosgrid.model.ChangeState;
import org.zosgrid.model.Changes;
import org.zosgrid.model.Dispatch;
import org.zosgrid.model.Emergencies;
import org.zosgrid.model.Emergency;
import org.zosgrid.model.NodeReceipts;
import org.zosgrid.workloads.DecisionLog;
import org.zosgrid.workloads.Documents;
import org.zosgrid.workloads.mail.Notices;
import org.zosgrid.workloads.trust.Trust;

/** {@link FollowEmergencies} for one, in a transaction of its own. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class FollowOneEmergency {
    private static final Set<ChangeState> STANDS = EnumSet.of(ChangeState.RUNNING, ChangeState.DRIFTED, ChangeState.PAUSED);

    @Inject private Emergencies emergencies;
    @Inject private Changes changes;
    @Inject private NodeReceipts receipts;
    @Inject private DecisionLog decisions;
    @Inject private Notices notices;
    @Inject private Trust trust;

    /** Changes of which something is still owed. */
    public List<Long> open() {
        return emergencies.open();
    }

    /** Does what is due now. */
    public void follow(long id) {
        Change change = changes.lock(id);
        Emergency emergency = emergencies.of(id).orElseThrow();
        Instant now = Instant.now();
        if (emergency.endedAt().isEmpty()) {
            if (!STANDS.contains(change.state())) {
                if (!change.state().open()) {
                    emergency.ended(now); // another version took its place, or it was removed or taken back
                }
            } else if (emergency.warns(now)) {
                warn(change, emergency, now);
            } else if (!now.isBefore(emergency.until()) && isOverEverywhere(change)) {
                end(change, emergency, now);
            }
        }
        if (emergency.tells(now)) {
            askForReview(change, emergency, now);
        }
    }

    private void warn(Change change, Emergency emergency, Instant now) {
        emergency.warned(now);
        decisions.append(LedgerEntry.EMERGENCY_HALF, change, "it ends at " + emergency.until() + ", and no version that was approved in the usual way has taken its place");
        notices.say(change, concerned(change), "It is an emergency change, and half of its life is over. At " + emergency.until() + " every node ends it by itself, unless a version that was approved in the usual way takes its place.");
    }

    /** What nodes signed counts: by the clock alone nobody here knows what became of it there. A pause or a resumption may have come behind it. */
    private boolean isOverEverywhere(Change change) {
        return changes.dispatches(change.id()).stream().filter(each -> each.purpose().equals(Dispatch.CONTRACT)).map(Dispatch::node).distinct()
                .allMatch(node -> receipts.saidOver(node, change.name(), change.version()) || !trust.root().nodes().containsKey(node));
    }

    private void end(Change change, Emergency emergency, Instant now) {
        String why = "the emergency ended at " + emergency.until() + ", and nothing of it is left on any node";
        emergency.ended(now);
        changes.standing(change.name()).forEach(each -> each.enter(ChangeState.ENDED, why));
        decisions.append(LedgerEntry.EMERGENCY_OVER, change, why);
        notices.result(change, ChangeState.ENDED, why);
    }

    /** When it has ended, and each day from then on; then those who answer for the whole system hear of it too. */
    private void askForReview(Change change, Emergency emergency, Instant now) {
        long days = Duration.between(emergency.endedAt().orElseThrow(), now).toDays();
        Set<String> people = concerned(change);
        if (emergency.told() > 0) {
            people.addAll(trust.root().holders(TrustRoot.ROOT));
        }
        String reason = Documents.deployment(change).orElseThrow().emergency().orElseThrow().reason();
        decisions.append(LedgerEntry.REVIEW_DUE, change, "ended at " + emergency.endedAt().orElseThrow() + ", " + days + " days ago");
        notices.say(change, people, ("It was an emergency change (" + reason + "), has ended, and must be reviewed" + (days > 0 ? ": that is owed for " + days + " days now" : "") + """
                .

                  zos review %1$s %2$d --verdict justified --findings "..." --requester YOU

                Whoever asked for it can neither ask for the review nor approve it.""").formatted(change.name(), change.version()));
        emergency.toldAgain(now);
    }

    /** Who asked for it and approved it, and everybody in an approver group. */
    private Set<String> concerned(Change change) {
        Set<String> people = new TreeSet<>(trust.root().approvers());
        people.add(change.requester());
        changes.approvals(change.id()).stream().map(Approval::person).forEach(people::add);
        return people;
    }
}
