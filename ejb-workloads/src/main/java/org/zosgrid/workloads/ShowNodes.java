package org.zosgrid.workloads;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.resource.ResourceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.zosgrid.connector.network.NodeReport;
import org.zosgrid.contract.Fault;
import org.zosgrid.contract.trust.TrustRoot;
import org.zosgrid.contract.trust.TrustedNode;
import org.zosgrid.model.Change;
import org.zosgrid.model.ChangeState;
import org.zosgrid.model.Changes;
import org.zosgrid.model.NodeReceipt;
import org.zosgrid.model.NodeReceipts;
import org.zosgrid.workloads.RefusedException.Kind;
import org.zosgrid.workloads.node.AskNodes;
import org.zosgrid.workloads.trust.Trust;
import org.zosgrid.workloads.view.NodeView;

/**
 * Tells how nodes are: what they answer now, and what is known of them by their receipts. Nodes are asked first: they may take
 * seconds, in which no connection to the database is held.
 */
@Stateless
public class ShowNodes {
    private static final int RECEIPTS = 50;

    @Inject private AskNodes ask;
    @Inject private NodeReceipts receipts;
    @Inject private Changes changes;
    @Inject private KnownImages images;
    @Inject private Trust trust;

    /** Every node that the trust root names or the inventory knows. */
    public List<NodeView> list() {
        List<String> reachable = reachable();
        Map<String, AskNodes.Answer> answers = ask.ask(reachable);
        TrustRoot root = trust.root();
        Map<String, List<String>> called = called(answers);
        Set<String> names = new LinkedHashSet<>(reachable);
        names.addAll(root.nodes().keySet());
        List<NodeView> views = new ArrayList<>();
        for (String name : names) {
            views.add(view(name, root, Optional.ofNullable(answers.get(name)), called));
        }
        return views;
    }

    /** @throws RefusedException NOT_FOUND or UNAVAILABLE */
    public NodeView.Detail show(String name) {
        boolean reachable = reachable().contains(name);
        Map<String, AskNodes.Answer> answers = ask.ask(reachable ? List.of(name) : List.of());
        TrustRoot root = trust.root();
        if (!reachable && !root.nodes().containsKey(name)) {
            throw new RefusedException(Kind.NOT_FOUND, "There is no such node", new Fault("name", "must be a node of the trust root or of the inventory", name));
        }
        return new NodeView.Detail(view(name, root, Optional.ofNullable(answers.get(name)), called(answers)), receipts.newest(name, RECEIPTS).stream().map(ShowNodes::receipt).toList());
    }

    private List<String> reachable() {
        try {
            return ask.known();
        } catch (ResourceException broken) {
            throw new RefusedException(Kind.UNAVAILABLE, "The nodes cannot be asked", new Fault("inventory", String.valueOf(broken.getMessage()), ""));
        }
    }

    /** Names of the images that nodes keep, by fingerprint. */
    private Map<String, List<String>> called(Map<String, AskNodes.Answer> answers) {
        return images.names(answers.values().stream().filter(AskNodes.Answer.Given.class::isInstance).flatMap(each -> ((AskNodes.Answer.Given) each).report().images().stream()).collect(Collectors.toSet()));
    }

    private NodeView view(String name, TrustRoot root, Optional<AskNodes.Answer> answer, Map<String, List<String>> called) {
        List<String> capabilities = Optional.ofNullable(root.nodes().get(name)).map(TrustedNode::capabilities).orElse(Set.of()).stream().sorted().toList();
        Optional<NodeView.Status> status = Optional.empty();
        String problem = "it is not in the inventory";
        if (answer.isPresent()) {
            switch (answer.get()) {
                case AskNodes.Answer.Given given -> {
                    status = Optional.of(status(given.report(), called));
                    problem = "";
                }
                case AskNodes.Answer.None none -> problem = none.problem();
            }
        }
        return new NodeView(name, standing(name, root), capabilities, root.witnesses().keys().containsKey(name), status, problem, receipts.newest(name, 1).stream().map(NodeReceipt::at).findFirst(),
                receipts.next(name), receipts.ledgerSize(name));
    }

    private String standing(String name, TrustRoot root) {
        Optional<ChangeState> underWay = changes.retirement(name).or(() -> changes.open(name)).map(Change::state).filter(state -> state == ChangeState.ADMITTING || state == ChangeState.RETIRING);
        return underWay.map(ChangeState::toString).orElse(root.nodes().containsKey(name) ? "member" : "stranger");
    }

    private static NodeView.Status status(NodeReport report, Map<String, List<String>> called) {
        return new NodeView.Status(report.release(), Duration.ofSeconds(report.uptimeSeconds()), report.overlayAddress(), report.trustRootVersion(), room(report.capacity()),
                report.reserved().stream().map(ShowNodes::room).toList(), new NodeView.Storage(report.storage().capacityBytes(), report.storage().freeBytes()),
                report.workloads().stream().map(each -> new NodeView.Workload(each.deployment(), each.name(), each.state(), each.address(), each.message())).toList(),
                report.links().stream().map(each -> new NodeView.Link(each.peer(), each.up(), each.roundTrip(), each.problem())).toList(), report.images(),
                report.images().stream().flatMap(each -> called.getOrDefault(each, List.of()).stream().map(name -> name + "@sha256:" + each)).toList());
    }

    private static NodeView.Room room(NodeReport.Room room) {
        return new NodeView.Room(room.deployment(), room.cpuMillis(), room.memoryBytes());
    }

    private static NodeView.Receipt receipt(NodeReceipt each) {
        return new NodeView.Receipt(each.sequence(), each.name(), each.version(), each.outcome(), each.reason(), each.message(), each.at());
    }
}
