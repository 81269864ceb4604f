package org.zosgrid.workloads.step;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.zosgrid.bpmn.ChangeFacts;
import org.zosgrid.contract.document.ChangeDocument;
import org.zosgrid.contract.document.DataClass;
import org.zosgrid.contract.document.Deployment;
import org.zosgrid.contract.document.EmergencyReview;
import org.zosgrid.contract.document.ImagePromotion;
import org.zosgrid.model.Changes;
import org.zosgrid.workloads.Documents;

/** What decision tables and conditions see of a change; where nothing is known of what it is about, the worst. */
@ApplicationScoped
public class Facts {
    private static final long MIB = 1 << 20;

    @Inject private Changes changes;
    @Inject private Prices prices;

    /** Of a document, submitted or not, at this moment. */
    public ChangeFacts of(ChangeDocument document) {
        String kind = Documents.kind(document).toString();
        int hour = Instant.now().atOffset(ZoneOffset.UTC).getHour();
        if (document instanceof ImagePromotion promotion) {
            return new ChangeFacts(kind, promotion.environment().toString(), true, 0, 0L, ChangeFacts.RESTRICTED, 0L, hour);
        }
        if (document instanceof EmergencyReview review) {
            return new ChangeFacts(kind, review.environment().toString(), true, 0, 0L, ChangeFacts.RESTRICTED, 0L, hour);
        }
        Optional<Deployment> subject = document instanceof Deployment deployment ? Optional.of(deployment) : changes.current(document.name()).flatMap(Documents::deployment);
        return new ChangeFacts(
                kind,
                subject.map(deployment -> deployment.environment().toString()).orElse("production"),
                subject.map(deployment -> !deployment.gateways().isEmpty()).orElse(true),
                subject.map(deployment -> deployment.machines().size()).orElse(0),
                subject.map(deployment -> deployment.machines().stream().mapToLong(machine -> machine.memory().bytes() / MIB).sum()).orElse(0L),
                subject.flatMap(Deployment::dataClass).map(DataClass::toString).orElse(ChangeFacts.RESTRICTED),
                subject.map(prices::of).orElse(0L),
                hour);
    }
}
