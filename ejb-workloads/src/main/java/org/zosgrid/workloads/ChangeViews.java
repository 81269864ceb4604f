package org.zosgrid.workloads;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.zosgrid.bpmn.ChangeProcesses;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.document.Deployment;
import org.zosgrid.contract.document.Receipt;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.ledger.LedgerEntry;
import org.zosgrid.contract.trust.TrustRoot;
import org.zosgrid.model.Approval;
import org.zosgrid.model.Change;
import org.zosgrid.model.ChangeState;
import org.zosgrid.model.Changes;
import org.zosgrid.model.Dispatch;
import org.zosgrid.model.Ledger;
import org.zosgrid.model.NodeReceipt;
import org.zosgrid.model.NodeReceipts;
import org.zosgrid.model.Rejection;
import org.zosgrid.workloads.mail.Notices;
import org.zosgrid.workloads.trust.Trust;
import org.zosgrid.workloads.view.ChangeSummary;
import org.zosgrid.workloads.view.ChangeView;
import org.zosgrid.workloads.view.WaitingChange;

/** Puts together what callers get to see of a change. */
@ApplicationScoped
public class ChangeViews {
    /** Ledger entries that nobody in particular made; the others are told with who made them. */
    private static final Set<String> BY_THE_WORKFLOW = Set.of(LedgerEntry.SEALED, LedgerEntry.WITHDRAWN, "provisioned", "paused", "resumed", "decommissioned", "expired", "failed", "in-force", "called", LedgerEntry.SKIPPED,
            LedgerEntry.DRIFTED, LedgerEntry.DRIFT_AWAITED, LedgerEntry.REPAIR_CHOSEN, LedgerEntry.REPAIRED, LedgerEntry.DRIFT_REPLACED,
            LedgerEntry.ADMITTED, LedgerEntry.RETIRING, LedgerEntry.RETIRED, LedgerEntry.CALLED_OFF, LedgerEntry.OUT_OF_FORCE, LedgerEntry.PROMOTED, LedgerEntry.REVOKED,
            LedgerEntry.EMERGENCY_HALF, LedgerEntry.EMERGENCY_OVER, LedgerEntry.REVIEW_DUE, LedgerEntry.REVIEWED);

    /** Entries whose detail begins with the operator who decided. */
    private static final Set<String> BY_OPERATORS = Set.of(LedgerEntry.RETRIED, LedgerEntry.UNDONE, LedgerEntry.MIGRATED);

    /** States in which machines of a change are there, if only standing still. */
    private static final Set<ChangeState> THERE = EnumSet.of(ChangeState.PROVISIONING, ChangeState.EXPOSING, ChangeState.RUNNING, ChangeState.DRIFTED, ChangeState.PAUSING, ChangeState.PAUSED);

    @Inject private Changes changes;
    @Inject private NodeReceipts receipts;
    @Inject private Ledger ledger;
    @Inject private ChangeProcesses processes;
    @Inject private Standing standing;
    @Inject private Trust trust;
    @Inject private Notices notices;

    static ChangeSummary summary(Change change) {
        return new ChangeSummary(change.name(), change.version(), change.kind().toString(), change.state().toString(), change.message(), change.requester(), change.submittedAt());
    }

    /** Those of a page, with what those that wait for approvals wait for: the same few questions, however many they are. */
    List<WaitingChange> waiting(List<Change> page) {
        List<Change> asked = page.stream().filter(change -> change.state() == ChangeState.APPROVAL).toList();
        Map<String, List<String>> seats = processes.openSeats(asked.stream().flatMap(change -> change.processInstance().stream()).collect(Collectors.toSet()));
        Map<Long, List<String>> approvers = changes.approvers(asked.stream().map(Change::id).toList());
        TrustRoot root = trust.root();
        return page.stream().map(change -> {
            if (change.state() != ChangeState.APPROVAL) {
                return new WaitingChange(summary(change), List.of(), List.of(), List.of(), Optional.empty(), Optional.empty());
            }
            List<String> open = change.processInstance().map(instance -> seats.getOrDefault(instance, List.of())).orElse(List.of());
            return new WaitingChange(summary(change), open, approvers.getOrDefault(change.id(), List.of()), deputies(root, change, open), change.approvalDueAt(), change.quorum());
        }).toList();
    }

    private List<String> openSeats(Change change) {
        return change.state() == ChangeState.APPROVAL ? change.processInstance().map(processes::openSeats).orElse(List.of()) : List.of();
    }

    private static List<ChangeView.Deputy> deputies(TrustRoot root, Change change, List<String> openSeats) {
        List<String> seats = openSeats.stream().filter(root.deputies()::contains).toList();
        if (seats.isEmpty()) {
            return List.of();
        }
        Instant from = Documents.document(change).deputiesFrom();
        return seats.stream().map(person -> new ChangeView.Deputy(person, List.copyOf(root.standsInFor(person)), from, root.approvers().contains(person))).toList();
    }

    ChangeView of(Change change) {
        List<Approval> approvals = changes.approvals(change.id());
        List<Rejection> rejections = changes.rejections(change.id());
        List<NodeReceipt> received = ownReceipts(change);
        List<String> seats = openSeats(change);
        List<String> position = change.state().open() ? change.processInstance().map(processes::position).orElse(List.of()) : List.of();
        return new ChangeView(
                summary(change),
                change.digest(),
                change.expiresAt(),
                change.approvalDueAt(),
                change.escalatesAt().filter(at -> !at.isAfter(Instant.now())).map(since -> new ChangeView.Escalation(since, List.copyOf(notices.answerable(change)))),
                change.envelope(),
                position,
                change.quorum(),
                seats,
                deputies(trust.root(), change, seats),
                change.state() == ChangeState.APPROVAL ? standing.missing(change) : List.of(),
                approvals.stream().map(each -> new ChangeView.Approved(each.person(), each.keyId(), each.signature(), each.at())).toList(),
                rejections.stream().map(each -> new ChangeView.Rejected(each.person(), each.reason(), each.at())).toList(),
                workloads(change, received),
                routes(change),
                received.stream().map(each -> new ChangeView.Received(each.node(), each.sequence(), each.outcome(), each.reason(), each.message(), each.at())).toList(),
                timeline(change, approvals, rejections, received));
    }

    /** Receipts about what was sent because of this change, and not about what an attacker wrote under its name. */
    private List<NodeReceipt> ownReceipts(Change change) {
        List<NodeReceipt> all = new ArrayList<>();
        for (Dispatch dispatch : changes.dispatches(change.id())) {
            all.addAll(receipts.of(dispatch.node(), dispatch.digest()));
        }
        all.sort(Comparator.comparing(NodeReceipt::at).thenComparing(NodeReceipt::node).thenComparingLong(NodeReceipt::sequence));
        return all;
    }

    /** Each machine as the last receipt of its node has it. */
    private static List<ChangeView.Workload> workloads(Change change, List<NodeReceipt> received) {
        List<ChangeView.Workload> all = new ArrayList<>();
        for (String node : received.stream().map(NodeReceipt::node).distinct().toList()) {
            NodeReceipt last = received.stream().filter(each -> each.node().equals(node)).reduce((one, next) -> next).orElseThrow();
            if (THERE.contains(change.state())) {
                statuses(last).forEach(each -> all.add(new ChangeView.Workload(each.name(), node, each.state(), each.address(), each.message())));
            }
        }
        return all;
    }

    private static List<org.zosgrid.contract.document.WorkloadStatus> statuses(NodeReceipt receipt) {
        try {
            return Receipt.parse(Envelope.parse(receipt.envelope()).payload()).workloads();
        } catch (ContractException unreadable) {
            return List.of();
        }
    }

    private List<ChangeView.Route> routes(Change change) {
        boolean open = change.state() == ChangeState.RUNNING || change.state() == ChangeState.DRIFTED;
        return subject(change).map(Deployment::gateways).orElse(List.of()).stream()
                .map(route -> new ChangeView.Route(route.name(), route.node(), route.host(), open)).toList();
    }

    /** What a change is about: the deployment in it, or the one that a pause or resumption finds there. */
    private Optional<Deployment> subject(Change change) {
        return switch (change.kind()) {
            case DEPLOYMENT, DECOMMISSION, MODEL, SKIP, ADMISSION, RETIREMENT, PROMOTION, REVIEW -> Documents.deployment(change);
            case PAUSE, RESUME -> changes.current(change.name()).flatMap(Documents::deployment);
        };
    }

    private List<ChangeView.Event> timeline(Change change, List<Approval> approvals, List<Rejection> rejections, List<NodeReceipt> received) {
        List<ChangeView.Event> events = new ArrayList<>();
        events.add(new ChangeView.Event(change.submittedAt(), "submitted", change.requester(), ""));
        approvals.forEach(each -> events.add(new ChangeView.Event(each.at(), "approved", each.person(), "with key " + each.keyId().substring(0, 16))));
        rejections.forEach(each -> events.add(new ChangeView.Event(each.at(), "rejected", each.person(), each.reason())));
        received.forEach(each -> events.add(new ChangeView.Event(each.at(), each.outcome(), each.node(), each.reason().isEmpty() ? each.message() : each.reason() + ": " + each.message())));
        ledger.about(change.name(), change.version()).stream().map(record -> record.entry()).filter(entry -> BY_THE_WORKFLOW.contains(entry.kind()))
                .forEach(entry -> events.add(new ChangeView.Event(entry.at(), entry.kind(), "workflow", entry.detail())));
        ledger.about(change.name(), change.version()).stream().map(record -> record.entry()).filter(entry -> BY_OPERATORS.contains(entry.kind())).forEach(entry -> {
            String[] said = entry.detail().split(": ", 2);
            events.add(new ChangeView.Event(entry.at(), entry.kind(), said[0], said.length > 1 ? said[1] : ""));
        });
        events.sort(Comparator.comparing(ChangeView.Event::at));
        return events;
    }
}
