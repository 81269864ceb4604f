package org.zosgrid.contract.trust;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.JsonObject;
import org.zosgrid.contract.StrictJson;
import org.zosgrid.contract.policy.Requirement;

/**
 * What an emergency change needs instead of every other rule, and how long it may last. A trust root without one knows no emergencies.
 *
 * @param require who must approve; it must demand approvals
 * @param longest time from a document's {@code created} to the end of the emergency; longer than nothing, at most {@link #LONGEST}
 */
public record EmergencyRule(Requirement require, Duration longest) {
    /** No emergency lasts longer, whatever a trust root says. */
    public static final Duration LONGEST = Duration.ofDays(7);

    public EmergencyRule {
        if (!require.demandsApproval()) {
            throw new ContractException("require", "must demand approvals");
        }
        if (!longest.isPositive() || longest.compareTo(LONGEST) > 0) {
            throw new ContractException("longest", "must be longer than nothing and at most " + LONGEST, longest.toString());
        }
    }

    static EmergencyRule read(JsonObject object) {
        Requirement require = object.object("require", Requirement::read).orElseThrow(() -> new ContractException("require", "is missing"));
        return new EmergencyRule(require, object.value("longest", 30, EmergencyRule::duration, Duration.ofHours(1)));
    }

    private static Duration duration(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException wrong) {
            throw new ContractException("", "must be a duration in ISO 8601 such as PT8H or P1D", text);
        }
    }

    ObjectNode toJson() {
        ObjectNode object = StrictJson.object();
        object.set("require", require.toJson());
        return object.put("longest", longest.toString());
    }
}
