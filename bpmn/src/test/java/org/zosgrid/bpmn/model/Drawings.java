package org.zosgrid.bpmn.model;

import java.util.Map;
import java.util.Set;

/** Models that several tests draw. */
public final class Drawings {
    public static final Surroundings SURROUNDINGS = new Surroundings(Set.of("deploy", "decommission"), Map.of(
            InputType.Thing.TABLE, Set.of("quorum"), InputType.Thing.ENDPOINT, Set.of("chat"), InputType.Thing.TICKET_SYSTEM, Set.of("service-desk"), InputType.Thing.WINDOW, Set.of("night")));

    private Drawings() {}

    /** Verify, approvals, seal, with their errors; goes on from seal. */
    public static Drawing sealed(String process) {
        return new Drawing(process).start("start")
                .block(Block.VERIFY, "verify").on("verify", "invalid").end("not-valid", "INVALID")
                .at("verify").block(Block.APPROVALS, "ask").on("ask", "*").end("not-approved", "REJECTED")
                .at("ask").block(Block.SEAL, "seal").on("seal", "invalid").end("not-sealed", "INVALID")
                .at("seal");
    }

    /** A deployment in its simplest form. */
    public static Drawing deployment(String process) {
        return sealed(process).block(Block.PROVISION, "provision").on("provision", "*").block(Block.WITHDRAW, "withdraw").end("undone", "COMPENSATED")
                .at("provision").block(Block.EXPOSE, "expose").on("expose", "*").to("withdraw")
                .at("expose").end("running", "RUNNING");
    }

    public static Drawing removal(String process) {
        return sealed(process).block(Block.REMOVE, "remove").on("remove", "*").end("failed", "FAILED").at("remove").end("removed", "REMOVED");
    }

    /** One of everything. */
    public static Drawing everything(String process) {
        return new Drawing(process).start("start")
                .block(Block.VERIFY, "verify").on("verify", "invalid").block(Block.NOTIFY, "tell", "audience", "requester", "text", "It is not valid yet")
                .wait("pause", "PT1M").choice("retry").when("age < PT1H").to("verify").at("retry").otherwise().end("not-valid", "INVALID")
                .at("verify").choice("large").when("environment = \"production\" or machines > 16").parallel("fork")
                .block(Block.TICKET, "ticket", "system", "service-desk", "text", "A deployment", "patience", "PT1H").choice("told").parallel("join")
                .at("ticket").on("ticket", "*").to("told")
                .at("fork").block(Block.WEBHOOK, "call", "endpoint", "chat").choice("called").to("join").on("call", "invalid").to("called")
                .at("join").choice("merge").at("large").otherwise().to("merge")
                .at("merge").open("decide").start("asked")
                .block(Block.APPROVALS, "ask", "table", "quorum", "people", "1")
                .after("ask", "PT10M", false).block(Block.NOTIFY, "nudge", "audience", "operators", "text", "It waits").end("nudged")
                .on("ask", "rejected").fail("given-up", "given-up")
                .at("ask").end("answered").close()
                .on("decide", "*").end("no", "REJECTED").after("decide", "P2D", true).end("late", "EXPIRED")
                .at("decide").block(Block.WINDOW, "night", "window", "night").on("night", "invalid").end("no-window", "INVALID")
                .at("night").block(Block.SEAL, "seal").on("seal", "*").end("not-sealed", "INVALID")
                .at("seal").open("bring-up").start("sealed").block(Block.PROVISION, "provision", "patience", "PT10M").block(Block.EXPOSE, "expose").end("up").close()
                .on("bring-up", "*").block(Block.WITHDRAW, "withdraw").end("undone", "COMPENSATED").after("bring-up", "PT30M", true).to("withdraw")
                .at("bring-up").end("running", "RUNNING");
    }
}
