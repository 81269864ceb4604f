package org.zosgrid.console;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.zosgrid.contract.StrictJson;
import org.zosgrid.workloads.view.EmergencyView;

/** Emergencies as the JSON that {@code openapi.yaml} describes. */
final class EmergencyAnswer {
    private EmergencyAnswer() {}

    static byte[] of(List<EmergencyView> all) {
        ObjectNode json = StrictJson.object();
        json.putArray("items");
        all.forEach(each -> json.withArray("items").add(emergency(each)));
        return StrictJson.bytes(json);
    }

    private static ObjectNode emergency(EmergencyView emergency) {
        ObjectNode json = StrictJson.object().put("name", emergency.name()).put("version", emergency.version()).put("state", emergency.state()).put("requester", emergency.requester());
        emergency.approvedBy().forEach(json.putArray("approvedBy")::add);
        json.put("environment", emergency.environment()).put("reason", emergency.reason()).put("digest", emergency.digest())
                .put("sealedAt", emergency.sealedAt().toString()).put("until", emergency.until().toString())
                .put("endedAt", emergency.endedAt().map(Object::toString).orElse(null))
                .put("reviewedAt", emergency.reviewedAt().map(Object::toString).orElse(null))
                .put("overdueAt", emergency.overdueAt().map(Object::toString).orElse(null))
                .putNull("review");
        emergency.review().ifPresent(review -> json.putObject("review").put("name", review.name()).put("version", review.version()).put("state", review.state()).put("requester", review.requester())
                .put("verdict", review.verdict()).put("findings", review.findings()));
        return json;
    }
}
