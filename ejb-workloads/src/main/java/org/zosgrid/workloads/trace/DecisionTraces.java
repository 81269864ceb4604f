package org.zosgrid.workloads.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.zosgrid.contract.ledger.LedgerEntry;
import org.zosgrid.model.ChangeTraces;
import org.zosgrid.model.Ledger;
import org.zosgrid.model.LedgerRecord;

/** Adds a span for each decision about a change to the trace of the request that submitted it. What is rolled back is not told. */
@ApplicationScoped
public class DecisionTraces {
    private static final String FIRST = "submitted";

    @Inject
    @ConfigProperty(name = "zos.tracing.endpoint")
    private Optional<String> endpoint;

    @Inject private ChangeTraces traces;
    @Inject private Ledger ledger;
    @Inject private Event<Decided> told;
    /** Looked up when it is needed: it is there only in a server with MicroProfile Telemetry. */
    @Inject private Instance<Tracer> tracer;

    /** What is to be told after the commit: an entry, since when it was waited for, and to which trace it belongs. */
    public record Decided(LedgerEntry entry, Instant since, String traceparent) {}

    /** Notes an entry that was just appended, in the same transaction. */
    public void decided(LedgerEntry entry) {
        if (endpoint.isEmpty()) {
            return;
        }
        if (entry.kind().equals(FIRST) && Span.current().getSpanContext().isValid()) {
            traces.keep(entry.name(), entry.version(), TraceParent.of(Span.current().getSpanContext()));
        }
        traces.find(entry.name(), entry.version()).ifPresent(traceparent -> told.fire(new Decided(entry, before(entry), traceparent)));
    }

    /** When the last thing before it was decided about the same version. */
    private Instant before(LedgerEntry entry) {
        List<LedgerRecord> all = ledger.about(entry.name(), entry.version());
        return entry.kind().equals(FIRST) || all.size() < 2 ? entry.at() : all.get(all.size() - 2).entry().at();
    }

    void tell(@Observes(during = TransactionPhase.AFTER_SUCCESS) Decided decided) {
        Optional<SpanContext> parent = TraceParent.parse(decided.traceparent());
        if (parent.isEmpty() || !tracer.isResolvable()) {
            return;
        }
        LedgerEntry entry = decided.entry();
        tracer.get().spanBuilder(entry.kind())
                .setParent(Context.root().with(Span.wrap(parent.get())))
                .setStartTimestamp(decided.since())
                .setAttribute("zos.change", entry.name())
                .setAttribute("zos.version", entry.version())
                .setAttribute("zos.detail", entry.detail())
                .startSpan()
                .end(entry.at());
    }
}
