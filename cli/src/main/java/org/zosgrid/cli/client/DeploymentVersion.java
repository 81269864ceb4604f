package org.zosgrid.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.envelope.Signature;
import org.zosgrid.contract.key.KeyId;

/**
 * One version of a deployment as the control plane tells it: its state, where it is in the workflow, who signed, what runs, what happened.
 *
 * @param json the whole answer, for {@code --json}
 */
public record DeploymentVersion(JsonNode json) {
    /** Nothing more happens to a version in one of these states until somebody asks for another change. */
    public static final Set<String> ENDS = Set.of("running", "drifted", "in_force", "done", "admitted", "retired", "promoted", "revoked", "reviewed", "ended", "superseded", "failed", "compensated", "rejected", "expired", "invalid", "withdrawn", "removed");

    public String name() {
        return json.path("name").asText();
    }

    public long version() {
        return json.path("version").asLong();
    }

    public String state() {
        return json.path("state").asText();
    }

    public boolean ended() {
        return ENDS.contains(state());
    }

    /** Names of the workflow's activities that are under way. */
    public List<String> position() {
        return texts(json.path("position"));
    }

    /** How many approvals are missing, or whose, in the control plane's words. */
    public String openSeats() {
        JsonNode seats = json.path("openSeats");
        return seats.isArray() ? String.join(", ", texts(seats)) : seats.asText("");
    }

    /** The envelope as it was submitted, with the requester's signature. */
    public Envelope envelope() {
        return Envelope.parse(Base64.getDecoder().decode(json.path("envelope").asText()));
    }

    /** The envelope with every approval beside the requester's signature. */
    public Envelope approvedEnvelope() {
        Envelope envelope = envelope();
        for (JsonNode approval : json.path("approvals")) {
            envelope = envelope.with(new Signature(new KeyId(approval.path("keyid").asText()), Base64.getDecoder().decode(approval.path("sig").asText())));
        }
        return envelope;
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(each -> texts.add(each.isValueNode() ? each.asText() : each.path("person").asText()));
        return texts;
    }
}
