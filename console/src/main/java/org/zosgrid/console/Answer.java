package org.zosgrid.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.zosgrid.contract.StrictJson;
import org.zosgrid.contract.document.Demand;
import org.zosgrid.workloads.view.ChangeSummary;
import org.zosgrid.workloads.view.ChangeView;
import org.zosgrid.workloads.view.DeadLetter;
import org.zosgrid.workloads.view.DemandView;
import org.zosgrid.workloads.view.Health;
import org.zosgrid.workloads.view.IncidentView;
import org.zosgrid.workloads.view.LedgerLine;
import org.zosgrid.workloads.view.MigratingInstance;
import org.zosgrid.workloads.view.ModelFinding;
import org.zosgrid.workloads.view.Page;
import org.zosgrid.workloads.view.PlanView;
import org.zosgrid.workloads.view.TableTrial;
import org.zosgrid.workloads.view.TerminalView;
import org.zosgrid.workloads.view.TrustRootView;
import org.zosgrid.workloads.view.UsageView;
import org.zosgrid.workloads.view.WaitingChange;
import org.zosgrid.workloads.view.WebhookView;

/** Views as the JSON that {@code openapi.yaml} describes. Times are ISO 8601 in UTC, bytes are base64. */
final class Answer {
    private Answer() {}

    static byte[] of(ChangeSummary summary) {
        return StrictJson.bytes(summary(summary));
    }

    static byte[] of(ChangeView change) {
        ObjectNode json = summary(change.summary());
        json.put("digest", change.digest());
        json.put("expiresAt", change.expiresAt().toString());
        json.put("approvalDueAt", change.approvalDueAt().map(Object::toString).orElse(null));
        json.putNull("escalation");
        change.escalation().ifPresent(late -> texts(json.putObject("escalation").put("since", late.since().toString()), "to", late.to()));
        json.put("quorum", change.quorum().orElse(null));
        texts(json, "position", change.position());
        texts(json, "openSeats", change.openSeats());
        deputies(json, change.deputies());
        texts(json, "missing", change.missing());
        json.put("envelope", base64(change.envelope()));
        list(json, "approvals", change.approvals(), (each, into) ->
                into.put("person", each.person()).put("keyid", each.keyId()).put("sig", base64(each.signature())).put("at", each.at().toString()));
        list(json, "rejections", change.rejections(), (each, into) ->
                into.put("person", each.person()).put("reason", each.reason()).put("at", each.at().toString()));
        list(json, "workloads", change.workloads(), (each, into) ->
                into.put("name", each.name()).put("node", each.node()).put("state", each.state()).put("address", each.address()).put("message", each.message()));
        list(json, "routes", change.routes(), (each, into) ->
                into.put("name", each.name()).put("node", each.node()).put("host", each.host()).put("open", each.open()));
        list(json, "receipts", change.receipts(), (each, into) ->
                into.put("node", each.node()).put("sequence", each.sequence()).put("outcome", each.outcome()).put("reason", each.reason())
                        .put("message", each.message()).put("at", each.at().toString()));
        list(json, "timeline", change.timeline(), (each, into) ->
                into.put("at", each.at().toString()).put("kind", each.kind()).put("actor", each.actor()).put("detail", each.detail()));
        return StrictJson.bytes(json);
    }

    static byte[] of(PlanView plan) {
        ObjectNode json = StrictJson.object().put("name", plan.name()).put("version", plan.version());
        texts(json, "faults", plan.faults());
        texts(json, "kinds", plan.kinds());
        json.put("quorum", plan.quorum());
        texts(json, "mayApprove", plan.mayApprove());
        texts(json, "rules", plan.rules());
        json.set("demand", demand(plan.demand()));
        json.put("opensAt", plan.opensAt().map(Object::toString).orElse(null));
        list(json, "nodes", plan.nodes(), (each, into) -> {
            into.put("node", each.node());
            texts(into, "actions", each.actions());
            into.set("asked", amount(each.asked()));
            into.set("free", each.free().<JsonNode>map(Answer::amount).orElse(NullNode.getInstance()));
        });
        return StrictJson.bytes(json);
    }

    static byte[] of(DemandView view) {
        ObjectNode json = StrictJson.object();
        json.set("binding", demand(view.binding()));
        list(json, "tables", view.tables(), (each, into) -> {
            into.put("table", each.table());
            into.setAll(demand(each.demand()));
        });
        return StrictJson.bytes(json);
    }

    private static ObjectNode demand(Demand demand) {
        ObjectNode json = StrictJson.object().put("people", demand.people());
        texts(json, "groups", List.copyOf(demand.groups()));
        return json;
    }

    private static ObjectNode amount(PlanView.Amount amount) {
        return StrictJson.object().put("cpuMillis", amount.cpuMillis()).put("memoryBytes", amount.memoryBytes());
    }

    static byte[] deployments(Page<ChangeSummary> page) {
        return page(page, Answer::summary);
    }

    static byte[] waiting(Page<WaitingChange> page) {
        return page(page, each -> {
            ObjectNode json = summary(each.summary());
            texts(json, "openSeats", each.openSeats());
            texts(json, "approvedBy", each.approvedBy());
            deputies(json, each.deputies());
            return json.put("approvalDueAt", each.approvalDueAt().map(Object::toString).orElse(null)).put("quorum", each.quorum().orElse(null));
        });
    }

    private static void deputies(ObjectNode json, List<ChangeView.Deputy> deputies) {
        list(json, "deputies", deputies, (each, into) -> {
            into.put("person", each.person()).put("from", each.from().toString()).put("approver", each.approver());
            texts(into, "groups", each.groups());
        });
    }

    static byte[] findings(List<ModelFinding> findings) {
        ObjectNode json = StrictJson.object();
        findings(json, findings);
        return StrictJson.bytes(json);
    }

    private static void findings(ObjectNode json, List<ModelFinding> findings) {
        list(json, "findings", findings, (each, into) ->
                into.put("element", each.element()).put("name", each.name()).put("rule", each.rule()).put("wrong", each.wrong()).put("right", each.right()));
    }

    static byte[] trial(TableTrial trial) {
        ObjectNode json = StrictJson.object();
        findings(json, trial.findings());
        texts(json, "rows", trial.rows());
        json.put("people", trial.people().isPresent() ? trial.people().getAsInt() : null);
        texts(json, "groups", trial.groups());
        json.put("least", trial.least());
        return StrictJson.bytes(json);
    }

    /** @param templates a JSON array */
    static byte[] templates(String templates) {
        return ("{\"templates\":" + templates + "}").getBytes(StandardCharsets.UTF_8);
    }

    static byte[] movers(List<MigratingInstance> movers) {
        ObjectNode json = StrictJson.object();
        list(json, "instances", movers, (each, into) -> {
            into.put("instance", each.instance()).put("change", each.change());
            texts(into, "at", each.at());
            texts(into, "obstacles", each.obstacles());
        });
        return StrictJson.bytes(json);
    }

    static byte[] incidents(List<IncidentView> incidents) {
        ObjectNode json = StrictJson.object();
        list(json, "incidents", incidents, Answer::incident);
        return StrictJson.bytes(json);
    }

    static byte[] of(IncidentView incident) {
        ObjectNode json = StrictJson.object();
        incident(incident, json);
        return StrictJson.bytes(json);
    }

    private static void incident(IncidentView incident, ObjectNode into) {
        into.put("id", incident.id()).put("name", incident.name()).put("version", incident.version()).put("process", incident.process()).put("step", incident.step()).put("stepName", incident.stepName())
                .put("node", incident.node().orElse(null)).put("kind", incident.kind()).put("since", incident.since().toString()).put("error", incident.error()).put("tries", incident.tries())
                .put("unskippable", incident.unskippable().orElse(null));
    }

    static byte[] entries(Page<LedgerLine> page) {
        return page(page, Answer::entry);
    }

    static byte[] of(Health health) {
        ObjectNode json = StrictJson.object().put("ready", health.ready());
        list(json, "parts", health.parts(), (part, into) -> into.put("name", part.name()).put("good", part.good()).put("message", part.message()));
        return StrictJson.bytes(json);
    }

    static byte[] of(UsageView usage) {
        return StrictJson.bytes(StrictJson.object().put("at", usage.at().toString())
                .put("cpuNanos", usage.cpu().toNanos()).put("throttledNanos", usage.throttled().toNanos()).put("allowedCpuMillis", usage.allowedCpuMillis())
                .put("memoryBytes", usage.memoryBytes()).put("memoryPeakBytes", usage.memoryPeakBytes()).put("allowedMemoryBytes", usage.allowedMemoryBytes())
                .put("processes", usage.processes()).put("receivedBytes", usage.receivedBytes()).put("sentBytes", usage.sentBytes()));
    }

    static byte[] of(TerminalView terminal) {
        ObjectNode json = StrictJson.object();
        texts(json, "frames", terminal.frames().stream().map(Answer::base64).toList());
        return StrictJson.bytes(json.put("ended", terminal.ended()));
    }

    static byte[] of(TrustRootView root) {
        return StrictJson.bytes(trustRoot(root));
    }

    static byte[] trustRoots(List<TrustRootView> chain) {
        ObjectNode json = StrictJson.object();
        ArrayNode items = json.putArray("items");
        chain.forEach(each -> items.add(trustRoot(each)));
        return StrictJson.bytes(json);
    }

    static byte[] of(WebhookView webhook) {
        return StrictJson.bytes(webhook(webhook));
    }

    static byte[] webhooks(List<WebhookView> all) {
        ObjectNode json = StrictJson.object();
        ArrayNode items = json.putArray("items");
        all.forEach(each -> items.add(webhook(each)));
        return StrictJson.bytes(json);
    }

    /** @param failure what went wrong, or empty */
    static byte[] trial(Optional<String> failure) {
        return StrictJson.bytes(StrictJson.object().put("delivered", failure.isEmpty()).put("failure", failure.orElse("")));
    }

    static byte[] deadLetters(Page<DeadLetter> page) {
        return page(page, each -> StrictJson.object().put("webhook", each.webhook()).put("index", each.index()).put("subject", each.subject())
                .put("attempts", each.attempts()).put("failure", each.failure()).put("at", each.at().toString()));
    }

    static byte[] image(String reference) {
        return StrictJson.bytes(StrictJson.object().put("reference", reference));
    }

    static Response text(String text) {
        return Response.ok(text.getBytes(StandardCharsets.UTF_8), "text/plain;charset=utf-8").build();
    }

    static ObjectNode summary(ChangeSummary summary) {
        return StrictJson.object()
                .put("name", summary.name())
                .put("version", summary.version())
                .put("kind", summary.kind())
                .put("state", summary.state())
                .put("message", summary.message())
                .put("requester", summary.requester())
                .put("submittedAt", summary.submittedAt().toString());
    }

    private static ObjectNode entry(LedgerLine line) {
        return StrictJson.object()
                .put("index", line.index())
                .put("kind", line.kind())
                .put("name", line.name())
                .put("version", line.version())
                .put("digest", line.digest())
                .put("at", line.at().toString())
                .put("detail", line.detail())
                .put("entry", base64(line.bytes()));
    }

    private static ObjectNode trustRoot(TrustRootView root) {
        ObjectNode json = StrictJson.object()
                .put("version", root.version())
                .put("digest", root.digest())
                .put("expires", root.expires().toString())
                .put("envelope", base64(root.envelope()))
                .put("index", root.sealedIndex().orElse(null))
                .put("submitter", root.submitter().orElse(null))
                .put("at", root.at().map(Object::toString).orElse(null));
        list(json, "nodes", root.nodes(), (each, into) -> into.put("node", each.node()).put("state", each.state()).put("message", each.message()));
        return json;
    }

    private static ObjectNode webhook(WebhookView webhook) {
        ObjectNode json = StrictJson.object().put("id", webhook.id()).put("name", webhook.name().orElse(null)).put("url", webhook.url());
        texts(json, "types", webhook.types());
        return json.put("secret", webhook.secret().orElse(null)).put("secretFile", webhook.secretFile().orElse(null))
                .put("creator", webhook.creator()).put("createdAt", webhook.createdAt().toString())
                .put("waiting", webhook.waiting()).put("dead", webhook.dead());
    }

    static <T> byte[] page(Page<T> page, Function<T, ObjectNode> item) {
        ObjectNode json = StrictJson.object();
        ArrayNode items = json.putArray("items");
        page.items().forEach(each -> items.add(item.apply(each)));
        json.put("next", page.next().orElse(null));
        return StrictJson.bytes(json);
    }

    static <T> void list(ObjectNode json, String field, List<T> items, BiConsumer<T, ObjectNode> write) {
        ArrayNode array = json.putArray(field);
        items.forEach(each -> write.accept(each, array.addObject()));
    }

    static void texts(ObjectNode json, String field, List<String> texts) {
        ArrayNode array = json.putArray(field);
        texts.forEach(array::add);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
