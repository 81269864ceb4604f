package org.zosgrid.console;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.zosgrid.contract.StrictJson;
import org.zosgrid.workloads.view.Page;
import org.zosgrid.workloads.view.ProcessView;

/** Processes and how it went in them, as JSON. */
final class ProcessAnswer {
    private ProcessAnswer() {}

    static byte[] of(List<ProcessView> processes) {
        ObjectNode json = StrictJson.object();
        Answer.list(json, "items", processes, (each, into) ->
                into.put("kind", each.kind()).put("key", each.key()).put("version", each.version()).put("name", each.name()).put("running", each.running()));
        return StrictJson.bytes(json);
    }

    static byte[] of(ProcessView.Statistics statistics) {
        ObjectNode json = StrictJson.object().put("since", statistics.since().toString());
        Answer.list(json, "activities", statistics.activities(), (each, into) -> into.put("activity", each.activity()).put("type", each.type()).put("finished", each.finished())
                .put("running", each.running()).put("canceled", each.canceled()).put("stuck", each.stuck()).put("meanMillis", millis(each.mean())).put("p95Millis", millis(each.p95())));
        return StrictJson.bytes(json);
    }

    static byte[] instances(Page<ProcessView.Instance> page) {
        return Answer.page(page, each -> StrictJson.object().put("id", each.id()).put("subject", each.subject()).put("startedAt", each.startedAt().toString())
                .put("endedAt", each.endedAt().map(Object::toString).orElse(null)).put("state", each.state()));
    }

    private static @Nullable Long millis(Optional<Duration> time) {
        return time.map(Duration::toMillis).orElse(null);
    }

    static byte[] of(ProcessView.Track track) {
        ObjectNode json = StrictJson.object().put("key", track.key()).put("version", track.version());
        Answer.texts(json, "done", track.done());
        Answer.texts(json, "here", track.here());
        Answer.texts(json, "stuck", track.stuck());
        return StrictJson.bytes(json);
    }
}
