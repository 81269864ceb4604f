package org.zosgrid.console;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.zosgrid.workloads.view.ImageView;
import org.zosgrid.workloads.view.NodeView;
import org.zosgrid.workloads.view.Page;
import org.zosgrid.workloads.view.ProcessView;
import org.zosgrid.workloads.view.PromotionView;

/** What the use cases of nodes, images and processes answer, with something in every field. */
final class Pages {
    static final NodeView NODE = new NodeView("compute-1", "member", List.of("compute"), true,
            Optional.of(new NodeView.Status("0.1.0", Duration.ofSeconds(70), "fd00::1", 2, new NodeView.Room("", 4000, 1024), List.of(new NodeView.Room("shop", 500, 512)),
                    new NodeView.Storage(2048, 1024), List.of(new NodeView.Workload("shop", "web", "running", "fd00::2", "")),
                    List.of(new NodeView.Link("gateway-1", true, Optional.of(Duration.ofNanos(1_500_900)), ""), new NodeView.Link("compute-2", false, Optional.empty(), "no answer")), List.of("ab", "cd"),
                    List.of("demo/web:1.0@sha256:ab", "demo/web:stable@sha256:ab"))),
            "", Optional.of(UseCases.NOON), 5, 12);
    static final NodeView SILENT_NODE = new NodeView("compute-2", "stranger", List.of(), false, Optional.empty(), "it has not answered within 3 s", Optional.empty(), 0, 0);
    static final NodeView.Detail NODE_DETAIL = new NodeView.Detail(NODE, List.of(new NodeView.Receipt(4, "shop", 1, "accepted", "", "version 1", UseCases.NOON)));
    static final PromotionView PROMOTION = new PromotionView("promotion-" + "ab".repeat(13), 2, "demo/web:1.0@sha256:" + "ab".repeat(32), "production", "revoked", Optional.empty(), "alice",
            List.of("alice", "bob"), Instant.parse("2026-11-26T10:00:00Z"), Optional.of("version 2 revokes it"), List.of("compute-1"), List.of("gateway-1"));
    static final ImageView IMAGE = new ImageView("demo/web:1.0@sha256:" + "ab".repeat(32), List.of("erin"), 7);
    static final ImageView.File FILE = new ImageView.File("motd", "file", 420, 0, 0, 7, "");
    static final ImageView.Comparison COMPARISON = new ImageView.Comparison(List.of(new ImageView.Difference("/etc/motd", Optional.empty(), Optional.of(FILE))), true);
    static final List<ProcessView> PROCESSES = List.of(new ProcessView("process", "deploy", 1, "Deploy", 2), new ProcessView("decision", "quorum", 1, "Quorum", 0));
    static final ProcessView.Statistics STATISTICS = new ProcessView.Statistics(Instant.EPOCH,
            List.of(new ProcessView.Activity("verify", "serviceTask", 3, 1, 0, 0, Optional.of(Duration.ofMillis(20)), Optional.of(Duration.ofMillis(30))),
                    new ProcessView.Activity("approve", "userTask", 0, 1, 0, 1, Optional.empty(), Optional.empty())));
    static final Page<ProcessView.Instance> INSTANCES = new Page<>(List.of(new ProcessView.Instance("i1", "shop 1", UseCases.NOON, Optional.of(UseCases.NOON), "completed"),
            new ProcessView.Instance("i2", "blog 1", UseCases.NOON, Optional.empty(), "active")), Optional.of("2"));

    private Pages() {}
}
